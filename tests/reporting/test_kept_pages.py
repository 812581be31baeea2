"""A page on which nothing was answered is made once; nobody ever sees what somebody else typed, or their token."""

import re

import pytest
from django.test import Client

from reporting import kept_pages
from tests.reporting.walking import (
    AMINA,
    CHECK,
    DANGER,
    SENT,
    WHAT,
    WHO,
    WHY,
    WORDS,
    given,
    send,
    telling,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')


def page(client: Client, code: str) -> str:
    return client.get(url(code)).content.decode()


def without_token(text: str) -> str:
    assert len(TOKEN.findall(text)) == 1
    return TOKEN.sub("", text)


def test_amina_and_bela_get_the_same_page_with_a_token_each() -> None:
    amina, bela = Client(), Client()
    first, second = page(amina, DANGER), page(bela, DANGER)
    assert without_token(first) == without_token(second)
    assert TOKEN.findall(first) != TOKEN.findall(second)


def test_a_page_from_the_store_is_the_page_as_it_is_made() -> None:
    amina, bela = Client(), Client()
    walk(amina, {WHO: AMINA[WHO]})
    walk(bela, {WHO: AMINA[WHO]})
    page(amina, WHAT)
    kept = page(bela, WHAT)
    kept_pages.forget()
    assert without_token(kept) == without_token(page(bela, WHAT))


def test_the_token_on_a_kept_page_is_good() -> None:
    page(Client(), DANGER)
    bela = Client(enforce_csrf_checks=True)
    token = TOKEN.findall(page(bela, DANGER))[0]
    answers = {"Q01": "no", "csrfmiddlewaretoken": token}
    assert bela.post(url(DANGER), answers).status_code == 302
    assert bela.post(url(DANGER), {**answers, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_the_first_pages_give_the_browser_no_cookie() -> None:
    for address in ("/", "/safety/") * 2:
        response = Client().get(address)
        assert response.status_code == 200
        assert not response.cookies


def test_what_amina_typed_is_on_her_page_and_on_nobody_elses() -> None:
    amina, bela = Client(), Client()
    walk(amina, {WHO: AMINA[WHO], WHAT: AMINA[WHAT]})
    walk(bela, {WHO: AMINA[WHO]})
    assert WORDS in page(amina, WHAT)
    assert WORDS not in page(bela, WHAT)
    assert WORDS in page(amina, WHAT)
    assert not any(WORDS in piece for pieces in kept_pages._kept.values() for piece in pieces)


def test_a_witness_is_asked_in_a_witnesss_words() -> None:
    amina, wiktor = Client(), Client()
    walk(amina, {WHO: AMINA[WHO]})
    walk(wiktor, {WHO: {"Q02": "witness"}, "h2": {"W02": "no"}})
    assert "What happened?" in page(amina, WHAT)
    assert "What did you see or hear?" in page(wiktor, WHAT)


def test_an_answer_on_an_earlier_page_that_changes_this_one_changes_it() -> None:
    for_amina, for_nadia = Client(), Client()
    walk(for_amina, {WHO: {"Q02": "on_behalf"}, "h2": {"Q03": "agrees"}})
    walk(for_nadia, {WHO: {"Q02": "on_behalf"}, "h2": {"Q03": "no"}})
    assert "leave out the person" not in page(for_amina, WHAT)
    assert "leave out the person" in page(for_nadia, WHAT)


def test_the_way_back_from_the_check_is_kept_apart_from_the_way_forward() -> None:
    amina = Client()
    walk(amina, {code: AMINA[code] for code in (WHO, WHAT)})
    assert 'href="/p/k9/"' in page(amina, WHY)
    assert 'href="/p/z4/"' in amina.get(f"{url(WHY)}?change").content.decode()


def test_the_store_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "MOST_KEPT", 1)
    amina = Client()
    walk(amina, telling({WHO: AMINA[WHO]}))
    for code in (DANGER, WHAT):
        page(amina, code)
    assert len(kept_pages._kept) == 1


def test_what_is_checked_and_given_stands_on_ones_own_page_only() -> None:
    amina, bela = Client(), Client()
    first, second = given(send(amina)), given(send(bela))
    assert first.reference != second.reference
    assert given(amina.get(url(SENT))) == first
    walk(amina, telling())
    assert WORDS in page(amina, CHECK)
    walk(bela, telling(**{WHAT: {"Q06": ["threats"], "Q07": "Bela saw a stone."}}))
    assert "Bela saw a stone." in page(bela, CHECK)
    assert WORDS not in page(bela, CHECK)
    kept = [piece for pieces in kept_pages._kept.values() for piece in pieces]
    secrets = (WORDS, "Bela saw a stone.", first.words, first.digits, first.reference)
    assert not any(secret in piece for secret in secrets for piece in kept)


def test_what_is_put_into_a_gap_is_text() -> None:
    nasty = f"<b>bold</b> {kept_pages.OPEN}csrf_token{kept_pages.CLOSE} &amp;"
    client = Client()
    walk(client, telling(**{WHAT: {"Q06": ["threats"], "Q07": nasty}}))
    shown = page(client, CHECK)
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "&amp;amp;" in shown
    assert len(TOKEN.findall(shown)) == 1
