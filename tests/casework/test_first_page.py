"""The queue as everybody opens it: asked in one question, put into a kept frame, and the same as at length."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from casework.first_page import FIRST_PAGE, IN_ORDER, first_page
from casework.queue import Waiting, count, for_a_list, waiting_for
from govuk.paging import ROWS_A_PAGE
from partners.models import User
from partners.who_is_asking import SessionStore
from reporting import kept_pages
from reporting.erasing import erase_told
from reporting.models import Report
from reporting.strands import Channel
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, anonymously, opened, told
from tests.people import administrator, client_for, gwen, ngozi, tomasz

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[A-Za-z0-9]{64}"')
QUEUE = "/staff/queue/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    kept_pages.forget()
    yield
    kept_pages.forget()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def page(client: Client, address: str = QUEUE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def plainly(text: str) -> str:
    """The page without its tokens, and with one space wherever there are some."""
    return " ".join(TOKEN.sub("", text).split())


def some_of_each(now: datetime) -> None:
    """What waits, in several ways, and what does not wait any more."""
    for hours in range(3):
        told(now=now - timedelta(hours=hours))
        told(now=now - timedelta(hours=hours), **anonymously(), Q14="online", Q13=None)
    told(now=now, Q19="yes", Q08=["race"], Q08b=None)
    told(now=now, **BARS_THE_POLICE)
    opened(told(now=now), by=ngozi(), now=now)
    historic, erased = told(now=now), told(now=now)
    with worker_scope():
        erase_told(erased, why="asked", now=now)
        Report.objects.filter(pk=historic.pk).update(channel=Channel.HISTORIC)


def as_asked_at_length(user: User) -> tuple[list[Any], Waiting]:
    reports = waiting_for(user)
    return list(for_a_list(reports)[:ROWS_A_PAGE]), count(reports)


@pytest.mark.parametrize("who", [ngozi, tomasz, gwen, administrator])
def test_the_one_question_answers_as_the_queue_does(who: Callable[[], User], now: datetime) -> None:
    some_of_each(now)
    with staff_scope(who().organisation_id or 0):
        assert first_page(who()) == as_asked_at_length(who())


def test_the_second_wall_stands_behind_the_one_question(now: datetime) -> None:
    told(now=now)
    with staff_scope(gwen().organisation_id or 0):
        assert first_page(ngozi())[0] == []


def test_it_never_reads_the_whole_table() -> None:
    with staff_scope(ngozi().organisation_id or 0), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(IN_ORDER)
        cursor.execute(f"EXPLAIN {FIRST_PAGE}", [ngozi().organisation_id, ngozi().pk])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using report_waits" in plan
    assert "Seq Scan" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("waiting", [0, 1, 2, ROWS_A_PAGE + 1])
def test_the_kept_page_is_the_page_as_it_is_made(waiting: int, now: datetime) -> None:
    for minute in range(waiting):
        told(now=now - timedelta(minutes=minute), Q19="yes" if minute == 1 else "no")
    browser = client_for(ngozi())
    first, kept = plainly(page(browser)), plainly(page(browser))
    assert first == kept == plainly(page(browser, f"{QUEUE}?page=1"))


def test_people_of_the_same_role_see_their_own_names_and_reports(now: datetime) -> None:
    report = told(now=now)
    hers = page(client_for(ngozi()))
    his = page(client_for(gwen()))
    assert report.reference in hers
    assert report.reference not in his
    assert str(ngozi()) in hers
    assert str(gwen()) in his
    assert str(ngozi()) not in his


def test_nobody_gets_the_way_round_of_another_role(now: datetime) -> None:
    told(now=now)
    hers = page(client_for(ngozi()))
    User.objects.get(pk=ngozi().pk).memberships.update(role_codes=["officer", "team_manager"])
    assert ">People</a>" not in hers
    assert ">People</a>" in page(client_for(ngozi()))


def test_a_name_is_shown_as_it_is_and_never_kept(now: datetime) -> None:
    report = told(now=now)
    User.objects.filter(pk=ngozi().pk).update(name=f"<b>Ngozi</b> {kept_pages.OPEN}rows{kept_pages.CLOSE}")
    text = page(client_for(User.objects.get(pk=ngozi().pk)))
    assert "&lt;b&gt;Ngozi&lt;/b&gt;" in text
    assert text.count(report.reference) == 2
    kept = "".join(piece for pieces in kept_pages._kept.values() for piece in pieces)
    assert "data-table" in kept
    assert report.reference not in kept
    assert "Ngozi" not in kept


def test_what_another_page_says_is_shown_once(now: datetime) -> None:
    browser = client_for(ngozi())
    page(browser)
    say(browser, "This report is part of a case now.")
    assert "This report is part of a case now." in page(browser)
    assert "This report is part of a case now." not in page(browser)


def say(browser: Client, words: str) -> None:
    """What a page before leaves in the session to be said on this one."""
    request = HttpRequest()
    request.session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    storage: Any = SessionStorage(request)
    storage._store([Message(constants.INFO, words)], None)
    request.session.save()
