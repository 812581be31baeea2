"""Saving and coming back later, on any device, with a code: nothing typed is lost, and a code tells nobody anything."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reporting.models import Draft, Report
from reporting.receipt_code import ReceiptCode, ReturnCode
from reporting.tries import MOST_WRONG
from reporting.walk import PUBLIC
from scope.context import worker_scope
from tests.reporting.walking import (
    AMINA,
    CHECK,
    NAME,
    SAFETY,
    WHAT,
    WHEN,
    WHERE,
    WHO,
    WHY,
    WORDS,
    send,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

SAVED, COME_BACK = "/p/d5/", "/back/m3/"
LATER = {"later": "1"}


def save(client: Client, code: str, typed: dict[str, Any]) -> str:
    """Presses “Save and come back later” on a page; gives the six words."""
    response = client.post(url(code), {**typed, **LATER})
    assert response.status_code == 302, response.content
    assert response["Location"] == SAVED
    return words_on(client.get(SAVED).content.decode())


def words_on(page: str) -> str:
    found = re.search(r'id="code"[^>]*>([^<]+)<', page)
    assert found, page
    return found[1]


def on_another_device(code: str) -> tuple[Client, Any]:
    there = Client()
    return there, there.post(COME_BACK, {"code": code})


def test_amina_saves_on_her_phone_and_sends_from_the_library(client: Client) -> None:
    walk(client, {code: AMINA[code] for code in (WHO, WHAT)})
    code = save(client, WHY, AMINA[WHY])
    there, opened = on_another_device(code)
    assert opened["Location"] == url(WHEN)
    rest = {code: answers for code, answers in AMINA.items() if code not in (WHO, WHAT, WHY)}
    walk(there, rest)
    assert there.post(url(CHECK))["Location"] == "/p/w2/"
    with worker_scope():
        report = Report.objects.get()
        assert report.unseal("words") == WORDS
        assert report.perceived_strands == ["race", "religion"]


@pytest.mark.parametrize("form", ["words", "digits", "WORDS, with commas"])
def test_the_code_may_be_typed_as_words_or_digits(client: Client, form: str) -> None:
    walk(client, {WHO: AMINA[WHO]})
    code = ReturnCode.typed(save(client, WHAT, {}))
    typed = {"words": code.words, "digits": code.digits}.get(form, code.words.upper().replace(" ", ", "))
    assert on_another_device(typed)[1].status_code == 302


@pytest.mark.parametrize(
    ("code", "typed", "shows"),
    [
        (WHO, {}, []),
        (WHAT, {"Q06": ["theft"]}, ['value="theft" checked']),
        (WHAT, {"Q07": "ń" * 5000}, ["ń" * 5000]),
        (WHY, {"Q08": ["race", "not_sure"]}, ['value="race" checked', 'value="not_sure" checked']),
        (WHEN, {"Q11": "exact", "Q11_date-day": "31", "Q11_date-month": "2"}, ['value="31"', 'value="2"']),
        (WHERE, {"Q14_address": "Bus stop <by> the mill"}, ["Bus stop &lt;by&gt; the mill"]),
        (SAFETY, {"Q19": "maybe"}, ['value="maybe" checked']),
        (NAME, {}, []),
    ],
)
def test_what_is_not_finished_is_kept_as_it_was_typed_and_shown_without_reproach(
    client: Client, code: str, typed: dict[str, Any], shows: list[str]
) -> None:
    walk(client, {page: AMINA[page] for page in list(AMINA)[: list(AMINA).index(code)]})
    there, opened = on_another_device(save(client, code, typed))
    page = there.get(url(code)).content.decode()
    assert "There is a problem" not in page
    for each in shows:
        assert each in page
    if code != SAFETY:  # nothing on it has to be answered
        assert opened["Location"] == url(code)


def test_a_page_that_was_finished_and_then_left_half_done_is_asked_again(client: Client) -> None:
    walk(client, AMINA)
    there, opened = on_another_device(save(client, WHAT, {"Q06": ["theft"], "Q07": ""}))
    assert opened["Location"] == url(WHAT)
    assert there.get(url(CHECK))["Location"] == url(WHAT)
    there.post(url(WHAT), {"Q06": ["theft"], "Q07": "Now it is whole"})
    assert there.get(url(CHECK)).status_code == 200
    assert "typed" not in Draft.objects.get().read()


def test_the_check_of_all_answers_can_be_saved_too(client: Client) -> None:
    walk(client, AMINA)
    there, opened = on_another_device(save(client, CHECK, {}))
    assert opened["Location"] == url(CHECK)
    with worker_scope():
        assert not Report.objects.exists()


def test_saving_twice_and_on_both_devices_gives_one_and_the_same_code(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    first = save(client, WHAT, AMINA[WHAT])
    there, _opened = on_another_device(first)
    assert save(there, WHY, {}) == first == save(client, WHY, AMINA[WHY])


def test_two_devices_never_overwrite_each_other_silently(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    there, _opened = on_another_device(save(client, WHAT, AMINA[WHAT]))
    seen = re.search(r'name="as" value="([0-9a-f]+)"', there.get(url(WHAT)).content.decode())
    assert seen
    client.post(url(WHAT), {"Q06": ["theft"], "Q07": "Told on the phone"})
    for extra in ({}, LATER):
        typed = {"Q06": ["theft"], "Q07": "Told in the library", "as": seen[1], **extra}
        page = there.post(url(WHAT), typed).content.decode()
        assert "another window" in page
        assert "Told in the library" in page
    assert Draft.objects.get().read()["Q07"] == "Told on the phone"


def test_only_a_digest_is_kept_and_no_other_code_makes_it(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    code = ReturnCode.typed(save(client, WHAT, {}))
    draft = Draft.objects.get()
    assert bytes(draft.code_digest or b"") == code.digest
    assert ReceiptCode.of_draft(draft.pk).words != code.words
    assert ReceiptCode(code.places).digest != code.digest


def test_a_wrong_a_sent_an_expired_and_an_erased_code_get_the_same_answer(client: Client) -> None:
    codes = ["six words that are no code", "1" * 24, "12", "0000 " * 6]
    sent = Client()
    walk(sent, AMINA)
    codes.append(save(sent, CHECK, {}))
    sent.post(url(CHECK))
    over = Client()
    walk(over, {WHO: AMINA[WHO]})
    codes.append(save(over, WHAT, {}))
    Draft.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    erased = Client()
    walk(erased, {WHO: AMINA[WHO]})
    codes.append(save(erased, WHAT, {}))
    assert "deleted" in erased.post(SAVED, {"erase": "1"}).content.decode()
    receipt = Client()
    codes.append(re.search(r'id="code"[^>]*>([^<]+)<', send(receipt).content.decode())[1])  # type: ignore[index]
    pages = set()
    for code in codes:
        response = Client().post(COME_BACK, {"code": code})
        assert response.status_code == 200
        page = response.content.decode().replace(f'value="{code}"', "")
        pages.add("\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line))
    assert len(pages) == 1
    assert "We delete saved answers after 28 days" in pages.pop()


def test_wrong_codes_count_with_the_others_and_then_a_right_one_waits_too(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    right = save(client, WHAT, {})
    guesser = "203.0.113.9"
    for turn in range(MOST_WRONG):
        address = COME_BACK if turn % 2 else "/back/"
        Client(REMOTE_ADDR=guesser).post(address, {"reference": "LLR-2222-2222", "code": "no such code"})
    answers = [
        Client(REMOTE_ADDR=guesser).post(COME_BACK, {"code": code}) for code in (right, "no such code")
    ]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert answers[0].content == answers[1].content
    assert on_another_device(right)[1].status_code == 302


def test_leaving_keeps_what_was_saved_and_forgets_it_here(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    code = save(client, WHAT, AMINA[WHAT])
    response = client.get("/leave/")
    assert response.cookies[PUBLIC.cookie].value == ""
    assert client.get(SAVED).status_code == 410
    assert on_another_device(code)[1].status_code == 302


def test_what_is_open_already_is_said_before_another_takes_its_place(client: Client) -> None:
    assert "take their place" not in client.get(COME_BACK).content.decode()
    walk(client, {WHO: AMINA[WHO]})
    assert "takes their place" in client.get(COME_BACK).content.decode()


def test_an_unfinished_form_asks_for_the_code_and_counts_nothing(client: Client) -> None:
    for _turn in range(MOST_WRONG + 1):
        assert "Enter your code" in client.post(COME_BACK, {"code": ""}).content.decode()


def test_no_page_of_it_says_what_it_is_about(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO]})
    save(client, WHAT, AMINA[WHAT])
    for address in (SAVED, COME_BACK):
        page = client.get(address).content.decode().lower()
        assert "hate" not in page
        assert "report" not in page.partition("<main")[2].partition("</main>")[0]
        assert WORDS.lower() not in page


@pytest.mark.parametrize("code", [WHO, WHAT, WHY, CHECK])
def test_every_page_that_keeps_something_offers_it(client: Client, code: str) -> None:
    walk(client, AMINA)
    assert "Save and come back later" in client.get(url(code)).content.decode()
    assert "Save and come back later" not in client.get("/p/a3/").content.decode()
