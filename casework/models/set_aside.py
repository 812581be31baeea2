"""Reports that somebody doubts: out of the queue's way, never dropped, and looked at by a second person."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q

from partners.models import Organisation, User
from reporting.models import Report
from vault.models import SealedField, SealedModel, Sealer


class StillSetAside(Exception):
    """Nobody opens a case for a report that is set aside: it is put back in the queue first."""

    def __init__(self) -> None:
        super().__init__("This report is set aside. Put it back in the queue first.")


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Questions about what is set aside."""

    def now(self) -> "SetAsideQuerySet":
        """What was not put back, the one whose second look is due first at the top."""
        return self.filter(put_back_at=None).order_by("look_due_at", "pk")

    def unlooked(self, *, due_by: datetime) -> "SetAsideQuerySet":
        """What nobody has looked at again, though it was due."""
        return self.now().filter(looked_at=None, look_due_at__lt=due_by)


class SetAside(SealedModel):
    """One time that a waiting report was set aside; `Report.set_aside_at` is kept in step with it by the database
    (migration 0003), so that the queue never asks here."""

    way_to_data_key = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="times_set_aside")
    reason = SealedField()
    set_aside_at = models.DateTimeField()
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    look_due_at = models.DateTimeField()
    # The second look, by somebody else, that found it to be right.
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    kept_because = SealedField()
    put_back_at = models.DateTimeField(null=True)
    put_back_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(put_back_at=None), name="set_aside_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None)
                | (
                    Q(looked_at__isnull=False, looked_by__isnull=False)
                    & ~Q(looked_by=models.F("set_aside_by"))
                ),
                name="looked_at_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(put_back_at=None, put_back_by=None)
                | Q(put_back_at__isnull=False, put_back_by__isnull=False),
                name="put_back_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} set aside"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()
