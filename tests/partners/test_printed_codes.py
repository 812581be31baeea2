"""Ten codes on paper, for a volunteer without a smartphone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from partners.models import PrintedCode, User
from partners.models.printed_code import NotAtACentre
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def asha() -> User:
    return people.asha()


@pytest.fixture
def manager(asha: User) -> User:
    assert asha.organisation
    return people.member("Bea Lunt", asha.organisation, "centre_manager")


@pytest.fixture
def codes(asha: User, manager: User) -> list[str]:
    return PrintedCode.print_sheet(asha, by=manager, now=timezone.now())


def second_step_of(user: User, code: str) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": people.PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": code})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/staff/").status_code == 200


def sheet_of(person: User) -> str:
    return f"/staff/people/{person.pk}/printed-codes/"


def test_the_manager_prints_a_sheet_and_asha_signs_in_with_it(asha: User, manager: User) -> None:
    browser = people.client_for(manager)
    assert b"Make ten codes" in browser.get(sheet_of(asha)).content
    sheet = browser.post(sheet_of(asha))
    codes = sheet.context["codes"]
    assert len(set(codes)) == 10
    assert all(code.encode() in sheet.content for code in codes)
    assert is_in(second_step_of(asha, codes[0].lower()))
    assert asha.staff_sessions.get().signed_in_with == "printed"
    event = AuditEvent.objects.get(act="person.codes_printed")
    assert (event.actor_id, event.subject_id) == (manager.pk, str(asha.pk))


def test_the_codes_are_shown_once(asha: User, manager: User, codes: list[str]) -> None:
    page = people.client_for(manager).get(sheet_of(asha)).content.decode()
    assert "10 codes left" in page
    assert not any(code[:4] in page for code in codes)


def test_a_code_works_once(asha: User, codes: list[str]) -> None:
    assert is_in(second_step_of(asha, codes[3]))
    assert not is_in(second_step_of(asha, codes[3]))
    assert is_in(second_step_of(asha, codes[0]))


def test_a_new_sheet_ends_the_one_before(asha: User, manager: User, codes: list[str]) -> None:
    newer = PrintedCode.print_sheet(asha, by=manager, now=timezone.now())
    assert not is_in(second_step_of(asha, codes[0]))
    assert is_in(second_step_of(asha, newer[0]))


def test_after_ninety_days_a_sheet_is_only_paper(asha: User, manager: User) -> None:
    codes = PrintedCode.print_sheet(asha, by=manager, now=timezone.now() - timedelta(days=91))
    assert not is_in(second_step_of(asha, codes[0]))


def test_a_sheet_that_is_used_up_still_stands_before_the_account(asha: User, manager: User) -> None:
    PrintedCode.print_sheet(asha, by=manager, now=timezone.now() - timedelta(days=91))
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": asha.email, "password": people.PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert browser.get(reverse("mfa_activate_totp")).status_code == 302


def test_somebody_elses_code_opens_nothing(asha: User, manager: User, codes: list[str]) -> None:
    other = people.member("Dilys Quay", manager.organisation, "centre_volunteer")
    PrintedCode.print_sheet(other, by=manager, now=timezone.now())
    assert not is_in(second_step_of(other, codes[0]))


def test_the_codes_do_not_stand_readable_in_the_database(codes: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(partners_printedcode::text || encode(digest, 'escape'), ' ') FROM partners_printedcode"
        )
        rows = cursor.fetchone()[0]
    assert not any(code in rows for code in codes)


def test_only_people_at_centres_have_printed_codes(manager: User) -> None:
    with pytest.raises(NotAtACentre):
        PrintedCode.print_sheet(people.gwen(), by=manager, now=timezone.now())
    assert people.client_for(people.administrator()).get(sheet_of(people.gwen())).status_code == 404


def test_only_who_looks_after_them_prints_and_nobody_for_themselves(asha: User, manager: User) -> None:
    elsewhere = people.member("Otis Vane", people.centre("rookery").organisation, "centre_manager")
    for person in (elsewhere, asha, people.gwen()):
        assert people.client_for(person).get(sheet_of(asha)).status_code == 404
    assert people.client_for(manager).get(sheet_of(manager)).status_code == 404
    assert people.client_for(people.administrator()).get(sheet_of(asha)).status_code == 200


def test_five_wrong_codes_make_this_network_wait(asha: User, codes: list[str]) -> None:
    for _ in range(5):
        second_step_of(asha, "ZZZZ-ZZZZ")
    assert not is_in(second_step_of(asha, codes[0]))
