"""What was said to the reporter, on their status page."""

from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models.report import Report
from reporting.strands import PublicStatus
from vault.models import SealedField, SealedModel, Sealer


class ReporterMessage(SealedModel):
    """A few sentences from a caseworker, with the status that they stand for. Written by `Report.tell_reporter`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=PublicStatus.choices)
    text = SealedField()
    said_at = models.DateTimeField()
    # When the person first opened the page on which it stands, to the hour.
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["said_at"]

    def __str__(self) -> str:
        return f"message to the reporter of {self.report_id}"

    way_to_data_key = "report__data_key"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()
