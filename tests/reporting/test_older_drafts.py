"""Drafts that were begun under older questions still open: what counts is kept, what is new is asked."""

import json
from typing import Any

import pytest
from django.test import Client

from reporting.journey import route, versions
from reporting.journey.question import SEEN
from reporting.journey.versions import as_asked_now, print_of_the_questions
from reporting.models import Draft, Report
from reporting.walk import PUBLIC
from scope.context import worker_scope
from tests.people import NOW
from tests.reporting.walking import AMINA, CHECK, NAME, SAFETY, WHERE, WHY, WISHES, WORDS, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

# As it was saved before drafts held a print: a kind of incident that is not offered any more, an answer to a question
# that was removed, and a page that was taken out.
BEFORE_PRINTS: dict[str, Any] = {
    "Q02": "victim",
    "Q06": ["name_calling", "rude_gesture"],
    "Q07": WORDS,
    "Q08": ["race"],
    "Q99_colour": "green",
    "Q11": "about",
    "Q11_about": "week",
    SEEN: ["who", "what", "why", "when", "weather"],
}
# Its only reason is not offered any more, its date was a line of text, and its place was asked as many.
OTHER_KINDS: dict[str, Any] = {
    "asked_as": "0123456789ab",
    "Q02": "victim",
    "Q06": "threats",
    "Q07": WORDS,
    "Q08": ["hair"],
    "Q11": "exact",
    "Q11_date": "last Tuesday",
    "Q14": ["melton"],
    "Q13": "street",
    SEEN: ["who", "what", "why", "when", "where"],
}
# Under names that were changed since.
OLD_NAMES: dict[str, Any] = {
    "asked_as": "ba9876543210",
    "Q02": "victim",
    "Q06": ["shouting"],
    "Q07_words": WORDS,
    "Q08": ["race"],
    "Q11": "unknown",
    SEEN: ["who", "what_was_it", "why", "when"],
    "typed": {"where_was_it": {"Q14_address": ["By the mill"]}},
}


def opened(saved: dict[str, Any]) -> Client:
    """A browser with a draft that holds exactly this."""
    draft = Draft.begin({}, today=NOW.date())
    draft.seal("answers", json.dumps(saved))
    draft.save()
    client = Client()
    client.cookies[PUBLIC.cookie] = PUBLIC._signer.sign(str(draft.pk))
    return client


@pytest.fixture
def _renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "RENAMED_QUESTIONS", {"Q07_words": "Q07"})
    monkeypatch.setattr(versions, "RENAMED_PAGES", {"what_was_it": "what", "where_was_it": "where"})
    monkeypatch.setattr(
        versions,
        "RENAMED_OPTIONS",
        {("Q06", "shouting"): "name_calling", ("Q11", "unknown"): "not_sure"},
    )


def test_what_is_not_asked_any_more_falls_away_and_the_rest_goes_on() -> None:
    client = opened(BEFORE_PRINTS)
    assert client.get(url(CHECK))["Location"] == url(WHERE)
    walk(client, {code: AMINA[code] for code in (WHERE, SAFETY, NAME, WISHES)})
    client.post(url(CHECK))
    with worker_scope():
        report = Report.objects.get()
        assert report.unseal("words") == WORDS
        assert report.told()["Q06"] == ["name_calling"]
        assert "Q99_colour" not in report.told()


def test_what_does_not_fit_any_more_is_asked_again_and_nothing_else() -> None:
    client = opened(OTHER_KINDS)
    assert client.get(url(CHECK))["Location"] == url(WHY)
    now = as_asked_now(OTHER_KINDS)
    assert (now["Q06"], now["Q14"], now["Q07"]) == (["threats"], "melton", WORDS)
    assert [page.name for page in route.unfinished(now)[:2]] == ["why", "when"]
    assert client.post(url(WHY), {"Q08": ["race"]}).status_code == 302


@pytest.mark.usefixtures("_renamed")
def test_what_was_renamed_is_found_under_its_new_name() -> None:
    client = opened(OLD_NAMES)
    assert client.get(url(CHECK))["Location"] == url(WHERE)
    assert "By the mill" in client.get(url(WHERE)).content.decode()
    now = as_asked_now(OLD_NAMES)
    assert (now["Q06"], now["Q07"], now["Q11"]) == (["name_calling"], WORDS, "not_sure")


def test_what_became_compulsory_is_asked_and_what_was_told_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    client = opened({"Q02": "victim", "Q06": ["theft"], SEEN: ["who", "what"]})
    assert client.get(url(CHECK))["Location"] == url("k9")
    assert 'value="theft" checked' in client.get(url("k9")).content.decode()


def test_a_draft_of_these_very_questions_is_left_alone() -> None:
    answers = {"Q02": "victim", "Q06": ["a code that nobody offers"]}
    assert as_asked_now({**answers, "asked_as": print_of_the_questions()}) == answers
    assert as_asked_now({**answers, "asked_as": "of before"}) == {"Q02": "victim"}


def test_the_print_is_another_when_a_choice_is(monkeypatch: pytest.MonkeyPatch) -> None:
    before = print_of_the_questions.__wrapped__()  # type: ignore[attr-defined]
    pages = {code: page for code, page in route.BY_CODE.items() if code != WHY}
    monkeypatch.setattr(route, "BY_CODE", pages)
    assert print_of_the_questions.__wrapped__() != before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "odd",
    [
        {"Q06": 7, "Q08": {"race": 1}, "Q11_date": 5, SEEN: []},
        {"Q02": ["victim", "witness"]},
        {"Q07": ["two", "lines"], "Q07_person": "on"},
    ],
)
def test_whatever_a_draft_holds_it_opens(odd: dict[str, Any]) -> None:
    client = opened({"Q02": "victim", "asked_as": "x", **odd})
    assert client.get(url(CHECK)).status_code == 302
