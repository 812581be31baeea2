"""The risk questions: what ten answers add up to, why, and what has to be done. Pure: nothing is looked up or kept.

Questions, scores and levels are the partnership's (`risk_tool.toml`), proposed and to be calibrated by a pilot.
“Not known” scores nothing. So that it cannot quietly make a level low, what is not known is counted, and `could_be`
says how high the level would be if every one of these were the worst.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from partners.data import Entry, PartnershipDataError, entries, field, installed, known, refuse_twice
from partners.edited import until_edited

FILE = "risk_tool.toml"
IDS = tuple(f"R{number}" for number in range(1, 11))
# Those of a case's urgency, from the lowest.
LEVELS = ("standard", "medium", "high")
NOT_KNOWN = "not_known"
BY_TOTAL, BY_ESCALATION = "total", "escalation"
BY_CONTACT, BY_REVIEW = "contact", "review"
DONE_BY = ("", BY_CONTACT, BY_REVIEW)


class NotAllAnswered(Exception):
    """Some of the ten have no answer, or one that nobody offers; “not known” would be one. `ids` are which."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(f"No answer to {', '.join(ids)}.")
        self.ids = ids


@dataclass(frozen=True)
class Asked:
    """One question as it is put; `community` words where it happened to no one person."""

    id: str
    words: str
    hint: str
    community: str
    community_hint: str
    # (code, words) in order, "not known" not among them.
    answers: tuple[tuple[str, str], ...]
    scores: Mapping[str, int]

    @property
    def worst(self) -> str:
        """The answer that scores most."""
        return max(self.scores, key=self.scores.__getitem__)


@dataclass(frozen=True)
class Action:
    """What a level asks for; `standard` is the code of the service standard by which it is due, or ''. `done_by` says
    what of a case's own acts does it, so that nobody has to tick it: contact, review, or '' where somebody ticks it."""

    code: str
    words: str
    standard: str
    done_by: str = ""


@dataclass(frozen=True)
class Level:
    """A level begins at `from_` points; `centre` is what a volunteer is told that it means."""

    code: str
    name: str
    from_: int
    centre: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Tool:
    """The questions by id, the levels from the lowest, and what counts whatever the total."""

    version: int
    source: str
    questions: Mapping[str, Asked]
    levels: tuple[Level, ...]
    # (question, answer): why it is the highest level.
    overrides: Mapping[tuple[str, str], str]
    # What together lifts by one level: (question, least score).
    escalation: tuple[tuple[str, int], ...]
    escalates_because: str

    def level(self, code: str) -> Level:
        """The level with this code; raises KeyError."""
        return {each.code: each for each in self.levels}[code]


@dataclass(frozen=True)
class Assessed:
    """What the answers add up to. `because` are codes: "total", "escalation", or the question whose answer alone is
    enough; `not_known` are the questions without a known answer."""

    level: Level
    total: int
    because: tuple[str, ...]
    not_known: tuple[str, ...]
    could_be: Level

    @property
    def actions(self) -> tuple[Action, ...]:
        """What has to be done."""
        return self.level.actions

    @property
    def is_highest(self) -> bool:
        """Whether somebody must act today."""
        return self.level == tool().levels[-1]

    @property
    def is_highest_alone(self) -> bool:
        """Whether one answer alone makes it the highest level, so that nobody may judge it lower."""
        return not {BY_TOTAL, BY_ESCALATION} & set(self.because)

    @property
    def may_be_higher(self) -> bool:
        """Whether what is not known could lift the level."""
        return self.could_be != self.level

    def why(self) -> list[str]:
        """`because` in words."""
        return [_in_words(code, self) for code in self.because]


def assess(answers: Mapping[str, Any]) -> Assessed:
    """The level of ten answers (codes by question id, others beside them do no harm); raises NotAllAnswered."""
    asked = tool().questions
    given = {name: str(answers.get(name, "")) for name in asked}
    if missing := [name for name, code in given.items() if code not in (NOT_KNOWN, *asked[name].scores)]:
        raise NotAllAnswered(missing)
    unknown = tuple(name for name, code in given.items() if code == NOT_KNOWN)
    level, total, because = _level_of(given)
    worst = given | {name: asked[name].worst for name in unknown}
    return Assessed(level, total, because, unknown, _level_of(worst)[0])


def _level_of(given: Mapping[str, str]) -> tuple[Level, int, tuple[str, ...]]:
    found = tool()
    scores = {name: found.questions[name].scores.get(code, 0) for name, code in given.items()}
    total = sum(scores.values())
    alone = tuple(name for name, code in given.items() if (name, code) in found.overrides)
    if alone:
        return found.levels[-1], total, alone
    place = max(index for index, level in enumerate(found.levels) if total >= level.from_)
    if all(scores[name] >= least for name, least in found.escalation) and place + 1 < len(found.levels):
        return found.levels[place + 1], total, (BY_TOTAL, BY_ESCALATION)
    return found.levels[place], total, (BY_TOTAL,)


def _in_words(code: str, assessed: Assessed) -> str:
    if code == BY_TOTAL:
        points = f"{assessed.total} point{'' if assessed.total == 1 else 's'}"
        return f"{points} of {highest_total()}"
    if code == BY_ESCALATION:
        return tool().escalates_because
    return next(why for (question, _answer), why in tool().overrides.items() if question == code)


def is_above(level: str, other: str) -> bool:
    """Whether one level is a higher one than the other, both by code."""
    return LEVELS.index(level) > LEVELS.index(other)


def highest_total() -> int:
    """What the worst answers add up to."""
    return sum(max(asked.scores.values()) for asked in tool().questions.values())


# From the partnership's folder --------------------------------------------------------------------------------


def tool() -> Tool:
    """The tool as the partnership's folder has it; raises PartnershipDataError where it does not fit together."""
    return _read(str(settings.PARTNERSHIP_DIR))


@until_edited
def _read(folder: str) -> Tool:
    said = installed(FILE)
    questions = {each.id: each for each in map(_question, entries(said, "questions", file=FILE))}
    if tuple(questions) != IDS:
        raise PartnershipDataError(
            f"{FILE}: the questions are {', '.join(IDS)}, each once and in this order."
        )
    return Tool(
        version=field(said, "version", file=FILE),
        source=field(said, "source", file=FILE),
        questions=questions,
        levels=_levels(said),
        overrides={
            _override(entry, questions): field(entry, "because", file=FILE)
            for entry in entries(said, "overrides", file=FILE)
        },
        escalation=tuple(
            (_known(entry, questions).id, field(entry, "score", file=FILE))
            for entry in entries(said.get("escalation", {}), "answers", file=FILE)
        ),
        escalates_because=field(said["escalation"], "because", file=FILE),
    )


def _question(entry: Entry) -> Asked:
    answers = entries(entry, "answers", file=FILE)
    refuse_twice((each["code"] for each in answers), file=FILE, what=f"answer to {entry['id']}")
    words = field(entry, "words", file=FILE)
    return Asked(
        id=field(entry, "id", file=FILE),
        words=words,
        hint=entry.get("hint", ""),
        community=entry.get("community", words),
        community_hint=entry.get("community_hint", entry.get("hint", "")),
        answers=tuple((each["code"], field(each, "words", file=FILE)) for each in answers),
        scores={each["code"]: field(each, "score", file=FILE) for each in answers},
    )


def _levels(said: Entry) -> tuple[Level, ...]:
    levels = tuple(map(_level, entries(said, "levels", file=FILE)))
    if tuple(each.code for each in levels) != LEVELS:
        raise PartnershipDataError(f"{FILE}: the levels are {', '.join(LEVELS)}, in this order.")
    begins = [each.from_ for each in levels]
    if begins[0] != 0 or begins != sorted(set(begins)):
        raise PartnershipDataError(f"{FILE}: the levels begin at 0 and each begins above the one before.")
    return levels


def _level(entry: Entry) -> Level:
    actions = (
        Action(
            field(each, "code", file=FILE),
            field(each, "words", file=FILE),
            each.get("standard", ""),
            _done_by(each),
        )
        for each in entries(entry, "actions", file=FILE)
    )
    code, name, begins, centre = (
        field(entry, each, file=FILE) for each in ("code", "name", "from", "centre")
    )
    return Level(code, name, begins, centre, tuple(actions))


def _done_by(entry: Entry) -> str:
    said = entry.get("done_by", "")
    if said not in DONE_BY:
        raise PartnershipDataError(
            f"{FILE}: an action is done_by {', '.join(filter(None, DONE_BY))}, or ticked."
        )
    return str(said)


def _override(entry: Entry, questions: Mapping[str, Asked]) -> tuple[str, str]:
    asked, answer = _known(entry, questions), field(entry, "answer", file=FILE)
    known(asked.scores, answer, file=FILE, entry=entry, role=f"answer to {asked.id}")
    return asked.id, answer


def _known(entry: Entry, questions: Mapping[str, Asked]) -> Asked:
    found: Asked = known(
        questions, field(entry, "question", file=FILE), file=FILE, entry=entry, role="question"
    )
    return found
