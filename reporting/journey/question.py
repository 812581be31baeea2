"""What a question and a page are made of, and how they read a person's answers so far."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Answers = Mapping[str, Any]
Words = str | Promise
Condition = Callable[[Answers], bool]

EVERYBODY = "VWOC"
TOLD_AT_A_CENTRE = "channel"
# The same answer where an officer writes down what somebody tells them: nothing that only a centre is asked.
TOLD_TO_AN_OFFICER = ("phone", "counter")
SEEN = "seen"
COMMUNITY = "community"


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"  # radios
    CHOSEN = "chosen"  # one of many, as a select
    MANY = "many"  # checkboxes
    TICK = "tick"  # one box
    LINE = "line"
    WORDS = "words"
    DATE = "date"


class Kept(StrEnum):
    """The sealed place in which an answer is kept once the report is received."""

    ANSWERS = "answers"
    WORDS = "words"
    CONTACT = "contact"
    BAR = "bar"
    # Two that stand apart from the report: nobody finds them on the page of a case (`reporting.apart`).
    EQUALITY = "equality"
    SUSPECT = "suspect"
    # What a centre adds, in rows of its own: what it did, in clear; its own notes; the risk answers (`at_centre`).
    CENTRE = "centre"
    NOTES = "notes"
    RISK = "risk"


@dataclass(frozen=True)
class Option:
    """One choice: a code that never changes, and its words."""

    code: str
    label: Words
    hint: Words = ""
    who: str = EVERYBODY


@dataclass(frozen=True)
class Wording:
    """Words that depend on who is telling; `others` where nothing special is said. Those in `community` come first,
    wherever it happened to no one person."""

    others: Words
    victim: Words = ""
    witness: Words = ""
    on_behalf: Words = ""
    centre: Words = ""
    community: Words = ""

    def to(self, who: str) -> Words:
        """The words for V, W, O or C."""
        special = {"V": self.victim, "W": self.witness, "O": self.on_behalf, "C": self.centre}[who]
        return special or self.others


def always(answers: Answers) -> bool:
    return True


def never(answers: Answers) -> bool:
    return False


@dataclass(frozen=True)
class Question:
    """One question. Its `id` is that of the list of questions, also used on paper.

    `under` = (question, choices): it stands under those choices, and is only asked when one of them was made.
    `required` says when an answer is needed; `missing` is what is said when there is none.
    `check` = (what a good answer passes, what is said otherwise).
    """

    id: str
    kind: Kind
    label: Wording | Words
    hint: Wording | Words = ""
    options: tuple[Option, ...] | Callable[[], tuple[Option, ...]] = ()
    who: str = EVERYBODY
    applies: Condition = always
    under: tuple[str, tuple[str, ...]] | None = None
    required: Condition = never
    missing: Wording | Words = ""
    exclusive: str = ""
    limit: int | None = None
    rows: int = 8
    width: int | None = None
    inputmode: str = ""
    check: tuple[Callable[[str], bool], Words] | None = None
    kept: Kept = Kept.ANSWERS
    label_size: str = ""

    def options_for(self, who: str) -> tuple[Option, ...]:
        """The choices that this teller is given."""
        options = self.options() if callable(self.options) else self.options
        return tuple(option for option in options if who in option.who)

    def is_asked(self, answers: Answers) -> bool:
        """Whether the page shows it, open or under a choice."""
        return who_tells(answers) in self.who and self.applies(answers)

    def counts(self, answers: Answers) -> bool:
        """Whether it is asked and, where it stands under a choice, that choice was made."""
        return self.is_asked(answers) and self.is_open(answers)

    def is_open(self, answers: Answers) -> bool:
        """Whether it stands under no choice, or that choice was made."""
        if self.under is None:
            return True
        above, choices = self.under
        return any(code in choices for code in chosen(answers, above))


@dataclass(frozen=True)
class Rule:
    """Something that must not be: `message` is said at the question `at` when `broken` is true of all answers."""

    at: str
    broken: Condition
    message: Words


@dataclass(frozen=True, eq=False)  # there is one of each
class Page:
    """One page. Its `code` is its address and says nothing; `topic` stands in the line above the question.

    `is_more` marks a page that nobody has to open: it is offered once all others are finished, and after sending.
    With `may_skip` one button leaves all of it out.
    """

    name: str
    code: str
    part: int
    topic: Words
    title: Wording | Words
    questions: tuple[Question, ...]
    lead: Wording | Words = ""
    applies: Condition = always
    rules: tuple[Rule, ...] = ()
    aside: str = ""
    is_stored: bool = True
    is_more: bool = False
    may_skip: bool = False

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that stand on the page."""
        who = who_tells(answers)
        return [question for question in self.questions if who in question.who and question.applies(answers)]

    def counting(self, answers: Answers) -> list[Question]:
        """The questions whose answers count."""
        return [question for question in self.asked(answers) if question.is_open(answers)]


def words_for(words: Wording | Words, answers: Answers) -> Words:
    """The words for this teller."""
    if not isinstance(words, Wording):
        return words
    if words.community and is_about_a_community(answers):
        return words.community
    return words.to(who_tells(answers))


def is_told_to_an_officer(answers: Answers) -> bool:
    """Whether an officer asks, on the phone or at a counter."""
    return answers.get(TOLD_AT_A_CENTRE) in TOLD_TO_AN_OFFICER


def who_tells(answers: Answers) -> str:
    """V the person it happened to, W who saw it, O somebody for the person or for a community, C a centre; V until it
    is known."""
    if answers.get(TOLD_AT_A_CENTRE) == "centre":
        return "C"
    return {"witness": "W", "on_behalf": "O", COMMUNITY: "O"}.get(answers.get("Q02", ""), "V")


def is_about_a_community(answers: Answers) -> bool:
    """Whether it happened to a community or a building, and to no one person."""
    return answers.get("Q02") == COMMUNITY


def voice(answers: Answers) -> tuple[str, bool]:
    """All that the words of a page depend on: who tells, and whether it is about a community."""
    return who_tells(answers), is_about_a_community(answers)


def chosen(answers: Answers, question_id: str) -> list[str]:
    """The codes that were chosen, whether one or many were allowed."""
    value = answers.get(question_id)
    if not value:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]


def is_answered(answers: Answers, question: Question) -> bool:
    return answers.get(question.id) not in (None, "", [], False)


def has(question_id: str, *codes: str) -> Condition:
    """Whether one of `codes` was chosen."""
    return lambda answers: bool(set(chosen(answers, question_id)) & set(codes))


def unless(condition: Condition) -> Condition:
    return lambda answers: not condition(answers)


def both(*conditions: Condition) -> Condition:
    return lambda answers: all(condition(answers) for condition in conditions)


def options(pairs: Iterable[tuple[str, Words]]) -> tuple[Option, ...]:
    """Options from (code, words)."""
    return tuple(Option(code, label) for code, label in pairs)
