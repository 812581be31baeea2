"""Who may see a report, who must not, who has, and what the person chose."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from audit import trail
from partners.models import Organisation, User
from reporting.models.report import Report
from reporting.one_trip import add_here
from vault.models import SealedField, SealedModel, Sealer


class GrantBasis(models.TextChoices):
    """Why an organisation may see a report."""

    TRIAGE = "triage", "reads new reports for the area"
    PREFERENCE = "preference", "the person chose to share with them"
    CENTRE = "centre", "recorded it with the person"
    CASE = "case", "works on the case"
    SHARED = "shared", "an officer shared it with them"
    COMPLAINT = "complaint", "looks at what the person complained of"
    # The rights desk alone reads it (`rights.sight`): of no use to officers of the same organisation.
    RIGHTS = "rights", "its rights desk answers what was asked about it"
    HANDED_ON = "handed_on", "took over from a reporting centre that closed"


class ReportGrant(models.Model):
    """An organisation may see a report. Written by receiving it, `Report.grant_to`, `Report.withdraw_from` and taking
    a permission back: each keeps the report's own array of organisations in the same transaction."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12, choices=GrantBasis.choices)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    # What of it they may see (codes of the room above); None is all of it.
    parts = ArrayField(models.CharField(max_length=12), null=True)
    # The choice of the person that it follows, so that it ends with it; '' where they did not choose it. A choice is
    # never why we may: that is the lawful basis, a code of the room above.
    follows_choice = models.CharField(max_length=30, blank=True)
    lawful_basis = models.CharField(max_length=30, blank=True)
    # The last day of it; None is until somebody ends it.
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation", "basis"],
                condition=models.Q(withdrawn_at=None),
                name="one_open_grant_a_basis",
            )
        ]
        indexes = [
            models.Index(
                fields=["ends_on"],
                condition=models.Q(ends_on__isnull=False, withdrawn_at=None),
                name="grant_runs_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} may see {self.report_id}"


class ReportBar(SealedModel):
    """Somebody who must not see a report: an organisation, or a person in words for the officer to heed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="bars")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = SealedField()
    barred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | models.Q(person__isnull=False),
                name="bar_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"bar on {self.report_id}"

    way_to_data_key = "report__data_key"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()


class ReportAccess(models.Model):
    """Somebody read a person's words: what the reporter is shown of it is organisation, role and day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="accesses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role_name = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        verbose_name_plural = "report accesses"
        constraints = [
            models.UniqueConstraint(fields=["report", "user", "day"], name="one_access_a_person_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.role_name}, {self.day}"

    @classmethod
    def note(cls, reports: Sequence[Report], *, by: User, now: datetime) -> "list[ReportAccess]":
        """Somebody has the words of these reports before them: in the trail each time, for the reporter once a day.
        Gives today's reading of each report, whether it was noted before or not."""
        if by.organisation is None:
            raise LookupError("Somebody without a workplace reads nothing.")
        place, role, day = by.organisation, by.roles[0].name, timezone.localdate(now)
        today = [cls(report=each, organisation=place, user=by, role_name=role, day=day) for each in reports]
        if today:
            events = [trail.prepare("report.read", each, by=by, now=now) for each in reports]
            add_here(events, unless_there=today)
        return today


class SharingPreference(models.Model):
    """One permission that the person gave, with the wording they saw. It is a preference: the lawful basis for
    sharing is recorded with the act of sharing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="preferences")
    recipient = models.CharField(max_length=30)
    wording_version = models.CharField(max_length=20)
    chosen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "recipient"], name="one_preference_a_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.recipient} for {self.report_id}"
