"""An officer's day: how much is late, due, unread or nobody's, each with the list that shows exactly that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.models import Referral
from casework.overriding import to_decide
from casework.queue import waiting_for
from casework.tasklist import tasks_for
from casework.worklist import Row, cases_for, row
from govuk.paging import COUNTED_TO
from partners.models import User

DUE_FIRST = 5


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

    @property
    def in_words(self) -> str:
        """As its list says it: nobody counts beyond a thousand."""
        return f"{self.figure:,}" if self.figure <= COUNTED_TO else f"more than {COUNTED_TO:,}"


@dataclass(frozen=True)
class Line:
    """What to count: the parts of the address of a list, the words about it, and whether it is late."""

    asked: dict[str, str]
    one: str
    many: str
    is_late: bool = False

    def waiting(self, address: str, found: QuerySet[Any, Any]) -> Waiting:
        """How many there are, counted as the list counts them."""
        figure = found.order_by()[: COUNTED_TO + 1].count()
        url = f"{reverse(address)}?{urlencode(self.asked)}" if self.asked else reverse(address)
        return Waiting(figure, self.one, self.many, url, self.is_late)


REPORTS = (
    Line({"look": "today"}, "report needs a look today", "reports need a look today", is_late=True),
    Line({}, "new report waits to be read", "new reports wait to be read"),
)
MINE = (
    Line(
        {"list": "mine", "clock": "contact_late"},
        "person has waited too long for your call",
        "people have waited too long for your call",
        is_late=True,
    ),
    Line(
        {"list": "mine", "clock": "update_late"},
        "person has waited too long for news from you",
        "people have waited too long for news from you",
        is_late=True,
    ),
    Line(
        {"list": "mine", "clock": "review_late"},
        "of your cases is past the day to look at the risk again",
        "of your cases are past the day to look at the risk again",
        is_late=True,
    ),
    Line(
        {"list": "mine", "clock": "soon"},
        "of your cases is due by the end of the next working day",
        "of your cases are due by the end of the next working day",
    ),
    Line(
        {"list": "unread"},
        "case has something from the person that nobody has read",
        "cases have something from the person that nobody has read",
    ),
)
OURS = (
    Line(
        {"list": "ours", "clock": "late"},
        "case that your organisation leads is late",
        "cases that your organisation leads are late",
        is_late=True,
    ),
    Line(
        {"list": "ours", "clock": "soon"},
        "case that your organisation leads is due by the end of the next working day",
        "cases that your organisation leads are due by the end of the next working day",
    ),
    Line({"list": "ours", "state": "open"}, "case waits for triage", "cases wait for triage"),
    Line({"list": "unassigned"}, "open case is nobody’s yet", "open cases are nobody’s yet"),
    Line({"list": "mine"}, "open case is yours", "open cases are yours"),
    Line(
        {"list": "standing_in"},
        "open case of a colleague you stand in for",
        "open cases of colleagues you stand in for",
    ),
)
REVIEWS = (
    Line(
        {"list": "ours", "clock": "review_late"},
        "case is past the day on which somebody looks at its risk again",
        "cases are past the day on which somebody looks at their risk again",
        is_late=True,
    ),
)
LEFT_BEHIND = (
    Line(
        {"list": "left_behind"},
        "open case belongs to somebody who has left",
        "open cases belong to people who have left",
        is_late=True,
    ),
)
TASKS = (
    Line({"list": "mine", "due": "late"}, "task of yours is late", "tasks of yours are late", is_late=True),
    Line(
        {"list": "mine", "due": "soon"},
        "task of yours is due by the end of the next working day",
        "tasks of yours are due by the end of the next working day",
    ),
    Line(
        {"list": "anybody"},
        "task is for anybody at your organisation",
        "tasks are for anybody at your organisation",
    ),
)


def reports_to_read(user: User, now: datetime) -> Iterator[Waiting]:
    """What nobody has taken up."""
    for line in REPORTS:
        yield line.waiting("casework:queue", waiting_for(user, **line.asked))


def of_cases(user: User, now: datetime, lines: tuple[Line, ...]) -> Iterator[Waiting]:
    """Cases of lists as the page of cases shows them."""
    for line in lines:
        asked = dict(line.asked)
        yield line.waiting("casework:cases", cases_for(user, asked.pop("list"), now=now, **asked))


def of_referrals(user: User, now: datetime) -> Iterator[Waiting]:
    """What other organisations ask of this person's."""
    asked = Referral.objects.to_us(user).to_answer()
    late, one, many = asked.filter(due_at__lt=now), "referral to you is late", "referrals to you are late"
    yield Line({}, one, many, is_late=True).waiting("casework:referrals", late)
    one, many = "referral to you waits for an answer", "referrals to you wait for an answer"
    yield Line({}, one, many).waiting("casework:referrals", asked)


def of_second_person(user: User, now: datetime) -> Iterator[Waiting]:
    """What a colleague proposes to share, although the person did not choose it."""
    one, many = "proposal to share waits for you to decide", "proposals to share wait for you to decide"
    yield Line({}, one, many).waiting("casework:referrals", to_decide(user, now=now))


def of_tasks(user: User, now: datetime) -> Iterator[Waiting]:
    """Tasks for this person, and for whoever takes them."""
    for line in TASKS:
        asked = dict(line.asked)
        found = tasks_for(user, asked.pop("list"), today=timezone.localdate(now), **asked)
        yield line.waiting("casework:tasks_due", found)


def due_first(user: User, now: datetime) -> list[Row]:
    """The first few of one's own cases that are late or due by the end of the next working day."""
    found = cases_for(user, "mine", now=now, clock="due").select_related("lead_organisation", "assigned_to")
    return [row(case, now=now) for case in found[:DUE_FIRST]]
