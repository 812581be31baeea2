"""Who must not see a report because officers know of a conflict: they know the people, or are complained of."""

from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models.report import Report
from vault.models import SealedField, SealedModel, Sealer


class ConflictBarQuerySet(models.QuerySet["ConflictBar"]):
    """Questions about conflicts."""

    def in_force(self) -> "ConflictBarQuerySet":
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class ConflictBar(SealedModel):
    """An organisation, or one member of staff, who must not see a report because of a conflict. Apart from
    `ReportBar`, the person's own word, which no officer lifts.

    The database keeps `Report.barred_people` and `Case.barred_people` in line with these rows, in the same transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="conflict_bars")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedField()
    barred_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    barred_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    why_lifted = SealedField()

    objects = ConflictBarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(officer=None),
                name="a_conflict_is_with_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(lifted_by=models.F("barred_by")), name="a_conflict_is_lifted_by_another"
            ),
            models.UniqueConstraint(
                fields=["report", "organisation"],
                condition=models.Q(lifted_at=None),
                name="one_conflict_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["report", "officer"],
                condition=models.Q(lifted_at=None),
                name="one_conflict_an_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"conflict on {self.report_id}"

    way_to_data_key = "report__data_key"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()
