"""What the rights desk finds: something that falls due, something to decide about, and a legal hold."""

from datetime import datetime, timedelta

from django.utils import timezone

from casework.falling_due import look
from casework.models import Case, LegalHold
from casework.states import CaseState
from partners.models import District
from partners.models.person import holders_of
from partners.retention import RecordClass, add_months, schedule
from partners.roles import Permission
from reporting.historic import HistoricRow, receive_historic
from scope.context import worker_scope

# In how many days the time of an anonymous report to record only is over.
OVER_IN_DAYS = (4, 19, 47, 80)
NOTE = "The solicitor asked for it. The trial is expected in the autumn."


def leave_for_the_rights_desk(*, now: datetime) -> None:
    """Adds records of earlier years whose time is nearly over, holds a case, and looks through them all."""
    receive_historic([*_nearly_over(now), _of_a_child(now)], now=now)
    _hold_one(now)
    look(today=timezone.localdate(now), schedule=schedule())


def _nearly_over(now: datetime) -> list[HistoricRow]:
    district = District.objects.get(code="leicester")
    began = schedule().rule(RecordClass.ANONYMOUS_RECORD_ONLY).latest_start(timezone.localdate(now))
    age = timezone.localdate(now) - began
    return [
        HistoricRow(
            received_at=now - age + timedelta(days=days),
            strands=("race",),
            place_kind="street",
            district=district,
            answers={"Q23": ["record_only"]},
        )
        for days in OVER_IN_DAYS
    ]


def _of_a_child(now: datetime) -> HistoricRow:
    """Somebody who was 16 or 17, and whose 25th birthday was last week at the latest."""
    rules = schedule()
    months = 12 * (rules.rule(RecordClass.CHILD).keeps - rules.youngest["16_17"])
    age = timezone.localdate(now) - add_months(timezone.localdate(now), -months)
    return HistoricRow(
        received_at=now - age - timedelta(days=7),
        strands=("disability",),
        place_kind="school",
        district=District.objects.get(code="rutland"),
        is_anonymous=False,
        answers={"Q28": "16_17"},
    )


def _hold_one(now: datetime) -> None:
    desk = holders_of(Permission.KEEP_RECORDS).order_by("pk")[0]
    with worker_scope():
        case = Case.objects.filter(state=CaseState.CLOSED).exclude(closed_at=None).order_by("-closed_at")[0]
        put_on = now - timedelta(days=12)
        LegalHold.put_on(case.reports[0], reason="court", note=NOTE, by=desk, now=put_on)
