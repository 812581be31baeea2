"""What a centre adds to a report, as rows of their own: its record, and what its ten risk questions gave."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from partners.models import Organisation, User
from reporting.journey.question import Answers, Kept, chosen
from reporting.models import CentreRecord, Report, RiskAssessment
from reporting.risk import Assessed, tool


def centre_record(report: Report, told: Mapping[Kept, Answers]) -> CentreRecord:
    """The row, not saved, of what a centre said about itself; `told` by place."""
    said = told[Kept.CENTRE]
    row = CentreRecord(
        report=report,
        told_on=date.fromisoformat(str(said["C01_on"])),
        told_how=said["C01"],
        paper_number=said.get("C01_paper", ""),
        agreed=said["C02"],
        did=chosen(said, "C04"),
        feedback=said["C06"],
    )
    row.seal("notes", str(told.get(Kept.NOTES, {}).get("C05", "")))
    return row


def risk_assessment(
    report: Report,
    answers: Answers,
    assessed: Assessed,
    *,
    by: User | None,
    organisation: Organisation,
    now: datetime,
) -> RiskAssessment:
    """The row, not saved, of ten answers that gave a level."""
    row = RiskAssessment(
        report=report,
        level=assessed.level.code,
        total=assessed.total,
        tool_version=tool().version,
        made_at=now.replace(second=0, microsecond=0),  # beside sealed words no exact time is kept
        made_by=by,
        organisation=organisation,
    )
    row.seal("answers", json.dumps(dict(answers)))
    return row


def recorded_by_a_centre(report: Report) -> dict[str, Any]:
    """What the centre recorded and the risk answers that it heard, by question id, without its notes; nothing for other
    reports. What officers answered later is theirs: the rights desk gives it after reading. Ask in a scope that sees
    the report; raises ReportErased."""
    found: dict[str, Any] = {}
    for record in CentreRecord.objects.filter(report=report):
        found |= record.told()
    heard = RiskAssessment.objects.filter(report=report, organisation=report.centre_id)
    for assessment in heard.newest_first()[:1]:
        assessment.report = report
        found |= assessment.told()
    return found
