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
    """One line of the day: how many of what, and where to deal with it; `one` and `many` go on from the figure."""

    figure: int
    one: str
    many: str
    url: str
    is_late: bool = False

    @property
    def words(self) -> str:
        return self.one if self.figure == 1 else self.many


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
    yield Waiting(same_day, "report needs a look today", "reports need a look today", queue, is_late=True)
    yield Waiting(waiting.count(), "new report waits to be read", "new reports wait to be read", queue)


def _my_cases(user: User, now: datetime) -> Iterator[Waiting]:
    mine, cases = (
        Case.objects.visible_to(user).not_closed().filter(assigned_to=user),
        reverse("casework:cases"),
    )
    late = mine.contact_overdue(now=now).count()
    one, many = "person has waited too long for your call", "people have waited too long for your call"
    yield Waiting(late, one, many, cases, is_late=True)
    yield Waiting(mine.count(), "open case is yours", "open cases are yours", cases)


def _updates(user: User, now: datetime) -> Iterator[Waiting]:
    owed = Action.objects.owed_by(user.organisation, _day(now)).count() if user.organisation else 0
    one, many = "action waits for your organisation's update", "actions wait for your organisation's update"
    yield Waiting(owed, one, many, reverse("actionplans:updates"))


def _off_track(user: User, now: datetime) -> Iterator[Waiting]:
    off = Action.objects.off_track(_day(now)).count()
    yield Waiting(
        off,
        "action is overdue or off track",
        "actions are overdue or off track",
        reverse("actionplans:sog_dashboard"),
    )


def _our_reports(user: User, now: datetime) -> Iterator[Waiting]:
    recorded = Report.objects.visible_to(user).filter(recorded_by=user).count()
    one, many = "report that you recorded", "reports that you recorded"
    yield Waiting(recorded, one, many, reverse("reporting_staff:centre"))


def _doors(user: User, now: datetime) -> Iterator[Waiting]:
    invitations, people = Invitation.objects.waiting(), reverse("partners:people")
    too_old = invitations.filter(expires_at__lte=now).count()
    one, many = "invitation has run out unused", "invitations have run out unused"
    yield Waiting(too_old, one, many, people, is_late=True)
    open_ones = invitations.filter(expires_at__gt=now).count()
    one, many = "invitation has not been taken up", "invitations have not been taken up"
    yield Waiting(open_ones, one, many, people)
    unchecked = ReportingCentre.objects.to_be_checked(today=_day(now)).count()
    one = "reporting centre has not been checked for 90 days"
    yield Waiting(unchecked, one, "reporting centres have not been checked for 90 days", people)


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


def _day(now: datetime) -> date:
    return timezone.localdate(now)
