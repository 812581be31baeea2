"""What a reporting centre adds to what it was told: when and how, what was agreed to, what it did, its own notes."""

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from reporting.models.report import Report
from vault.models import SealedField, SealedModel, Sealer


class CentreRecord(SealedModel):
    """The centre's own part of a report that it recorded; never the person's words.

    In clear stands what counts: days, codes. The notes are sealed under the report's key. It is added with the
    report, and only the worker changes it: when the report is erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="centre_record")
    told_on = models.DateField()
    # Codes of the questions C01, C02, C04 and C06 (`reporting.journey.at_centre`, `codes.toml`).
    told_how = models.CharField(max_length=12)
    agreed = models.CharField(max_length=12)
    did = ArrayField(models.CharField(max_length=30), default=list)
    feedback = models.CharField(max_length=12)
    paper_number = models.CharField(max_length=20, blank=True)
    notes = SealedField()

    way_to_data_key = "report__data_key"

    def __str__(self) -> str:
        return f"centre record of {self.report_id}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    def told(self) -> dict[str, Any]:
        """All of it but the notes, by question id."""
        answers = {
            "C01": self.told_how,
            "C01_on": self.told_on.isoformat(),
            "C01_paper": self.paper_number,
            "C02": self.agreed,
            "C04": list(self.did),
            "C06": self.feedback,
        }
        return {name: value for name, value in answers.items() if value}
