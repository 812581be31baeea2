"""What the officers of the demonstration are to do, and a view that one of them keeps."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from casework.models import Case, SavedView, Task
from casework.setting_tasks import finish_task, set_task
from llr_hate.demo.staff import personas
from partners.models import User
from partners.working_days import add_working_days
from scope.context import staff_scope

OFFICERS = ("council-officer", "police-officer")
TO_DO = (
    "Ring the school and ask whether the lunch break is watched now.",
    "Ask the landlord when the door is repaired, and tell the person.",
    "Send the diary sheets that we promised.",
)
FOR_ANYBODY = "Somebody please take the photos to the station: the officer in the case has asked for them."


def leave_tasks(*, now: datetime) -> None:
    """For each officer one task that is late, one for the next working day, one that is done, and one that anybody of
    their organisation may take."""
    for code in OFFICERS:
        email = next(each.email for each in personas() if each.code == code)
        officer = User.objects.get(email=email)
        with staff_scope(officer.organisation_id or 0):
            _leave(officer, now)
        SavedView.keep(
            officer, name="Late and high risk", which="ours", query="clock=late&urgency=high", now=now
        )


def _leave(officer: User, now: datetime) -> None:
    ours = Case.objects.visible_to(officer).not_closed().led_by(officer.organisation_id)
    cases = list(ours.order_by("-opened_at")[: len(TO_DO)])
    if not cases:
        return
    for case in cases[1:]:
        case.assign(to=officer, by=officer, now=now)
    today, before = timezone.localdate(now), now - timedelta(days=6)
    past, soon = add_working_days(timezone.localdate(before), 1), add_working_days(today, 1)
    for number, (words, due_on) in enumerate(zip(TO_DO, (past, soon, today), strict=True)):
        task = _set(cases[number % len(cases)], words, officer, officer, due_on, before)
        if due_on == today:
            finish_task(task, by=officer, now=now)
    _set(cases[0], FOR_ANYBODY, officer, None, add_working_days(today, 4), before)


def _set(case: Case, words: str, by: User, person: User | None, due_on: date, at: datetime) -> Task:
    assert by.organisation, "an officer has a workplace"
    at = max(at, case.opened_at)
    return set_task(case, words, organisation=by.organisation, person=person, due_on=due_on, by=by, now=at)
