"""The timeline of a case, as officers see it."""

from uuid import uuid4

from django.db import models

from casework.models.case import Case
from partners.models import Organisation, User
from vault.models import SealedField, SealedModel


class CaseEvent(SealedModel):
    """One thing that happened on a case. `facts` are codes; an officer's words are sealed in `note`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    act = models.CharField(max_length=30)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    note = SealedField()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["case", "at"])]

    def __str__(self) -> str:
        return f"{self.act} on {self.case_id}"

    def sealing_secret(self) -> bytes:
        first = self.case.case_reports.select_related("report__data_key").order_by("added_at").first()
        if first is None:
            raise LookupError(f"Case {self.case_id} has no report whose key could seal a note.")
        return first.report.sealing_secret()
