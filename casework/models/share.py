"""Who else may see a case and which parts (a share), who was asked to act (a referral), and what two people decide
although the person did not choose it (an override).

The wall is not here: it is the grant on each report (`reporting.ReportGrant`), which row-level security reads. These
say why. A share and its grants are made and ended together; when sight of a case goes another way, such as the person
taking their permission back, the database ends what rested on it in the same transaction (migration
0004_shares_end_with_sight).
"""

from datetime import date, datetime
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casework.models.case import Case
from casework.sharing import LawfulBasis
from partners.models import Organisation, SharingAgreement, User
from vault.models import SealedField, SealedModel, Sealer


class WhyEnded(models.TextChoices):
    """Why an organisation no longer sees what was shared with it."""

    STOPPED = "stopped", "ended by an officer"
    RAN_OUT = "ran_out", "its time was over"
    TAKEN_BACK = "taken_back", "the person took it back, or said that they must not see it"
    NO_SIGHT = "no_sight", "they may no longer see the case"


class OnABasis(models.Model):
    """What every way of giving something of a case to others says: to whom, what, and on what basis."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    parts = ArrayField(models.CharField(max_length=12), default=list)
    lawful_basis = models.CharField(max_length=30, choices=LawfulBasis.choices)
    agreement = models.ForeignKey(SharingAgreement, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True


class ShareQuerySet(models.QuerySet["Share"]):
    """Questions about shares."""

    def running(self) -> "ShareQuerySet":
        return self.filter(ended_at=None)

    def over(self, *, today: date) -> "ShareQuerySet":
        """Those whose last day is gone, and which nobody has ended yet."""
        return self.running().filter(ends_on__lt=today)


class Share(OnABasis):
    """An organisation may see parts of a case, until its last day if it has one."""

    # Whether the person had chosen this organisation; a preference, never why we may.
    was_chosen = models.BooleanField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The last day of it; None is until somebody ends it.
    ends_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=12, choices=WhyEnded.choices, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=models.Q(ended_at=None),
                name="one_running_share_an_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_why="", ended_by=None)
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_why="")),
                name="share_says_why_it_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_on"],
                condition=models.Q(ended_at=None, ends_on__isnull=False),
                name="share_runs_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} sees parts of {self.case_id}"


class ReferralState(models.TextChoices):
    """How a request to act stands."""

    ASKED = "asked", "waits for an answer"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    DONE = "done", "done"
    WITHDRAWN = "withdrawn", "withdrawn"


OPEN_REFERRALS = (ReferralState.ASKED, ReferralState.ACCEPTED)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Questions about referrals."""

    def to(self, organisation_id: int | None) -> "ReferralQuerySet":
        return self.filter(organisation_id=organisation_id)

    def to_us(self, user: User) -> "ReferralQuerySet":
        """Those that the person’s organisation was asked, on cases that it sees and they may."""
        return self.to(user.organisation_id).filter(case__in=Case.objects.visible_to(user))

    def still_open(self) -> "ReferralQuerySet":
        return self.filter(state__in=OPEN_REFERRALS)

    def to_answer(self) -> "ReferralQuerySet":
        """Those that nobody has answered."""
        return self.filter(state=ReferralState.ASKED).select_related("organisation")

    def soonest_first(self) -> "ReferralQuerySet":
        return self.order_by("due_at", "id")


class Referral(OnABasis, SealedModel):
    """One organisation asks another to act on a case: what is asked, the answer and what came of it are sealed."""

    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # What is asked for: a code of the partnership's `referral_kinds.toml`.
    kind = models.CharField(max_length=30)
    asked = SealedField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.ASKED)
    due_at = models.DateTimeField()
    answer = SealedField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    result = SealedField()
    ended_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_REFERRALS, ended_at=None)
                | (~models.Q(state__in=OPEN_REFERRALS) & models.Q(ended_at__isnull=False)),
                name="referral_that_is_over_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at", "id"],
                condition=models.Q(state__in=OPEN_REFERRALS),
                name="referral_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} asked to act on {self.case_id}"

    way_to_data_key = "case__case_reports__report__data_key"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REFERRALS


class Override(OnABasis, SealedModel):
    """Sharing with somebody whom the person did not choose: proposed by one, decided by another, never by the same."""

    ends_on = models.DateField(null=True)
    reason = SealedField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # After that nobody can decide it any more: what was true then has to be said anew.
    lapses_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    is_agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None, is_agreed=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, is_agreed__isnull=False),
                name="override_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="override_needs_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"override for {self.organisation} on {self.case_id}"

    way_to_data_key = "case__case_reports__report__data_key"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()

    def waits(self, *, now: datetime) -> bool:
        """Whether somebody else can still decide it."""
        return self.decided_at is None and now < self.lapses_at
