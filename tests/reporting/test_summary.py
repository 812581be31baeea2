"""Answers in words: the names of choices are looked up once, and are always those of today and of this teller."""

import pytest
from django.test import Client

from partners import edited
from reporting.journey import route, summary
from reporting.journey.question import Question
from reporting.journey.summary import in_words
from tests.reporting.walking import AMINA, CHECK, WHAT, url, walk

QUESTIONS: dict[str, Question] = {each.id: each for page in route.PAGES for each in page.questions}


def test_a_choice_is_named_as_this_teller_was_asked() -> None:
    asked = QUESTIONS["Q16"]
    told = {"Q02": "victim", "Q16": ["changed"]}
    seen = told | {"Q02": "on_behalf"}
    assert in_words(asked, told) == "Changed what I do or wear"
    assert in_words(asked, seen) != "Changed what I do or wear"
    assert in_words(asked, told) == "Changed what I do or wear"


def test_a_name_that_is_edited_is_the_new_one_at_once() -> None:
    asked, told = QUESTIONS["Q14"], {"Q02": "victim", "Q14": "charnwood"}
    assert in_words(asked, told) == "Charnwood"
    renamed = {("district", "charnwood"): {"name": "Charnwood Forest"}}
    with edited.using(edited.Snapshot(generation=99, newest=renamed)):
        assert in_words(asked, told) == "Charnwood Forest"
    assert in_words(asked, told) == "Charnwood"


def test_a_code_without_a_name_stays_a_code() -> None:
    assert in_words(QUESTIONS["Q14"], {"Q02": "victim", "Q14": "atlantis"}) == "atlantis"


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "MOST_KNOWN", 2)
    summary._known.clear()
    for question, answer in (("Q02", "victim"), ("Q14", "charnwood"), ("Q13", "street"), ("Q25", "no")):
        in_words(QUESTIONS[question], {"Q02": "victim", question: answer})
    assert len(summary._known) <= 2


@pytest.mark.django_db
@pytest.mark.usefixtures("partnership")
def test_an_answer_of_several_lines_is_shown_in_lines_and_one_of_one_line_as_it_is(client: Client) -> None:
    told = "<b>First</b> this.\r\nThen that."
    walk(client, AMINA | {WHAT: AMINA[WHAT] | {"Q07": told}})
    page = client.get(url(CHECK)).content.decode()
    assert "&lt;b&gt;First&lt;/b&gt; this.<br>Then that." in page
    assert '<dd class="govuk-summary-list__value">Charnwood</dd>' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("partnership")
def test_what_is_typed_in_one_line_is_shown_and_not_run(client: Client) -> None:
    walk(client, AMINA | {WHAT: AMINA[WHAT] | {"Q07": "<script>alert(1)</script> & so on"}})
    page = client.get(url(CHECK)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in page
    assert "<script>alert(1)" not in page
