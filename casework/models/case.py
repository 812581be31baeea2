"""A case: one or more reports, worked on by one lead organisation."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from casework.states import CaseState
from partners.models import Organisation, User
from reporting.models import Report
from reporting.strands import Strand


class Urgency(models.TextChoices):
    """How soon the first contact is due; the hours are service standards, loaded as data."""

    STANDARD = "standard", "standard"
    MEDIUM = "medium", "medium"
    HIGH = "high", "high"


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Those that the person's organisation may see; row-level security holds the same line."""
        return self.filter(visible_to__contains=[user.organisation_id])

    def not_closed(self) -> "CaseQuerySet":
        return self.exclude(state=CaseState.CLOSED)


class Case(models.Model):
    """What is done about what was told. Opened by triage; its reference is its first report's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=13, unique=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    lead_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices), default=list)
    recorded_as = models.CharField(max_length=30, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.STANDARD)
    contact_due_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    visible_to = ArrayField(models.IntegerField(), default=list)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["visible_to"]),
            models.Index(fields=["lead_organisation", "state", "contact_due_at"]),
            models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=CaseState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=CaseState.CLOSED) & models.Q(closed_at=None)),
                name="closed_case_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_strands__contained_by=Strand.values),
                name="recorded_strands_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseReport(models.Model):
    """A report belongs to at most one case; a report without one waits in the triage queue."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_reports")
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="case_report")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} in {self.case_id}"
