"""What the risk questions gave, each time that somebody answered them, and where an officer judged otherwise."""

import json
from typing import Any
from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models.report import Report
from reporting.risk import Assessed, assess
from vault.models import SealedField, SealedModel, Sealer


class RiskLevel(models.TextChoices):
    """How great the risk is; the codes are those of `risk_tool.toml`, and of a case's urgency."""

    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    """Questions about assessments."""

    def newest_first(self) -> "RiskAssessmentQuerySet":
        return self.order_by("-made_at", "-id")

    def level_of(self, report: Report) -> "RiskLevel | None":
        """The level that the questions gave when they were last answered; None where nobody has."""
        found = self.filter(report=report).newest_first().values_list("level", flat=True).first()
        return RiskLevel(found) if found else None

    def levels_by_report(self) -> "models.QuerySet[RiskAssessment, Any]":
        """For a list: of the report that an outer query asks about, the level of the newest."""
        return self.filter(report=models.OuterRef("pk")).newest_first().values("level")[:1]


class RiskAssessment(SealedModel):
    """Ten answers about one report. Levels and total stand in clear, answers and reason are sealed under the report's
    key.

    `level` is what counts. Where an officer judged it otherwise, `by_answers` is the level that the answers gave, and
    `reason` says why. A new assessment is a new row: what somebody found at the time is never rewritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="risk_assessments")
    level = models.CharField(max_length=10, choices=RiskLevel.choices)
    total = models.PositiveSmallIntegerField()
    by_answers = models.CharField(max_length=10, choices=RiskLevel.choices, blank=True)
    answers = SealedField()
    reason = SealedField()
    # The version of the partnership's tool: scores may change, and old totals stay what they were.
    tool_version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = RiskAssessmentQuerySet.as_manager()

    way_to_data_key = "report__data_key"

    class Meta:
        indexes = [models.Index(fields=["report", "-made_at", "-id"], include=["level"], name="risk_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=RiskLevel.values), name="risk_level_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(by_answers__in=["", *RiskLevel.values]), name="risk_by_answers_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"risk of {self.report_id}: {self.level}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    def told(self) -> dict[str, Any]:
        """The ten answers, by question id."""
        return json.loads(self.unseal("answers") or "{}")

    def assessed(self) -> Assessed:
        """Why it is this level, by the tool as it is today; raises reporting.risk.NotAllAnswered."""
        return assess(self.told())
