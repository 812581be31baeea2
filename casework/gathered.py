"""All that the page of one case shows, found by one question (docs/adr/0026): its reports with what hangs on them, and
what was done on it. Each row is left where it belongs, so that what puts it into words is the same for a report that
was found another way (`reporting.one_question.gathered`).

Row-level security decides here as everywhere: a part that the asker was not given has no rows.
"""

from datetime import date, datetime
from typing import Any

from casework.evidence import Shown, shown
from casework.models import Case, CaseEvent, LegalHold, Person
from partners.models import Absence, Organisation, User
from reporting.models import (
    Addition,
    CentreRecord,
    Evidence,
    MessageFromReporter,
    Report,
    ReportAccess,
    ReportBar,
    ReporterMessage,
    ReporterRequest,
    ReporterWord,
    ReportGrant,
    RiskAssessment,
    SharingPreference,
)
from reporting.one_question import Columns, Part, gather, gathered, hand_out, leave_with, question_of
from vault.models import DataKey

PERSON = Columns(User, ("id", "name"))
PLACE = Columns(Organisation, ("id", "code", "name", "short_name"))
OF_THE_REPORTS = "mine.report_id IN (SELECT id FROM told)"
OF_THE_CASE = "mine.case_id = (SELECT id FROM asked)"
SAID = (MessageFromReporter, Addition, ReporterRequest)

FIRST = """
WITH asked AS MATERIALIZED (SELECT %s::uuid AS id, %s::date AS today, %s::int AS works_on_it),
told AS MATERIALIZED (
    SELECT report.id, report.idempotency_key, report.erased_at, link.added_at
    FROM casework_casereport link JOIN reporting_report report ON report.id = link.report_id
    WHERE link.case_id = (SELECT id FROM asked)
)
"""
REPORTS = Part(
    "reports",
    Columns(Report),
    where="mine.id IN (SELECT id FROM told)",
    order="(SELECT told.added_at FROM told WHERE told.id = mine.id)",
    along={"data_key": Columns(DataKey), "centre": PLACE},
)
# What hangs on a report, by its related name there.
ON_REPORTS = (
    Part("preferences", Columns(SharingPreference), OF_THE_REPORTS, "mine.chosen_at, mine.recipient"),
    Part("grants", Columns(ReportGrant), OF_THE_REPORTS, "mine.granted_at, mine.id", {"organisation": PLACE}),
    Part("bars", Columns(ReportBar), OF_THE_REPORTS, "mine.barred_at, mine.id", {"organisation": PLACE}),
    Part("accesses", Columns(ReportAccess), OF_THE_REPORTS, "mine.day, mine.id", {"organisation": PLACE}),
    Part("words_out", Columns(ReporterWord), OF_THE_REPORTS, "mine.at, mine.id", {"done_by": PERSON}),
    Part(
        "risk_assessments",
        Columns(RiskAssessment),
        OF_THE_REPORTS,
        "mine.made_at DESC, mine.id DESC",
        {"organisation": PLACE},
    ),
    Part("legal_holds", Columns(LegalHold), OF_THE_REPORTS, "mine.placed_at, mine.id"),
    Part(
        "messages",
        Columns(ReporterMessage),
        OF_THE_REPORTS,
        "mine.said_at, mine.id",
        {"author": PERSON, "organisation": PLACE},
    ),
    Part("messagefromreporters", Columns(MessageFromReporter), OF_THE_REPORTS, "mine.said_at, mine.id"),
    Part("additions", Columns(Addition), OF_THE_REPORTS, "mine.said_at, mine.id"),
    Part(
        "reporterrequests",
        Columns(ReporterRequest),
        OF_THE_REPORTS,
        "mine.said_at, mine.id",
        {"answered_by": PERSON},
    ),
)
# Of these there is one a report, or none.
ONE_A_REPORT = (
    Part("centre_record", Columns(CentreRecord), OF_THE_REPORTS, "mine.id"),
    Part("person", Columns(Person), OF_THE_REPORTS, "mine.id"),
)
EVIDENCE = Part(
    "evidence",
    Columns(Evidence),
    "mine.told_with IN (SELECT idempotency_key FROM told WHERE erased_at IS NULL)",
    "mine.received_at, mine.number",
)
EVENTS = Part(
    "events", Columns(CaseEvent), OF_THE_CASE, "mine.at, mine.number", {"by": PERSON, "organisation": PLACE}
)
ABSENCES = Part(
    "absences",
    Columns(Absence),
    "mine.user_id = (SELECT works_on_it FROM asked)"
    " AND (SELECT today FROM asked) BETWEEN mine.starts_on AND mine.ends_on",
    "mine.id",
    {"deputy": PERSON},
)
PARTS = (REPORTS, *ON_REPORTS, *ONE_A_REPORT, EVIDENCE, EVENTS, ABSENCES)


def gather_case(case: Case, *, today: date) -> None:
    """Leaves with a case, and with its reports, all that its page shows."""
    found = gather(_question(), [case.pk, today, case.assigned_to_id], PARTS)
    reports = found["reports"]
    case.__dict__["reports"] = reports
    for part in ON_REPORTS:
        hand_out(found[part.name], reports, name=part.name, key="report")
    for part in ONE_A_REPORT:
        _give_the_one(found[part.name], reports, part.name)
    hand_out(found["events"], [case], name="events", key="case")
    for name in ("evidence", "absences"):
        leave_with(case, name, found[name])


def read_now(case: Case, *, by: User, now: datetime) -> None:
    """Notes that somebody has the words of a gathered case before them, and shows it among who has read them."""
    for access in ReportAccess.note(
        [each for each in case.reports if each.erased_at is None], by=by, now=now
    ):
        readings = gathered(access.report, "accesses")
        if not any((each.user_id, each.day) == (access.user_id, access.day) for each in readings):
            leave_with(access.report, "accesses", [*readings, access])


def person_on(case: Case) -> Person | None:
    """To whom it happened; None where nobody is written down on a gathered case."""
    return next((found for each in case.reports if (found := getattr(each, "person", None))), None)


def holds_on(case: Case) -> list[LegalHold]:
    """The holds in force on the reports of a gathered case."""
    holds = (hold for each in case.reports for hold in gathered(each, "legal_holds"))
    return sorted((hold for hold in holds if hold.lifted_at is None), key=lambda hold: hold.placed_at)


def came_with(case: Case) -> list[Shown]:
    """The files that came with a gathered case."""
    return [shown(each) for each in gathered(case, "evidence")]


def absences_on(case: Case) -> list[Absence]:
    """Whether who works on a gathered case is away."""
    return gathered(case, "absences")


def _give_the_one(rows: list[Any], reports: list[Report], name: str) -> None:
    """As Django keeps the other side of a one-to-one relation."""
    by_report = {row.report_id: row for row in rows}
    for report in reports:
        row = by_report.get(report.pk)
        report._state.fields_cache[name] = row
        if row is not None:
            row._state.fields_cache["report"] = report


_WORDS: list[str] = []


def _question() -> str:
    if not _WORDS:
        _WORDS.append(question_of(PARTS, first=FIRST))
    return _WORDS[0]
