"""Legal holds: what a court, an inquiry or a complaint may still need is not erased, by nobody and no rule."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone

from audit import trail
from casework.models.case import Case
from partners.models import User
from reporting.models import Report
from reporting.models.report import ReportErased
from vault.models import SealedField, SealedModel, Sealer


class HoldReason(models.TextChoices):
    """Why a report must be kept whatever the schedule says."""

    COURT = "court", "a court case or a prosecution"
    INQUIRY = "inquiry", "a public inquiry or a coroner"
    COMPLAINT = "complaint", "a complaint or a claim"
    SAFEGUARDING = "safeguarding", "a safeguarding or domestic homicide review"
    RIGHTS_REQUEST = "rights_request", "the person asked to see their record"


class HeldAlready(Exception):
    """The report is held for this reason already."""


class LiftedAlready(Exception):
    """Somebody has lifted this hold before."""


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Questions about holds."""

    def in_force(self) -> "LegalHoldQuerySet":
        return self.filter(lifted_at=None)


class LegalHold(SealedModel):
    """One reason for which a report, and the case it is in, is kept until the hold is lifted. The note is the rights
    desk's own words, sealed under the report's key, so that it goes with the report."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="legal_holds")
    reason = models.CharField(max_length=20, choices=HoldReason.choices)
    note = SealedField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    way_to_data_key: ClassVar[str] = "report__data_key"
    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["placed_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_by=None, lifted_at=None)
                | models.Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="hold_lifted_at_and_by_together",
            ),
            models.UniqueConstraint(
                fields=["report", "reason"],
                condition=models.Q(lifted_at=None),
                name="one_hold_in_force_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.report_id}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    @classmethod
    @transaction.atomic
    def put_on(cls, report: Report, *, reason: str, note: str, by: User, now: datetime) -> "LegalHold":
        """Holds a report; raises HeldAlready or ReportErased. Whoever erases waits for the same lock."""
        locked = Report.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=report.pk)
        if locked.erased_at:
            raise ReportErased(report.reference)
        if locked.legal_holds.in_force().filter(reason=reason).exists():
            raise HeldAlready(f"{report.reference} is held for {HoldReason(reason).label} already.")
        hold = cls(report=locked, reason=reason, placed_by=by, placed_at=now)
        hold.seal("note", note)
        hold.save(force_insert=True)
        trail.record("record.held", locked, by=by, now=now, reason=reason, hold=str(hold.pk))
        return hold

    @transaction.atomic
    def lift(self, *, by: User, now: datetime) -> None:
        """Ends the hold: from now on the schedule counts again; raises LiftedAlready."""
        lifted = LegalHold.objects.in_force().filter(pk=self.pk).update(lifted_by=by, lifted_at=now)
        if not lifted:
            raise LiftedAlready("Somebody has lifted this hold already.")
        self.refresh_from_db(fields=["lifted_by", "lifted_at"])
        trail.record("record.hold_lifted", self.report, by=by, now=now, reason=self.reason, hold=str(self.pk))


def holds_on(case: Case) -> LegalHoldQuerySet:
    """The holds in force on a case's reports that the asker may see."""
    return LegalHold.objects.in_force().filter(report__case_report__case=case)


def hold_in_words(hold: LegalHold) -> str:
    """'a court case or a prosecution, since 3 March 2026': why and since when, without the note."""
    return f"{hold.get_reason_display()}, since {timezone.localdate(hold.placed_at):%-d %B %Y}"
