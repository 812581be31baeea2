"""What is taken away is gone on the next request, and in the worker's next task: nothing is remembered."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from casework.models import Case
from outbox.models import HANDLERS, OutboxEntry
from partners.models import User
from reporting.models import Report, ReportBar
from reporting.news import RECEIVED, tell_officers
from scope.context import worker_scope
from tests.access_world import ALL_AT_CHARNWOOD
from tests.casework.world import told, triaged
from tests.people import NOW, administrator, client_for, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
CASES, QUEUE, PEOPLE = "/staff/cases/", "/staff/queue/", "/staff/people/"


def status(browser: Client, path: str) -> int:
    return browser.get(path).status_code


def to_sign_in(browser: Client, path: str, method: str = "GET") -> bool:
    response = browser.generic(method, path)
    return response.status_code == 302 and response["Location"].startswith("/accounts/login/")


def page_of(case: Case) -> str:
    return f"{CASES}{case.reference}/"


@pytest.fixture
def case(db: None) -> Case:
    return triaged(told(), by=ngozi())


@pytest.fixture
def waiting(case: Case) -> Report:
    """Another report of Charnwood's, which nobody has taken up."""
    return told()


# The person -------------------------------------------------------------------------------------------------------


def test_a_suspended_person_is_out_on_the_next_request_whatever_page_it_is(
    case: Case, waiting: Report
) -> None:
    everything = member("Everything", organisation("charnwood-bc"), *ALL_AT_CHARNWOOD)
    browser = client_for(everything)
    pages = ["/staff/", QUEUE, f"{QUEUE}{waiting.reference}/", CASES, page_of(case), f"{page_of(case)}note/"]
    pages += ["/staff/plans/", "/staff/plans/updates/", "/staff/sog/", "/staff/sog/report.pdf", PEOPLE]
    assert {path: status(browser, path) for path in pages} == dict.fromkeys(pages, 200)
    everything.suspend(by=administrator(), now=NOW)
    assert [path for path in pages if not to_sign_in(browser, path)] == []
    assert to_sign_in(browser, f"{page_of(case)}note/", "POST")


def test_a_suspended_persons_form_changes_nothing(case: Case) -> None:
    browser, person = client_for(ngozi()), ngozi()
    person.suspend(by=administrator(), now=NOW)
    browser.post(f"{page_of(case)}note/", {"text": "I should not be able to write this.", "seen": 1})
    with worker_scope():
        assert not case.events.filter(act="note").exists()


def test_a_role_that_was_taken_away_opens_nothing_on_the_next_request(case: Case) -> None:
    browser = client_for(ngozi())
    assert status(browser, page_of(case)) == 200
    ngozi().membership.change_roles(["plan_contributor"], by=administrator(), now=NOW)
    assert [status(browser, path) for path in (page_of(case), QUEUE, CASES)] == [404, 404, 404]
    assert status(browser, "/staff/plans/") == 200


def test_who_moves_sees_the_new_organisations_cases_and_no_longer_the_old_ones(case: Case) -> None:
    browser = client_for(ngozi())
    theirs = triaged(told(Q14="leicester", Q24=["no_one"]), by=gwen())
    assert [status(browser, page_of(each)) for each in (case, theirs)] == [200, 404]
    ngozi().membership.move_to(
        organisation("leicester-city"), role_codes=["officer"], by=administrator(), now=NOW
    )
    assert [status(browser, page_of(each)) for each in (case, theirs)] == [404, 200]


def test_who_left_opens_nothing(case: Case) -> None:
    browser = client_for(ngozi())
    ngozi().membership.end(by=administrator(), now=NOW)
    assert status(browser, page_of(case)) != 200
    assert status(browser, QUEUE) != 200


# The record -------------------------------------------------------------------------------------------------------


def withdraw(report: Report) -> None:
    """Every ground on which Charnwood sees it ends."""
    with worker_scope():
        report.withdraw_from(organisation("charnwood-bc"), by=None, now=NOW)


def bar(report: Report) -> None:
    """The person says, later, that Charnwood must not see it."""
    with worker_scope():
        ReportBar.objects.create(report=report, organisation=organisation("charnwood-bc"), barred_at=NOW)
        report.recompute_visibility()


each_way = pytest.mark.parametrize("take_away", [withdraw, bar])


@each_way
def test_a_report_taken_away_is_gone_on_the_next_request(
    waiting: Report, take_away: Callable[[Report], None]
) -> None:
    browser, path = client_for(ngozi()), f"{QUEUE}{waiting.reference}/"
    assert status(browser, path) == 200
    assert waiting.reference in browser.get(QUEUE).content.decode()
    take_away(waiting)
    assert status(browser, path) == 404
    assert browser.post(path).status_code == 404
    assert waiting.reference not in browser.get(QUEUE).content.decode()


@each_way
def test_and_so_is_the_case_it_is_in(case: Case, take_away: Callable[[Report], None]) -> None:
    browser = client_for(ngozi())
    assert status(browser, page_of(case)) == 200
    take_away(case.reports[0] if case.reports else report_of(case))
    acts = ("note/", "triage/", "tell/", "share/", "close/", "assign/", "hold/")
    assert [act for act in ("", *acts) if status(browser, page_of(case) + act) != 404] == []
    assert case.reference not in browser.get(CASES).content.decode()


def report_of(case: Case) -> Report:
    with worker_scope():
        return Report.objects.get(case_report__case=case)


# The worker -------------------------------------------------------------------------------------------------------


def mails_about_what_waits() -> list[str]:
    """Who is told when the worker does its next work."""
    assert HANDLERS[RECEIVED] is tell_officers
    mail.outbox.clear()
    for entry in OutboxEntry.objects.filter(kind=RECEIVED, delivered_at=None):
        OutboxEntry.deliver_one(entry.pk, now=NOW)
    return sorted(address for message in mail.outbox for address in message.bcc)


def test_the_worker_tells_officers_that_something_waits() -> None:
    told(), ngozi()
    assert mails_about_what_waits() == [ngozi().email]


@each_way
def test_the_worker_announces_nothing_that_was_taken_away(take_away: Callable[[Report], None]) -> None:
    report = told()
    ngozi()
    take_away(report)
    assert mails_about_what_waits() == []


def losing_their_role(person: User) -> None:
    person.membership.change_roles(["plan_contributor"], by=administrator(), now=NOW)


def being_suspended(person: User) -> None:
    person.suspend(by=administrator(), now=NOW)


def moving(person: User) -> None:
    to = organisation("leicester-city")
    person.membership.move_to(to, role_codes=["officer"], by=administrator(), now=NOW)


@pytest.mark.parametrize("loses", [losing_their_role, being_suspended, moving])
def test_the_worker_tells_nobody_who_has_lost_it_meanwhile(loses: Callable[[User], None]) -> None:
    told()
    loses(ngozi())
    assert mails_about_what_waits() == []
