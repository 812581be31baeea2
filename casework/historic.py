"""Cases from earlier records: closed when they come in, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit import trail
from casework.models.case import Case, CaseReport
from casework.states import CaseState
from partners.models import Organisation
from reporting.models import Report


@dataclass(frozen=True)
class HistoricCase:
    """What earlier records say of one report's case. Times in order: opened, first contact, closed."""

    report: Report
    lead: Organisation
    recorded_as: str
    outcome: str
    opened_at: datetime
    first_contact_at: datetime | None
    closed_at: datetime


@transaction.atomic
def record_historic(cases: Sequence[HistoricCase], *, now: datetime) -> int:
    """Adds closed cases for reports from earlier records, with one entry in the trail for all of them.

    They have no timeline: what happened on them was not recorded here. Run it in the worker's scope.
    """
    made = [_case(told) for told in cases]
    Case.objects.bulk_create(made, batch_size=1000)
    CaseReport.objects.bulk_create(
        [
            CaseReport(case=case, report=told.report, added_at=told.opened_at)
            for case, told in zip(made, cases, strict=True)
        ],
        batch_size=1000,
    )
    if made:
        trail.record("case.historic_added", made[0], by=None, now=now, count=len(made))
    return len(made)


def _case(told: HistoricCase) -> Case:
    return Case(
        reference=told.report.reference,
        opened_at=told.opened_at,
        state=CaseState.CLOSED,
        lead_organisation=told.lead,
        recorded_strands=told.report.perceived_strands,
        recorded_as=told.recorded_as,
        contact_due_at=None,
        first_contact_at=told.first_contact_at,
        closed_at=told.closed_at,
        outcome=told.outcome,
        visible_to=told.report.visible_to,
    )
