"""A visit lasts until Finish, Exit this page, or half an hour without a page; then the code is needed again."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting import visit
from reporting.models import Visit
from reporting.tasks import erase_expired_drafts
from reporting.visit import COOKIE, IDLE
from tests.reporting.visiting import page, sent_by, visit_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

HOME = "/back/h3/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """The time of visits, which tests turn forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        monkeypatch.setattr(visit.timezone, "now", lambda: self.now)

    def pass_by(self, time: timedelta) -> datetime:
        self.now += time
        return self.now


def is_inside(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_the_code_is_typed_once_and_holds_for_every_page() -> None:
    amina = visit_of(sent_by())
    assert "We have your report" in page(amina, HOME)
    assert page(amina, "/back/s4/")


def test_who_has_no_visit_is_led_to_the_page_for_reference_and_code() -> None:
    answer = Client().get(HOME)
    assert (answer.status_code, answer["Location"]) == (302, "/back/")


def test_half_an_hour_without_a_page_ends_it_and_says_so(clock: Clock) -> None:
    amina = visit_of(sent_by())
    clock.pass_by(IDLE - timedelta(seconds=1))
    assert is_inside(amina)
    clock.pass_by(IDLE - timedelta(seconds=1))
    assert is_inside(amina)  # each page renews it
    clock.pass_by(IDLE + timedelta(seconds=1))
    assert "closed after 30 minutes" in page(amina, HOME)


def test_it_lasts_four_hours_at_the_most(clock: Clock) -> None:
    amina = visit_of(sent_by())
    for _turn in range(9):
        clock.pass_by(timedelta(minutes=25))
        assert is_inside(amina)
    clock.pass_by(timedelta(minutes=25))
    assert not is_inside(amina)


def test_finish_ends_every_copy_of_the_cookie() -> None:
    amina, rafi = visit_of(sent_by()), Client()
    rafi.cookies[COOKIE] = amina.cookies[COOKIE].value  # who copied it from the device
    assert is_inside(rafi)
    assert "You have finished" in amina.post("/back/f9/", follow=True).content.decode()
    assert not is_inside(amina)
    assert not is_inside(rafi)


def test_exit_this_page_ends_it_too() -> None:
    amina, rafi = visit_of(sent_by()), Client()
    rafi.cookies[COOKIE] = amina.cookies[COOKIE].value
    assert amina.get("/leave/").status_code == 303
    assert not is_inside(amina)
    assert not is_inside(rafi)


@pytest.mark.parametrize("value", ["", "x", "0" * 32 + "." + "0" * 64 + ".1"])
def test_a_cookie_that_is_not_ours_opens_nothing(value: str) -> None:
    rafi = Client()
    rafi.cookies[COOKIE] = value
    assert not is_inside(rafi)


def test_one_visit_does_not_open_another_persons_report() -> None:
    amina, ewa = sent_by(), sent_by()
    assert ewa.reference not in page(visit_of(amina), HOME)


def test_what_was_typed_too_late_is_shown_and_not_lost(clock: Clock) -> None:
    amina = visit_of(sent_by())
    clock.pass_by(timedelta(hours=1))
    answer = amina.post("/back/n8/", {"person": "My neighbour Carl, who works there"})
    assert answer.status_code == 410
    assert "My neighbour Carl, who works there" in answer.content.decode()


def test_visits_that_are_long_over_leave_no_row(clock: Clock) -> None:
    visit_of(sent_by())
    assert Visit.erase_ended(now=clock.now) == 0
    assert Visit.erase_ended(now=clock.pass_by(timedelta(hours=4))) == 1
    erase_expired_drafts()


def test_a_visit_says_nothing_of_whose_it_is() -> None:
    assert {field.name for field in Visit._meta.get_fields()} == {"id", "ends_at"}


def test_who_it_is_costs_one_statement() -> None:
    amina = visit_of(sent_by())
    with CaptureQueriesContext(connection) as asked:
        amina.get("/back/n8/")
    about = [each["sql"] for each in asked if "reporting_report" in each["sql"] and "visit" in each["sql"]]
    assert len(about) == 1
