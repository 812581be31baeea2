"""The pages as a browser meets them: nothing typed is lost, nothing is left behind."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.models import Draft, Report
from reporting.walk import PUBLIC
from scope.context import worker_scope
from tests.reporting.walking import (
    AMINA,
    CHECK,
    CONTACT,
    DANGER,
    NAME,
    SAFETY,
    SENT,
    WHAT,
    WHEN,
    WHERE,
    WHO,
    WHY,
    WISHES,
    WORDS,
    send,
    telling,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def test_danger_leads_to_999_and_nothing_is_stored(client: Client) -> None:
    response = client.post(url(DANGER), {"Q01": "yes"})
    assert response["Location"] == "/p/b8/"
    page = client.get("/p/b8/").content.decode()
    assert "Call 999 now" in page
    assert "18000" in page
    assert not Draft.objects.exists()
    assert PUBLIC.cookie not in client.cookies


def test_a_volunteer_who_comes_through_the_front_door_is_shown_the_way_to_sign_in(client: Client) -> None:
    response = client.post(url(WHO), {"Q02": "centre"})
    assert response["Location"].startswith("/staff/")
    assert not Draft.objects.exists()


def test_nothing_is_stored_before_somebody_says_who_tells(client: Client) -> None:
    for address in ("/", "/safety/", url(DANGER), url(WHO)):
        client.get(address)
    client.post(url(DANGER), {"Q01": "no"})
    client.post(url(WHO), {})
    assert not Draft.objects.exists()
    client.post(url(WHO), {"Q02": "victim"})
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        (WHAT, {"Q06": ["theft"], "Q06a_link": "https://example.org/post"}),
        (WHY, {"Q08": ["race", "not_sure"], "Q08a_text": "green hair"}),
        (WHEN, {"Q11": "exact", "Q11_date-day": "31", "Q11_date-month": "2", "Q11_date-year": "2026"}),
        (WHERE, {"Q14_address": "Bus stop by the old mill"}),
        (WISHES, {"Q23": ["police"], "Q24_bar": "yes", "Q24_bar_person": "My neighbour"}),
    ],
)
def test_a_refused_page_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, code: str, typed: dict[str, Any]
) -> None:
    before = {
        page: answers for page, answers in AMINA.items() if list(AMINA).index(page) < list(AMINA).index(code)
    }
    walk(client, before)
    response = client.post(url(code), typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "<title>Error: Part " in page
    for value in typed.values():
        for each in [value] if isinstance(value, str) else value:
            assert each in page


def test_an_anonymous_person_is_not_asked_for_contact_details(client: Client) -> None:
    pages = telling()
    pages.pop(WISHES)
    assert walk(client, pages) == url(WISHES)
    assert client.get(url(CONTACT)).status_code == 302


def test_somebody_named_is_asked_how_to_be_reached_safely(client: Client) -> None:
    pages = telling(**{NAME: {"Q25": "yes"}})
    pages.pop(WISHES)
    assert walk(client, pages) == url(CONTACT)
    contact = {"Q26_name": "Amina", "Q26_how": "phone", "Q26_phone": "01632 960 123", "Q26_message": "no"}
    walk(client, {CONTACT: contact, WISHES: AMINA[WISHES]})
    client.post(url(CHECK))
    with worker_scope():
        report = Report.objects.get()
        assert report.contact_details() == contact
        assert not report.is_anonymous
        assert "Q26_phone" not in report.told()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"Q16": ["self_harm"]}, "Samaritans"),
        ({"Q28": "13_15"}, "Childline"),
    ],
)
def test_help_is_shown_at_once_to_somebody_who_may_need_it(
    client: Client, answers: dict[str, Any], says: str
) -> None:
    pages = telling(**{SAFETY: answers})
    walk(client, {code: pages[code] for code in (WHO, WHAT, WHY, WHEN, WHERE)})
    assert client.post(url(SAFETY), answers)["Location"] == "/p/n5/"
    page = client.get("/p/n5/").content.decode()
    assert says in page
    assert f'href="{url(NAME)}"' in page


def test_back_goes_back_a_question(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in (WHO, WHAT, WHY)})
    page = client.get(url(WHEN)).content.decode()
    assert f'<a href="{url(WHY)}" class="govuk-back-link">' in page
    assert 'value="race" checked' in client.get(url(WHY)).content.decode()


def test_a_page_further_on_leads_to_the_first_that_is_not_answered(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    assert client.get(url(WISHES))["Location"] == url(WHAT)
    assert client.get(url(CHECK))["Location"] == url(WHAT)
    assert client.post(url(CHECK))["Location"] == f"{url(WHAT)}?change"


def test_a_changed_answer_leads_back_to_the_check(client: Client) -> None:
    walk(client, AMINA)
    assert f"{url(WHERE)}?change" in client.get(url(CHECK)).content.decode()
    response = client.post(f"{url(WHERE)}?change", {"Q14": "melton", "Q13": "park"})
    assert response["Location"] == url(CHECK)
    assert "Melton" in client.get(url(CHECK)).content.decode()


def seen_as_of(response: Any) -> str:
    """What the page carries along to notice that another window changed its answers."""
    found = re.search(r'name="as" value="([0-9a-f]+)"', response.content.decode())
    assert found
    return found[1]


def test_two_windows_on_one_page_never_overwrite_each_other_silently(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in (WHO, WHAT)})
    seen_as = seen_as_of(client.get(url(WHAT)))
    client.post(url(WHAT), {"Q06": ["theft"], "Q07": "Told in the first window", "as": seen_as})

    second = client.post(url(WHAT), {"Q06": ["theft"], "Q07": "Told in the second window", "as": seen_as})
    page = second.content.decode()
    assert "another window" in page
    assert "Told in the second window" in page
    assert Draft.objects.get().read()["Q07"] == "Told in the first window"

    again = client.post(
        url(WHAT), {"Q06": ["theft"], "Q07": "Told in the second window", "as": seen_as_of(second)}
    )
    assert again.status_code == 302
    assert Draft.objects.get().read()["Q07"] == "Told in the second window"


def test_a_double_click_on_continue_goes_on(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    seen_as = seen_as_of(client.get(url(WHAT)))
    for _click in range(2):
        assert client.post(url(WHAT), {**AMINA[WHAT], "as": seen_as})["Location"] == url(WHY)


def test_answers_that_are_gone_are_said_to_be_gone_with_numbers_and_what_was_just_typed(
    client: Client,
) -> None:
    walk(client, {WHO: AMINA[WHO]})
    Draft.objects.all().delete()
    response = client.post(url(WHAT), AMINA[WHAT])
    page = response.content.decode()
    assert response.status_code == 410
    assert "no longer here" in page
    assert WORDS in page
    assert "tel:999" in page


def test_a_cookie_that_we_did_not_sign_opens_nothing(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    client.cookies[PUBLIC.cookie] = f"{Draft.objects.get().pk}:forged"
    assert client.get(url(WHAT)).status_code == 410


def test_neither_the_draft_nor_the_browser_holds_a_readable_answer(client: Client) -> None:
    walk(client, AMINA)
    row = Draft.objects.values().get()
    for cookie in client.cookies.values():
        assert WORDS not in cookie.value
    assert client.cookies[PUBLIC.cookie]["httponly"]
    assert client.cookies[PUBLIC.cookie]["samesite"] == "Lax"
    assert not client.cookies[PUBLIC.cookie]["max-age"]
    for word in (WORDS, "charnwood", "muslim", "record_only"):
        assert word.encode() not in bytes(row["answers"])
    assert set(row) - {"code_digest", "code_key"} == {
        "id",
        "version",
        "answers",
        "sealed_by",
        "expires_on",
        "centre_id",
        "recorded_by_id",
        "is_practice",
    }


def test_no_page_of_the_journey_touches_a_session(client: Client) -> None:
    send(client)
    assert "llr_staff" not in client.cookies


def test_every_answer_may_not_be_kept_by_the_browser(client: Client) -> None:
    for address in ("/", url(DANGER), url(WHO)):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_leaving_erases_the_answers_and_tells_the_browser_to_forget(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO], WHAT: AMINA[WHAT]})
    response = client.get("/leave/")
    assert response.status_code == 303
    assert response["Location"] == "https://www.bbc.co.uk/weather"
    assert '"storage"' in response["Clear-Site-Data"]
    assert response.cookies[PUBLIC.cookie].value == ""
    assert not Draft.objects.exists()
    assert client.get(url(WHY)).status_code == 410


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch"}])
def test_another_site_or_a_browser_that_fetches_ahead_erases_nothing(
    client: Client, header: dict[str, str]
) -> None:
    walk(client, {WHO: AMINA[WHO]})
    response = client.get("/leave/", headers=header)
    assert Draft.objects.exists()
    assert "Clear-Site-Data" not in response
    assert not response.cookies


def test_leaving_works_whatever_else_stands_in_the_cookies(client: Client) -> None:
    for foreign in ("a b=1", "x[y]=1", "=1", 'q"r=1'):
        assert client.get("/leave/", headers={"Cookie": foreign}).status_code == 303


def statements(client: Client, address: str, data: dict[str, Any] | None = None) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address) if data is None else client.post(address, data)
    assert response.status_code in (200, 302)
    # The test runs inside a transaction: what a nested scope reads and gives back is not there in a real request.
    plumbing = ("SAVEPOINT", "RELEASE SAVEPOINT", "WITH outer_scope", "SELECT set_config")
    return [each["sql"] for each in captured if not each["sql"].startswith(plumbing)]


def test_a_page_costs_one_statement_and_an_answer_two(client: Client) -> None:
    for address in ("/", "/safety/", url(DANGER), url(WHO), "/back/", "/p/b8/"):
        assert statements(client, address) == []
    assert len(statements(client, url(WHO), AMINA[WHO])) == 1
    for code in list(AMINA)[1:]:
        assert len(statements(client, url(code))) == 1, code
        assert len(statements(client, url(code), AMINA[code])) == 2, code
    assert len(statements(client, url(CHECK))) == 1


def test_sending_costs_the_same_however_much_was_ticked(client: Client) -> None:
    walk(client, AMINA)
    little = statements(client, url(CHECK), {})
    assert len(little) <= 12, "\n".join(little)
    assert len(statements(client, url(SENT))) == 1

    other = Client()
    walk(
        other,
        telling(
            **{
                WISHES: {
                    "Q23": ["police", "support"],
                    "Q24": ["police", "council", "victim_first"],
                    "Q24_bar": "yes",
                    "Q24_bar_org": ["charnwood-bc", "lcc"],
                    "Q24_bar_person": "My neighbour, who works at the town hall",
                }
            }
        ),
    )
    assert len(statements(other, url(CHECK), {})) <= len(little) + 2


def test_a_save_in_the_very_same_moment_is_noticed_and_nothing_typed_is_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk(client, {code: AMINA[code] for code in (WHO, WHAT)})
    read = Draft.read

    def read_while_another_window_saves(draft: Draft) -> dict[str, Any]:
        answers = read(draft)
        Draft.objects.filter(pk=draft.pk).update(version=draft.version + 1)
        return answers

    monkeypatch.setattr(Draft, "read", read_while_another_window_saves)
    page = client.post(url(WHAT), {"Q06": ["theft"], "Q07": "Typed in this window"}).content.decode()
    assert "another window" in page
    assert "Typed in this window" in page
    monkeypatch.undo()
    assert Draft.objects.get().read()["Q07"] == WORDS
