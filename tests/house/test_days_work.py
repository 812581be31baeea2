"""Each figure of an officer's day is that of the list that it leads to, and nothing is opened for any of them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from casework.models import Case
from casework.setting_tasks import set_task
from llr_hate import days_work
from partners.models import Absence, User
from reporting.models import Report
from reporting.saying_more import write
from scope.context import staff_scope, worker_scope
from tests.casework.world import opened as taken_up
from tests.casework.world import told, triaged
from tests.database import standing
from tests.people import client_for, member, mona, ngozi, organisation
from vault.models import DataKey

TILE = re.compile(
    r'class="stat-tile__link" href="([^"]+)"><span class="govuk-visually-hidden">([\d,]+) </span>([^<]+)<'
)
FOUND = re.compile(r"<strong>([\d,]+)</strong>")


@pytest.fixture(scope="module")
def officer(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    with standing(django_db_blocker, make) as ngozi:
        yield ngozi


def make() -> User:
    """Ngozi has everything that there can be to do, in different numbers."""
    officer, now = ngozi(), timezone.now()
    away = member("Bea Lund", organisation("charnwood-bc"), "officer")
    long_ago, today = now - timedelta(days=60), timezone.localdate(now)
    for to in (officer, officer, away, None):
        a_case(officer, at=long_ago, to=to, urgency="high")
    spoken_to = a_case(officer, at=long_ago, to=officer, urgency="medium", tells=True)
    a_case(officer, at=now, to=officer, urgency="high")
    taken_up(told(now=now), by=officer, now=now)
    told(now=now)
    told(now=now, Q20=["self_harm"])
    Absence.objects.create(
        user=away, organisation=officer.organisation, starts_on=today, ends_on=today, deputy=officer
    )
    with staff_scope(officer.organisation_id or 0):
        for days, person in ((-1, officer), (0, officer), (1, None), (2, None), (3, None)):
            due_on = today + timedelta(days=days)
            whom = {"organisation": officer.organisation, "person": person, "due_on": due_on}
            set_task(spoken_to, "Ring the school.", **whom, by=officer, now=now)
    with worker_scope():
        write(Report.objects.get(reference=spoken_to.reference), "Again.", key=uuid4(), now=now)
        Report.objects.filter(taken_up_at=None).order_by("received_at").update(needs_same_day_look=True)
    return officer


def a_case(by: User, *, at: Any, to: User | None, urgency: str, tells: bool = False) -> Case:
    case = triaged(told(now=at), by=by, now=at, urgency=urgency)
    with staff_scope(by.organisation_id or 0):
        if to:
            case.assign(to=to, by=by, now=at)
        if tells:
            case.tell_reporter("I have read it.", status="read", by=by, now=at)
    return case


@pytest.mark.parametrize("who", ["an officer", "the manager of the team"])
def test_every_figure_is_that_of_its_list(
    officer: User, db: None, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_for(officer if who == "an officer" else mona())
    monkeypatch.setattr(DataKey, "secret", property(lambda key: pytest.fail("a list opened a sealed text")))
    day = browser.get("/staff/").content.decode()
    lines = [(url.replace("&amp;", "&"), figure, words) for url, figure, words in TILE.findall(day)]
    casework = [
        line for line in lines if line[0].startswith(("/staff/cases/", "/staff/queue/", "/staff/tasks/"))
    ]
    found = {words: FOUND.findall(browser.get(url).content.decode())[:1] for url, _, words in casework}
    assert found == {words: [figure] for _, figure, words in casework}
    assert len(found) == len(casework)
    if who == "an officer":
        every = days_work.REPORTS + days_work.MINE + days_work.OURS + days_work.TASKS
        assert len(casework) == len(every), sorted(found)
    else:
        assert any("looks at" in words for words in found)


def test_late_comes_first_and_the_cases_due_first_stand_below(officer: User, db: None) -> None:
    day = client_for(officer).get("/staff/").content.decode()
    late, other = "waited too long for your call", "open cases are yours"
    assert day.index(late) < day.index(other)
    below = day[day.index("Your cases that are due first") :]
    assert re.search(r"contact 6\d days late", below)
    assert day.index(other) < day.index("Your cases that are due first")


def test_beyond_a_thousand_nobody_counts() -> None:
    assert days_work.Waiting(1_001, "case", "cases", "/").in_words == "more than 1,000"
    assert days_work.Waiting(1_000, "case", "cases", "/").in_words == "1,000"
