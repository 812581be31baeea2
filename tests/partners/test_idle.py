"""Fifteen minutes without a request, and one signs in again: to the same page, with nothing typed lost."""

import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.http import Form
from partners.models import KeptForm, User
from partners.presence import SEEN
from partners.tasks import erase_lapsed_sessions
from tests import people
from tests.actionplans.world import plans_as_of_today
from tests.at_a_centre import TOLD_TYPED
from tests.casework.world import told, triaged
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db
WORDS = 'Rang at six. She said: "not at home" & <b>not by letter</b>.\nRing after\tten.'


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def away_for(browser: Client, minutes: float) -> None:
    session = browser.session
    session[SEEN] = int((timezone.now() - timedelta(minutes=minutes)).timestamp())
    session.save()


def sign_in(browser: Client, user: User, onwards: str, *, secret: str) -> str:
    """Password, then code, as the forms ask; where it leads."""
    answer = browser.post(
        reverse("account_login"), {"login": user.email, "password": people.PASSWORD, "next": onwards}
    )
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate")), answer.content
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def onwards_of(answer) -> str:
    where = urlsplit(answer.headers["Location"])
    assert where.path == reverse("account_login")
    return parse_qs(where.query)["next"][0]


def with_app(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def note_page(officer: User) -> str:
    case = triaged(told(now=people.NOW), by=officer)
    return f"/staff/cases/{case.reference}/note/"


def test_after_fifteen_minutes_a_page_leads_to_signing_in_and_back_to_itself() -> None:
    ngozi = people.ngozi()
    secret = with_app(ngozi)
    browser = people.client_for(ngozi)
    assert browser.get("/staff/cases/?page=1").status_code == 200
    away_for(browser, 15)
    onwards = onwards_of(browser.get("/staff/cases/?page=1"))
    assert onwards == "/staff/cases/?page=1"
    assert browser.get("/staff/").status_code == 302
    assert b"Nothing was asked for in 15 minutes" in browser.get(f"/accounts/login/?next={onwards}").content
    assert sign_in(browser, ngozi, onwards, secret=secret) == onwards


def test_before_fifteen_minutes_nobody_is_signed_out() -> None:
    browser = people.client_for(people.ngozi())
    away_for(browser, 14.5)
    assert browser.get("/staff/").status_code == 200
    assert browser.session[SEEN] >= timezone.now().timestamp() - 5


def test_the_session_is_written_to_at_most_once_a_minute() -> None:
    browser = people.client_for(people.ngozi())
    away_for(browser, 2)
    with CaptureQueriesContext(connection) as first:
        browser.get("/staff/")
    with CaptureQueriesContext(connection) as second:
        browser.get("/staff/")
    assert any('UPDATE "django_session"' in query["sql"] for query in first.captured_queries)
    assert not any('UPDATE "django_session"' in query["sql"] for query in second.captured_queries)


def test_a_note_typed_too_late_is_on_the_same_page_again_and_not_sent() -> None:
    ngozi = people.ngozi()
    secret = with_app(ngozi)
    browser = people.client_for(ngozi)
    address = note_page(ngozi)
    form = browser.get(address).context["form"]
    typed = {form.add_prefix("seen"): str(form["seen"].value() or ""), "text": WORDS}
    away_for(browser, 20)
    onwards = onwards_of(browser.post(address, typed))
    assert b"What you typed is kept" in browser.get(f"/accounts/login/?next={onwards}").content
    back = sign_in(browser, ngozi, onwards, secret=secret)
    page = browser.get(back)
    text = page.content.decode()
    assert "It has not been sent" in text
    assert 'Rang at six. She said: "not at home" &amp; &lt;b&gt;not by letter&lt;/b&gt;.' in text
    assert "<b>not by letter" not in text
    sent = browser.post(back, typed)
    assert sent.headers["Location"] == address.removesuffix("note/")
    assert "not by letter" in browser.get(sent.headers["Location"]).content.decode()
    assert not KeptForm.objects.exists()


def test_my_updates_come_back_with_every_field() -> None:
    plans_as_of_today()
    farah = people.farah()
    secret = with_app(farah)
    browser = people.client_for(farah)
    address = reverse("actionplans:updates")
    page = browser.get(address)
    form = Form(page.content.decode())
    changed = sorted(name for name in form.names if name.endswith("-what_changed"))[:2]
    typed = dict(form.values) | dict.fromkeys(changed, f"Two schools joined; {WORDS}")
    away_for(browser, 30)
    back = sign_in(browser, farah, onwards_of(browser.post(address, typed)), secret=secret)
    text = browser.get(back).content.decode()
    assert len(changed) == 2
    assert text.count("Two schools joined;") == 2
    assert str(typed["sending"]) in text


def test_what_a_centre_records_comes_back_too() -> None:
    """A whole sheet, with the answers of all its pages."""
    asha = people.asha()
    secret = with_app(asha)
    browser = people.client_for(asha)
    browser.post("/staff/record/2/", {"Q02": "victim", **TOLD_TYPED})
    address = "/staff/record/3/"
    form = Form(browser.get(address).content.decode())
    typed = {**form.values, "Q06": ["threats", "online"], "Q06a": "x", "Q07": WORDS, "Q08": ["race"]}
    away_for(browser, 16)
    text = browser.get(
        sign_in(browser, asha, onwards_of(browser.post(address, typed)), secret=secret)
    ).content
    for name, value in (("Q06", "threats"), ("Q06", "online"), ("Q08", "race")):
        ticked = next(
            line for line in text.decode().split("<input") if f'value="{value}"' in line and name in line
        )
        assert " checked" in ticked
    assert "&lt;b&gt;not by letter&lt;/b&gt;." in text.decode()
    # Nothing of it is saved before its button is pressed, and then all of it is.
    assert browser.post(address, typed)["Location"] == "/staff/record/4/"


def test_what_a_sheets_own_script_sends_too_late_comes_back_as_well() -> None:
    asha = people.asha()
    secret = with_app(asha)
    browser = people.client_for(asha)
    browser.post("/staff/record/2/", {"Q02": "victim", **TOLD_TYPED})
    typed = {**Form(browser.get("/staff/record/3/").content.decode()).values, "Q07": WORDS}
    away_for(browser, 16)
    answer = browser.post("/staff/record/3/", typed, headers={"Llr-Keep": "1"})
    # The script reads from this address that it is kept.
    assert "kept=" in onwards_of(answer)
    text = browser.get(sign_in(browser, asha, onwards_of(answer), secret=secret)).content.decode()
    assert "Rang at six." in text


def test_somebody_else_at_the_same_browser_sees_nothing_of_it() -> None:
    ngozi, gwen = people.ngozi(), people.gwen()
    with_app(ngozi)
    secret = with_app(gwen)
    browser = people.client_for(ngozi)
    away_for(browser, 20)
    address = note_page(ngozi)
    onwards = onwards_of(browser.post(address, {"text": WORDS}))
    back = sign_in(browser, gwen, onwards, secret=secret)
    assert not KeptForm.objects.exists()
    answer = browser.get(back)
    assert answer.status_code == 404
    assert b"Rang at six" not in answer.content


def test_the_address_of_what_was_typed_opens_for_its_writer_alone() -> None:
    ngozi, farah = people.ngozi(), people.farah()
    address = note_page(ngozi)
    browser = people.client_for(ngozi)
    away_for(browser, 20)
    onwards = onwards_of(browser.post(address, {"text": WORDS}))
    assert b"Rang at six" not in people.client_for(farah).get(onwards).content
    assert b"Rang at six" in people.client_for(ngozi).get(onwards).content
    elsewhere = onwards.replace("note/", "tell/")
    assert b"Rang at six" not in people.client_for(ngozi).get(elsewhere).content


def test_nothing_of_it_is_readable_in_the_database_or_the_session() -> None:
    ngozi = people.ngozi()
    browser = people.client_for(ngozi)
    away_for(browser, 20)
    browser.post(note_page(ngozi), {"text": "canary-in-the-note", "password": "canary-password"})
    kept = KeptForm.objects.get()
    assert "password" not in kept.read()
    assert "csrfmiddlewaretoken" not in kept.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(fields, 'escape') || encode(path, 'escape') FROM partners_keptform")
        assert "canary" not in cursor.fetchone()[0]
    assert "canary" not in json.dumps(dict(browser.session))


def test_what_was_typed_is_not_shown_to_who_came_with_a_password_alone() -> None:
    ngozi = people.ngozi()
    address = note_page(ngozi)
    kept = KeptForm.keep({"text": [WORDS]}, path=address, user=ngozi, now=timezone.now())
    asked = {"kept": str(kept.pk)}
    assert b"not by letter" in people.client_for(ngozi).get(address, asked).content
    answer = people.client_for(ngozi, second_factor=False).get(address, asked)
    assert answer.headers["Location"] == reverse("mfa_index")
    assert b"not by letter" not in answer.content


def test_a_button_pressed_too_late_does_nothing_until_it_is_pressed_again() -> None:
    maud, asha = people.administrator(), people.asha()
    secret = with_app(maud)
    browser = people.client_for(maud)
    away_for(browser, 20)
    address = f"/staff/people/{asha.pk}/restore/"
    asha.suspend(by=maud, now=people.NOW)
    back = sign_in(browser, maud, onwards_of(browser.post(address)), secret=secret)
    asha.refresh_from_db()
    assert not asha.is_active
    page = browser.get(back)
    assert page.status_code == 200
    assert b"You had pressed a button" in page.content
    assert browser.post(address).status_code == 302
    asha.refresh_from_db()
    assert asha.is_active


def test_after_eight_hours_nothing_typed_is_lost_either() -> None:
    ngozi = people.ngozi()
    browser = people.client_for(ngozi)
    address = note_page(ngozi)
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 8 * 3600 + 1
    session[SEEN] = int(timezone.now().timestamp())
    session.save()
    browser.post(address, {"text": WORDS})
    assert KeptForm.objects.get().read()["text"] == [WORDS]


def test_what_nobody_came_back_to_is_erased_after_eight_hours() -> None:
    ngozi, now = people.ngozi(), timezone.now()
    KeptForm.keep({"text": ["old"]}, path="/staff/x/", user=ngozi, now=now - timedelta(hours=9))
    kept = KeptForm.keep({"text": ["new"]}, path="/staff/x/", user=ngozi, now=now)
    assert KeptForm.of(ngozi, str(kept.pk), path="/staff/x/", now=now + timedelta(hours=8)) is None
    erase_lapsed_sessions()
    assert [one.read()["text"] for one in KeptForm.objects.all()] == [["new"]]


def test_of_one_person_only_the_newest_few_are_kept() -> None:
    ngozi, now = people.ngozi(), timezone.now()
    for number in range(8):
        KeptForm.keep({"n": [str(number)]}, path="/", user=ngozi, now=now + timedelta(seconds=number))
    assert sorted(one.read()["n"][0] for one in KeptForm.objects.all()) == ["3", "4", "5", "6", "7"]


def test_a_forged_form_is_not_kept() -> None:
    ngozi = people.ngozi()
    address = note_page(ngozi)
    browser = people.client_for(ngozi)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    away_for(browser, 20)
    assert strict.post(address, {"text": "planted"}).status_code == 403
    assert not KeptForm.objects.exists()
