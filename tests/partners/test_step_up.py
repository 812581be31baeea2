"""Before contact details are shown, people prove once more who they are; what must be heeded stands there always."""

import time
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from partners.models import User
from partners.presence import SEEN
from reporting.models import ReportAccess
from scope.context import worker_scope
from tests import people
from tests.casework.world import told, triaged
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db
PHONE = "01632 960 014"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def ngozi() -> User:
    return people.ngozi()


@pytest.fixture
def case_page(ngozi: User) -> str:
    return f"/staff/cases/{triaged(told(now=timezone.now()), by=ngozi).reference}/"


def proved_minutes_ago(user: User, minutes: int, *, method: str = "") -> Client:
    browser = people.client_for(user)
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() - minutes * 60
        record["method"] = method or record["method"]
    session[SEEN] = int(timezone.now().timestamp())
    session.save()
    return browser


def test_the_case_shows_what_to_heed_and_hides_how_to_reach_the_person(ngozi: User, case_page: str) -> None:
    text = people.client_for(ngozi).get(case_page).content.decode()
    assert "Do not leave a message" in text
    assert PHONE not in text
    assert f'href="{case_page}contact/"' in text


def test_who_has_just_signed_in_sees_the_number_and_that_is_recorded(ngozi: User, case_page: str) -> None:
    page = people.client_for(ngozi).get(f"{case_page}contact/")
    assert PHONE in page.content.decode()
    event = AuditEvent.objects.get(act="report.contact_read")
    assert event.actor_id == ngozi.pk
    assert PHONE not in str(event.facts)
    with worker_scope():
        assert ReportAccess.objects.get().user == ngozi


def test_after_ten_minutes_a_code_is_asked_for_and_leads_back(ngozi: User, case_page: str) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ngozi, secret)
    browser = proved_minutes_ago(ngozi, 11)
    asked = browser.get(f"{case_page}contact/")
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not AuditEvent.objects.filter(act="report.contact_read").exists()
    again = f"{reverse('mfa_reauthenticate')}?next={case_page}contact/"
    answer = browser.post(again, {"code": code_shown(secret)})
    assert answer.headers["Location"] == f"{case_page}contact/"
    assert PHONE in browser.get(answer.headers["Location"]).content.decode()


def test_nine_minutes_are_fresh_enough(ngozi: User, case_page: str) -> None:
    assert PHONE in proved_minutes_ago(ngozi, 9).get(f"{case_page}contact/").content.decode()


def test_a_wrong_password_shows_nothing(ngozi: User, case_page: str) -> None:
    browser = proved_minutes_ago(ngozi, 11)
    browser.post(reverse("account_reauthenticate"), {"password": "wrong grey herons"})
    assert browser.get(f"{case_page}contact/").status_code == 302


def test_who_may_not_see_the_case_is_not_even_asked(case_page: str) -> None:
    for person in (people.gwen(), people.asha(), people.administrator()):
        assert proved_minutes_ago(person, 11).get(f"{case_page}contact/").status_code == 404


def test_a_persona_of_the_demonstration_counts_as_fresh_and_only_there(
    ngozi: User, case_page: str, settings: LazySettings
) -> None:
    browser = proved_minutes_ago(ngozi, 14, method="demo")
    settings.IS_DEMO = True
    page = browser.get(f"{case_page}contact/").content.decode()
    assert PHONE in page
    assert "Outside the demonstration" in page
    settings.IS_DEMO = False
    assert browser.get(f"{case_page}contact/").status_code == 302


def test_the_number_of_a_report_that_waits_is_hidden_and_shown_in_the_same_way(ngozi: User) -> None:
    report = told(now=timezone.now())
    browser = people.client_for(ngozi)
    page = browser.get(f"/staff/queue/{report.reference}/").content.decode()
    assert "Do not leave a message" in page
    assert PHONE not in page
    assert PHONE in browser.get(f"/staff/queue/{report.reference}/contact/").content.decode()


def test_a_grant_withdrawn_is_gone_on_the_next_request(ngozi: User) -> None:
    report = told(now=timezone.now())
    browser = people.client_for(ngozi)
    assert browser.get(f"/staff/queue/{report.reference}/contact/").status_code == 200
    with worker_scope():
        report.withdraw_from(ngozi.organisation, by=None, now=timezone.now() + timedelta(seconds=1))
    assert browser.get(f"/staff/queue/{report.reference}/contact/").status_code == 404
    assert browser.get(f"/staff/queue/{report.reference}/").status_code == 404
