"""The first page after signing in: what needs doing first, for each thing that this person may do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import Action
from casework.models import Case
from casework.queue import waiting_for
from partners.doors import StaffRequest
from partners.models import Invitation, ReportingCentre, User
from partners.roles import Permission
from reporting.models import Report


@dataclass(frozen=True)
class Waiting:
    """One line of the day: a sentence that says the finding, its figure, and where to deal with it."""

    title: str
    figure: int
    url: str
    is_late: bool = False


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """What waits, the late first; with nothing waiting, what would be here."""
    user, now = request.user, timezone.now()
    lines = [line for line in _all_lines(user, now) if line.figure]
    return render(
        request,
        "home/today.html",
        {"lines": sorted(lines, key=lambda line: not line.is_late), "duties": _duties(user)},
    )


def _all_lines(user: User, now: datetime) -> Iterator[Waiting]:
    for permission, lines in LINES.items():
        if user.may(permission):
            yield from lines(user, now)


def _reports_to_read(user: User, now: datetime) -> Iterator[Waiting]:
    waiting, queue = waiting_for(user), reverse("casework:queue")
    same_day = waiting.filter(needs_same_day_look=True).count()
    everything = waiting.count()
    yield Waiting(_count(same_day, "report needs", "reports need") + " a look today", same_day, queue, True)
    yield Waiting(
        _count(everything, "new report waits", "new reports wait") + " to be read", everything, queue
    )


def _my_cases(user: User, now: datetime) -> Iterator[Waiting]:
    mine = Case.objects.visible_to(user).not_closed().filter(assigned_to=user)
    late, cases = mine.contact_overdue(now=now).count(), reverse("casework:cases")
    yield Waiting(
        _count(late, "person has", "people have") + " waited too long for your call", late, cases, True
    )
    open_cases = mine.count()
    yield Waiting(_count(open_cases, "open case is", "open cases are") + " yours", open_cases, cases)


def _updates(user: User, now: datetime) -> Iterator[Waiting]:
    owed = Action.objects.owed_by(user.organisation, _day(now)).count() if user.organisation else 0
    sentence = _count(owed, "action waits", "actions wait") + " for your organisation's update"
    yield Waiting(sentence, owed, reverse("actionplans:updates"))


def _off_track(user: User, now: datetime) -> Iterator[Waiting]:
    off = Action.objects.off_track(_day(now)).count()
    yield Waiting(
        _count(off, "action is", "actions are") + " off track", off, reverse("actionplans:sog_dashboard")
    )


def _our_reports(user: User, now: datetime) -> Iterator[Waiting]:
    recorded = Report.objects.visible_to(user).filter(recorded_by=user).count()
    sentence = _count(recorded, "report was", "reports were") + " recorded by you"
    yield Waiting(sentence, recorded, reverse("reporting_staff:centre"))


def _doors(user: User, now: datetime) -> Iterator[Waiting]:
    people = reverse("partners:people")
    too_old = Invitation.objects.waiting().filter(expires_at__lte=now).count()
    yield Waiting(
        _count(too_old, "invitation has", "invitations have") + " run out unused", too_old, people, True
    )
    open_ones = Invitation.objects.waiting().filter(expires_at__gt=now).count()
    yield Waiting(
        _count(open_ones, "invitation has", "invitations have") + " not been taken up", open_ones, people
    )
    unchecked = [
        centre for centre in ReportingCentre.objects.all() if not centre.is_verified(today=_day(now))
    ]
    sentence = _count(len(unchecked), "reporting centre has", "reporting centres have")
    yield Waiting(f"{sentence} not been checked for 90 days", len(unchecked), people)


LINES: dict[Permission, Callable[[User, datetime], Iterator[Waiting]]] = {
    Permission.RECORD_REPORT: _our_reports,
    Permission.SEE_QUEUE: _reports_to_read,
    Permission.WORK_CASES: _my_cases,
    Permission.UPDATE_PLANS: _updates,
    Permission.SEE_DASHBOARD: _off_track,
    Permission.INVITE_PEOPLE: _doors,
}

# What would be here: the sentence for a day on which nothing waits.
DUTIES = {
    Permission.RECORD_REPORT: "reports that you record for people at your centre",
    Permission.SEE_QUEUE: "new reports from your area that nobody has read yet",
    Permission.WORK_CASES: "your open cases, first those where a person waits for your call",
    Permission.UPDATE_PLANS: "actions that wait for your organisation's update",
    Permission.SEE_DASHBOARD: "actions of the plans that are off track",
    Permission.INVITE_PEOPLE: "invitations that nobody took up, and centres that need checking",
}


def _duties(user: User) -> list[str]:
    return [words for permission, words in DUTIES.items() if user.may(permission)]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _day(now: datetime) -> date:
    return timezone.localdate(now)
