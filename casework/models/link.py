"""Which reports a case is made of."""

from uuid import uuid4

from django.db import models

from reporting.models import Report


class CaseReport(models.Model):
    """A report belongs to at most one case; a report without one waits in the triage queue."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="case_reports")
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="case_report")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} in {self.case_id}"
