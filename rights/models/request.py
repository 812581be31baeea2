"""Something that a person, or an authority, asks of us about data that we hold."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models import Report
from vault.models import DataKey, SealedField, SealedModel, Sealer


class Kind(models.TextChoices):
    """What is asked."""

    ACCESS = "access", "A copy of what we hold (subject access)"
    ERASURE = "erasure", "To erase what we hold"
    CORRECTION = "correction", "To correct what we hold"
    OBJECTION = "objection", "To stop using what we hold (objection)"
    DISCLOSURE = "disclosure", "To disclose something to somebody else"


class AskedBy(models.TextChoices):
    """Who asks."""

    PERSON = "person", "The person themselves"
    FOR_THEM = "for_them", "Somebody for them, with their word"
    POLICE = "police", "The police"
    COURT = "court", "A court or a solicitor"
    FOI = "foi", "Somebody under freedom of information law"
    OTHER = "other", "Somebody else"


class HowChecked(models.TextChoices):
    """How we know that it is them."""

    NOT_YET = "", "Not checked yet"
    CODE = "code", "They gave their reference and receipt code"
    DOCUMENT = "document", "A document with their name was seen"
    KNOWN = "known", "An officer who knows them confirmed it"
    AUTHORITY = "authority", "The authority’s own paper or address was checked"


class Outcome(models.TextChoices):
    """How it was answered."""

    DONE = "done", "Done in full"
    PARTLY = "partly", "Done in part"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "They no longer want it"


class RequestQuerySet(models.QuerySet["RightsRequest"]):
    """Questions about what was asked."""

    def of_desk(self, user: User) -> "RequestQuerySet":
        """Those of the person's own desk; row-level security holds the same line."""
        return self.filter(organisation_id=user.organisation_id)

    def waiting(self) -> "RequestQuerySet":
        """Those that nobody has answered, the soonest due first; what still waits for proof of who asks comes last."""
        return self.filter(answered_at=None).order_by(
            models.F("due_on").asc(nulls_last=True), "received_on", "id"
        )

    def answered(self) -> "RequestQuerySet":
        return self.exclude(answered_at=None).order_by("-answered_at", "id")

    def late(self, *, today: date) -> "RequestQuerySet":
        return self.filter(answered_at=None, due_on__lt=today)


class RightsRequest(SealedModel):
    """One request, sealed under a key of its own: `who` asks and how to reach them, `words` what they ask, `why_longer`
    and `answer` in the desk's words. `due_on` is None until it is known who asks: the clock begins then."""

    way_to_data_key: ClassVar[str] = "data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=16, unique=True)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked_by = models.CharField(max_length=10, choices=AskedBy.choices)
    received_on = models.DateField()
    how_checked = models.CharField(max_length=10, choices=HowChecked.choices, blank=True)
    checked_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    extended_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The words went with their key, and what it was about; what was asked, when, and how it ended are counted.
    words_erased_on = models.DateField(null=True)
    who = SealedField()
    words = SealedField()
    why_longer = SealedField()
    answer = SealedField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "answered_at", "due_on"], name="rights_by_clock")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, outcome="")
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(outcome="")),
                name="answered_with_author_and_time",
            ),
            models.CheckConstraint(
                condition=models.Q(how_checked="", checked_on=None, due_on=None)
                | (~models.Q(how_checked="") & models.Q(checked_on__isnull=False, due_on__isnull=False)),
                name="the_clock_begins_with_knowing_who_asks",
            ),
            models.CheckConstraint(
                condition=models.Q(data_key__isnull=False, words_erased_on=None)
                | models.Q(
                    data_key=None,
                    words_erased_on__isnull=False,
                    answered_at__isnull=False,
                    who=None,
                    words=None,
                    why_longer=None,
                    answer=None,
                ),
                name="words_asked_go_with_their_key_after_the_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def sealing_key(self) -> Sealer:
        assert self.data_key, "what was erased is not sealed again"
        return self.data_key

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class RequestReport(models.Model):
    """A report that a request is about. While the request is open, the desk reads it by a grant."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="about")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    # As it is called aloud, so that the list of a request asks for no report.
    reference = models.CharField(max_length=13)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["request", "report"], name="a_request_names_a_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.reference} of {self.request_id}"
