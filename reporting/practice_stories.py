"""Invented stories for volunteers to practise on, and what a good record of each holds.

They are the partnership's (`practice/*.toml`), read once a process. Comparing a record with its story is pure: codes
with codes, nothing looked up or kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from partners.data import Entry, PartnershipDataError, entries, field, read_toml, refuse_twice
from reporting.journey import route
from reporting.journey.before import DANGER
from reporting.journey.question import Answers, Kind, Question, chosen

FOLDER = "practice"
RISK = "risk"
DANGER_NOW = DANGER.questions[0].id


class NoSuchStory(Exception):
    """There is no story by this code."""


@dataclass(frozen=True)
class Point:
    """What a good record has at one question: these codes, or with `any` one of them; with `only` no others."""

    question: str
    codes: tuple[str, ...]
    why: str
    any: bool = False
    only: bool = False


@dataclass(frozen=True)
class Asked:
    """What the person answers when they are asked."""

    when: str
    then: str


@dataclass(frozen=True)
class Story:
    """What an invented person says, and what is to be learnt from it afterwards.

    With `is_danger` the right end is the page that says whom to call now; with `is_on_paper` it is typed in.
    """

    code: str
    title: str
    about: str
    says: tuple[str, ...]
    asked: tuple[Asked, ...]
    points: tuple[Point, ...]
    learn: tuple[str, ...]
    is_danger: bool = False
    is_on_paper: bool = False


@dataclass(frozen=True)
class Finding:
    """How a record stands at one point, by codes: what it `found`, what it `missed`, and what is `beyond` the story."""

    question: str
    found: tuple[str, ...]
    missed: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.missed and not self.beyond


# Reading ------------------------------------------------------------------------------------------------------


def stories() -> tuple[Story, ...]:
    """All stories, in the order of their files; none where the partnership has not written any."""
    return _read_once(Path(settings.PARTNERSHIP_DIR))


def story(code: str) -> Story:
    """The story with this code; raises NoSuchStory."""
    for each in stories():
        if each.code == code:
            return each
    raise NoSuchStory(code)


@cache
def _read_once(folder: Path) -> tuple[Story, ...]:
    return stories_in(folder)


def stories_in(folder: Path) -> tuple[Story, ...]:
    """The stories that a partnership's folder holds; raises PartnershipDataError."""
    names = sorted(f"{FOLDER}/{path.name}" for path in (folder / FOLDER).glob("*.toml"))
    found = tuple(_story(read_toml(folder, name), file=name) for name in names)
    refuse_twice([each.code for each in found], file=FOLDER, what="story")
    return found


def _story(data: Entry, *, file: str) -> Story:
    return Story(
        **{name: field(data, name, file=file) for name in ("code", "title", "about")},
        says=tuple(field(data, "says", file=file)),
        learn=tuple(field(data, "learn", file=file)),
        asked=tuple(Asked(**each) for each in data.get("asked", ())),
        points=tuple(_point(each, file=file) for each in entries(data, "points", file=file)),
        is_danger=bool(data.get("is_danger")),
        is_on_paper=bool(data.get("is_on_paper")),
    )


def _point(entry: Entry, *, file: str) -> Point:
    question, codes, why = (field(entry, name, file=file) for name in ("question", "codes", "why"))
    if question not in (RISK, *questions()):
        raise PartnershipDataError(f"{file}: nobody is asked the question {question!r}.")
    return Point(question, tuple(codes), why, bool(entry.get("any")), bool(entry.get("only")))


# Comparing ----------------------------------------------------------------------------------------------------


def compare(story: Story, answers: Answers, *, level: str) -> list[Finding]:
    """How a record stands at each point of its story; `level` is the code of the risk that it came to, or ''."""
    given = {**answers, RISK: level}
    return [_found_at(point, chosen(given, point.question)) for point in story.points]


def _found_at(point: Point, given: list[str]) -> Finding:
    found = tuple(code for code in point.codes if code in given)
    missed = tuple(code for code in point.codes if code not in given)
    beyond = tuple(code for code in given if code not in point.codes)
    if point.any and found:
        missed = ()
    # What somebody typed is not said back, nor kept.
    is_chosen = point.question == RISK or bool(questions()[point.question].options)
    # Where only one can be chosen, another one is in the place of the right one.
    is_shown = is_chosen and (point.only or not _takes_many(point.question))
    return Finding(point.question, found, missed, beyond if is_shown else ())


def _takes_many(question: str) -> bool:
    return question != RISK and questions()[question].kind is Kind.MANY


@cache
def questions() -> Mapping[str, Question]:
    """Each question as a centre is asked it, by its id."""
    return {question.id: question for question in reversed(list(_asked_at_a_centre()))}


def _asked_at_a_centre() -> Iterator[Question]:
    return (each for page in route.ALL for each in page.questions if "C" in each.who)
