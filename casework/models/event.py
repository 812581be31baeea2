"""The timeline of a case, as officers see it."""

from uuid import uuid4

from django.db import models

from casework.models.case import Case
from partners.models import Organisation, User
from vault.models import SealedField, SealedModel, Sealer


class CaseEvent(SealedModel):
    """One thing that happened on a case. `facts` are codes; an officer's words are sealed in `note`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    # Its place on the timeline: two acts of one moment keep their order. 0 for what was loaded in bulk.
    number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    act = models.CharField(max_length=30)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    note = SealedField()

    class Meta:
        ordering = ["at", "number"]
        indexes = [models.Index(fields=["case", "at"])]

    def __str__(self) -> str:
        return f"{self.act} on {self.case_id}"

    way_to_data_key = "case__case_reports__report__data_key"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()
