"""Answers given to an older version of the questions, as the questions are now: what still counts is kept, and what is
new, or can't be told any more, is asked again.

Whatever is asked has a print, made from the questions themselves, and a draft holds that of its last save: nobody has
to count versions. An id, a code or a page's name that was given up is never used again for something else; where it
got a new name, it is written down here.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from partners.edited import until_edited
from reporting.journey import route
from reporting.journey.question import SEEN, Answers, Kind, Question, chosen, who_tells

# What a draft holds beside answers: to which questions they were given, what was typed on pages left half done, and at
# a centre when it was begun.
ASKED_AS = "asked_as"
TYPED = "typed"
BEGUN = "begun"

# Old name: new name. Newest last; an entry stays as long as drafts are kept.
RENAMED_QUESTIONS: Mapping[str, str] = {}
RENAMED_PAGES: Mapping[str, str] = {}
# (question, old code): new code, by the question's newest name.
RENAMED_OPTIONS: Mapping[tuple[str, str], str] = {
    ("C02", "yes"): "spoken",  # one tick, beside what had been read to the person
}

CHOICES = (Kind.ONE, Kind.CHOSEN, Kind.MANY)


@until_edited
def print_of_the_questions() -> str:
    """Changes whenever a page, a question, its kind or one of its choices does."""
    asked = [
        (page.name, [(each.id, str(each.kind), each.who, _codes(each)) for each in page.questions])
        for page in route.BY_CODE.values()
    ]
    return sha256(json.dumps(asked).encode()).hexdigest()[:12]


def as_asked_now(saved: dict[str, Any]) -> dict[str, Any]:
    """The answers of a draft as they count today."""
    answers = dict(saved)
    if not answers or answers.pop(ASKED_AS, "") == print_of_the_questions():
        return answers
    now = _renamed(answers)
    # Who tells decides what is asked, so it comes before all else.
    if not isinstance(now.get("Q02", ""), str):
        now["Q02"] = next(iter(chosen(now, "Q02")), "")
    for question in _questions():
        if question.id in now and who_tells(now) in question.who:
            _fit(question, now)
    return now


def _renamed(answers: Answers) -> dict[str, Any]:
    named = {RENAMED_QUESTIONS.get(name, name): value for name, value in answers.items()}
    for (question_id, old), new in RENAMED_OPTIONS.items():
        if isinstance(named.get(question_id), list):
            named[question_id] = [new if code == old else code for code in named[question_id]]
        elif named.get(question_id) == old:
            named[question_id] = new
    if SEEN in named:
        named[SEEN] = [RENAMED_PAGES.get(name, name) for name in named[SEEN]]
    if TYPED in named:
        named[TYPED] = {RENAMED_PAGES.get(name, name): typed for name, typed in named[TYPED].items()}
    return named


def _fit(question: Question, answers: dict[str, Any]) -> None:
    """Keeps of one answer what the question takes today; what it does not take is asked again."""
    value = _fitting(question, answers)
    if value in (None, "", []):
        del answers[question.id]
    else:
        answers[question.id] = value


def _fitting(question: Question, answers: Answers) -> Any:
    value = answers[question.id]
    if question.kind in CHOICES:
        # Questions that stand twice on a page, each for other tellers, share what was chosen.
        known = {option.code for option in question.options_for(who_tells(answers))}
        codes = [code for code in chosen(answers, question.id) if code in known]
        if question.kind is Kind.MANY:
            return codes
        return codes[0] if len(codes) == 1 else None
    if question.kind is Kind.TICK:
        return "yes" if value == "yes" else None
    if question.kind is Kind.DATE:
        return _a_date(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def _a_date(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _questions() -> list[Question]:
    return [question for page in route.BY_CODE.values() for question in page.questions]


def _codes(question: Question) -> list[str]:
    options = question.options() if callable(question.options) else question.options
    return [f"{option.who} {option.code}" for option in options]
