"""Answers as a person reads them: for the check page, the case page and the paper copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reporting.journey import route
from reporting.journey.question import (
    Answers,
    Kind,
    Option,
    Page,
    Question,
    Words,
    chosen,
    is_answered,
    who_tells,
    words_for,
)
from reporting.journey.versions import RENAMED_OPTIONS

MOST_KNOWN = 256
# By the identity of a list of choices, which is kept with its words so that it stays its own.
_known: dict[tuple[int, str, str | None], tuple[tuple[Option, ...], Mapping[str, str]]] = {}


@dataclass(frozen=True)
class Told:
    """One question and its answer in words; `page` is where it was asked."""

    question: Question
    page: Page
    asked: Words
    answer: str


def told(answers: Answers, *, with_gaps: bool = False) -> Iterator[Told]:
    """What was answered, in the order of the journey; `with_gaps` also what was asked and left out on a page that
    everybody is asked."""
    for page in route.ALL:
        if not page.is_stored or not page.applies(answers):
            continue
        for question in page.questions:
            is_told = is_answered(answers, question)
            if (is_told or (with_gaps and _leaves_a_gap(page, question))) and question.counts(answers):
                words = in_words(question, answers) if is_told else _("Not answered")
                yield Told(question, page, words_for(question.label, answers), words)


def _leaves_a_gap(page: Page, question: Question) -> bool:
    return not page.is_more and question.kind is not Kind.TICK and not question.under


def in_words(question: Question, answers: Answers) -> str:
    """One answer in words."""
    value = answers[question.id]
    if question.kind in (Kind.ONE, Kind.CHOSEN, Kind.MANY):
        labels = _labels(question, who_tells(answers))
        return "\n".join(labels.get(_now(question, code)) or code for code in chosen(answers, question.id))
    if question.kind is Kind.DATE:
        return date_format(date.fromisoformat(value), "j F Y")
    if question.kind is Kind.TICK:
        return _("Yes")
    return str(value)


def _now(question: Question, code: str) -> str:
    """What a choice is called today that may have had another code when it was made."""
    return RENAMED_OPTIONS.get((question.id, code), code)


def _labels(question: Question, who: str) -> Mapping[str, str]:
    """What this teller's choices are called; looked up once for each list of choices, and an edit makes another."""
    options = question.options() if callable(question.options) else question.options
    key = (id(options), who, get_language())
    known = _known.get(key)
    if known is None or known[0] is not options:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        labels = {option.code: str(option.label) for option in options if who in option.who}
        known = _known[key] = (options, labels)
    return known[1]
