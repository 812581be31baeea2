"""Amina reads Arabic: she chooses it, nothing she typed is lost, and those who work here see it in English."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, include, path

from llr_hate.urls import urlpatterns as every_door
from partners.languages import COOKIE
from reporting import kept_pages
from reporting.models import Draft, Report
from scope.context import worker_scope
from tests.reporting.walking import AMINA, DANGER, WHAT, WHO, WORDS, send, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
ARABIC = '<html lang="ar"\n      dir="rtl"'
ENGLISH = '<html lang="en-gb"\n      dir="ltr"'
urlpatterns = [*every_door, path("demo/", include("llr_hate.demo.urls"))]


@pytest.fixture(autouse=True)
def _drafts_are_offered(settings: Any) -> Iterator[None]:
    settings.IS_DEMO = True
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield
    clear_url_caches()


def reads_arabic() -> Client:
    client = Client()
    client.get("/l/ar/")
    return client


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_choosing_leads_back_to_the_same_page_in_that_language() -> None:
    amina = Client()
    answer = amina.get("/l/ar/?to=/safety/")
    assert (answer.status_code, answer["Location"]) == (302, "/safety/")
    cookie = answer.cookies[COOKIE]
    assert cookie.value == "ar"
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Lax", True, "")
    assert ARABIC in page(amina, "/safety/")
    amina.get("/l/en-gb/?to=/safety/")
    assert ENGLISH in page(amina, "/safety/")
    assert not amina.cookies[COOKIE].value


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/staff/", "/leave/", "/l/ar/", "x"]
)
def test_choosing_never_leads_elsewhere(to: str) -> None:
    assert Client().get("/l/ar/", {"to": to})["Location"] == "/"


def test_a_language_that_is_none_is_missing() -> None:
    assert Client().get("/l/xx/").status_code == 404
    amina = Client()
    amina.cookies[COOKIE] = "../../etc"
    assert ENGLISH in page(amina, "/")


def test_each_language_is_named_by_its_own_name() -> None:
    start = page(Client(), "/")
    assert 'hreflang="ar" lang="ar"' in start
    assert "العربية" in start
    assert 'lang="en-gb" aria-current="true">English' in start


def test_what_nobody_has_checked_says_so_in_its_own_language() -> None:
    assert "draft-note" not in page(Client(), "/")
    assert "ساعدت آلة" in page(reads_arabic(), "/")


def test_what_is_typed_is_there_again_in_the_other_language_and_nothing_is_kept() -> None:
    amina = Client()
    walk(amina, {WHO: AMINA[WHO]})
    typed = {"Q06": ["threats", "online"], "Q06a_username": "<b>him</b>", "Q07": WORDS, "in_language": "ar"}
    answer = amina.post(url(WHAT), typed)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert ARABIC in shown
    assert WORDS in shown
    assert "&lt;b&gt;him&lt;/b&gt;" in shown
    assert shown.count(" checked") == 2
    assert "govuk-error" not in shown
    assert "Q07" not in Draft.objects.get().read()
    assert not any(WORDS in piece for pieces in kept_pages._kept.values() for piece in pieces)
    assert WORDS not in page(amina, url(WHAT))
    assert ARABIC in page(amina, url(WHAT))


def test_a_date_that_is_half_typed_is_there_again() -> None:
    amina = Client()
    walk(amina, {code: AMINA[code] for code in (WHO, WHAT, "m4")})
    shown = amina.post(url("p7"), {"Q11": "exact", "Q11_date-day": "31", "in_language": "ar"})
    assert 'value="31"' in shown.content.decode()


def test_nobody_elses_page_shows_what_was_typed_before_the_language_was_changed() -> None:
    amina, bela = Client(), Client()
    for client in (amina, bela):
        walk(client, {WHO: AMINA[WHO]})
    amina.post(url(WHAT), {"Q07": WORDS, "in_language": "ar"})
    assert WORDS not in page(bela, url(WHAT))
    bela.get("/l/ar/")
    assert WORDS not in page(bela, url(WHAT))


def test_another_site_cannot_fill_in_a_form() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(url(DANGER), {"in_language": "ar"}).status_code == 403


def test_the_report_says_in_which_language_it_was_told() -> None:
    send(reads_arabic())
    send(Client())
    with worker_scope():
        told = [(each.language, each.told_in) for each in Report.objects.order_by("language")]
    assert told == [("ar", "Arabic"), ("en-gb", "")]


def test_who_reads_no_latin_letters_is_given_the_digits_first() -> None:
    arabic, english = send(reads_arabic()).content.decode(), send(Client()).content.decode()
    assert arabic.index('id="digits"') < arabic.index('id="code"')
    assert english.index('id="code"') < english.index('id="digits"')


def test_mistakes_are_named_in_arabic() -> None:
    shown = reads_arabic().post(url(DANGER), {}).content.decode()
    assert "هناك مشكلة" in shown
    assert "There is a problem" not in shown


def test_the_page_that_is_not_there_is_in_arabic_too() -> None:
    assert ARABIC in page(reads_arabic(), "/not/there/")


@pytest.mark.parametrize("address", ["/accounts/login/", "/staff/not/there/", "/demo/"])
def test_the_pages_of_those_who_work_here_stay_english(address: str) -> None:
    assert "rtl" not in page(reads_arabic(), address)


def test_the_language_does_not_stay_with_the_next_visitor() -> None:
    reads_arabic().get("/")
    assert ENGLISH in page(Client(), "/")
    Client().post(url(DANGER), {"in_language": "ar"})
    assert ENGLISH in page(Client(), "/")


def test_a_page_in_arabic_asks_the_database_as_often(django_assert_num_queries: Any) -> None:
    amina = reads_arabic()
    walk(amina, {WHO: AMINA[WHO]})
    with django_assert_num_queries(1):
        assert ARABIC in page(amina, url(WHAT))


def test_leaving_takes_the_language_along() -> None:
    amina = reads_arabic()
    assert amina.get("/leave/").cookies[COOKIE]["max-age"] == 0


def test_where_a_language_is_not_offered_yet_it_says_whom_to_call(settings: Any) -> None:
    settings.IS_DEMO = False
    amina = Client()
    shown = amina.get("/l/ar/?to=/safety/")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "“Arabic, please.”" in text
    assert 'href="tel:999"' in text
    assert 'href="tel:101"' in text
    assert COOKIE not in shown.cookies
    amina.cookies[COOKIE] = "ar"
    assert ENGLISH in page(amina, "/")
