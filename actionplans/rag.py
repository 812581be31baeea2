"""How an action stands, by one rule that nobody can talk round. docs/RAG.md is printed from the two tables here.

Plain Python. RULES rate progress against time: the first line that holds decides. HOLDS then take back what looks
better than it is: a milestone that is late, or a measure that is behind its trajectory, leaves nothing green.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from actionplans.trajectory import Measured, MeasureStanding

# Exact, so that a figure on the border is on the same side every time.
GREEN_FROM = Fraction(9, 10)
AMBER_FROM = Fraction(7, 10)


class RagRating(StrEnum):
    """How an action stands, worst first. Overdue is counted apart from red."""

    OVERDUE = "overdue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    DEFERRED = "deferred"
    COMPLETE = "complete"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def word(self) -> str:
        """The word that stands beside the shape."""
        return _LOOKS[self][0]

    @property
    def shape(self) -> str:
        """The shape that says the same as the colour does."""
        return _LOOKS[self][1]

    @property
    def is_off_track(self) -> bool:
        """Whether it will not be done in time unless somebody does something."""
        return self in OFF_TRACK

    @property
    def is_exception(self) -> bool:
        """Whether it is off track or on its way there."""
        return self in EXCEPTIONS

    @property
    def rank(self) -> int:
        """Its place in a list that shows exceptions first."""
        return _RANKS[self]


_LOOKS = {
    RagRating.OVERDUE: ("Overdue", "wedge"),
    RagRating.RED: ("Off track", "diamond"),
    RagRating.AMBER: ("Slipping", "triangle"),
    RagRating.GREEN: ("On track", "circle"),
    RagRating.NOT_STARTED: ("Not started", "ring"),
    RagRating.ONGOING: ("Ongoing", "arrow"),
    RagRating.DEFERRED: ("Deferred", "pause"),
    RagRating.COMPLETE: ("Complete", "tick"),
    RagRating.CLOSED: ("Closed", "square"),
    RagRating.ENDED: ("Ended", "bar"),
}
_RANKS = {rating: place for place, rating in enumerate(RagRating)}
OFF_TRACK = frozenset({RagRating.OVERDUE, RagRating.RED})
EXCEPTIONS = OFF_TRACK | {RagRating.AMBER}
# What a person may say in the place of the rule, and of what the rule must say for that.
SAYABLE = (RagRating.RED, RagRating.AMBER, RagRating.GREEN)
OVERRIDABLE = frozenset({RagRating.OVERDUE, *SAYABLE})


@dataclass(frozen=True)
class Facts:
    """All that the rule looks at. `done` is percent done, `expected` percent of the time gone."""

    starts: date
    due: date
    done: int
    expected: Fraction
    today: date
    plan_ended: bool = False
    closed_on: date | None = None
    course: str = ""
    milestone_due: date | None = None
    measured: Measured | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it was closed by the end of the day."""
        return self.closed_on is not None and self.closed_on <= self.today

    @property
    def milestone_late_by(self) -> timedelta:
        """How late the longest open milestone is; nothing on the day it is due."""
        return max(self.today - self.milestone_due, timedelta(0)) if self.milestone_due else timedelta(0)

    @property
    def measure_standing(self) -> MeasureStanding:
        """How its measure stands; without one, it has no target."""
        if self.measured is None:
            return MeasureStanding.NO_TARGET
        return self.measured.standing(self.starts, self.due, self.today)


@dataclass(frozen=True)
class Rule:
    """One line of the rule: when it holds, what it says, and the reason that people read."""

    key: str
    says: str
    rag: RagRating
    holds: Callable[[Facts], bool]
    reason: Callable[[Facts], str]
    # Final: nothing that is late or behind is looked at any more.
    is_final: bool = False


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}"


def _pace(facts: Facts) -> str:
    return f"{facts.done}% done, {round(facts.expected)}% of the time gone"


RULES = (
    Rule(
        "ended",
        "The plan's period is over: it is history and no longer rated",
        RagRating.ENDED,
        lambda facts: facts.plan_ended,
        lambda facts: f"Last told: {facts.done}% done",
        is_final=True,
    ),
    Rule(
        "closed_done",
        "The plan's owner closed it, and 100% is done",
        RagRating.COMPLETE,
        lambda facts: facts.is_closed and facts.done >= 100,
        lambda facts: "100% done, and closed",
        is_final=True,
    ),
    Rule(
        "closed",
        "The plan's owner closed it before 100% was done",
        RagRating.CLOSED,
        lambda facts: facts.is_closed,
        lambda facts: f"Closed at {facts.done}% done",
        is_final=True,
    ),
    Rule(
        "complete",
        "100% is done, whatever the day",
        RagRating.COMPLETE,
        lambda facts: facts.done >= 100,
        lambda facts: "100% done",
    ),
    Rule(
        "deferred",
        "The plan says that it is deferred",
        RagRating.DEFERRED,
        lambda facts: facts.course == "deferred",
        lambda facts: f"Deferred at {facts.done}% done; not rated by time",
        is_final=True,
    ),
    Rule(
        "not_started",
        "The day is before its start",
        RagRating.NOT_STARTED,
        lambda facts: facts.today < facts.starts,
        lambda facts: f"Starts {_days(facts.starts - facts.today)} from now",
        is_final=True,
    ),
    Rule(
        "ongoing",
        "The plan says that it is ongoing: it has no end to be measured against",
        RagRating.ONGOING,
        lambda facts: facts.course == "ongoing",
        lambda facts: "Ongoing; not rated by time",
    ),
    Rule(
        "overdue",
        "The day is after its due date",
        RagRating.OVERDUE,
        lambda facts: facts.today > facts.due,
        lambda facts: f"{facts.done}% done, {_days(facts.today - facts.due)} past its due date",
    ),
    Rule(
        "red",
        f"Less than {_percent(AMBER_FROM)} of what the time gone would give is done",
        RagRating.RED,
        lambda facts: facts.done < AMBER_FROM * facts.expected,
        _pace,
    ),
    Rule(
        "amber",
        f"Less than {_percent(GREEN_FROM)} of it is done",
        RagRating.AMBER,
        lambda facts: facts.done < GREEN_FROM * facts.expected,
        _pace,
    ),
    Rule(
        "green",
        f"{_percent(GREEN_FROM)} of it or more is done; on the first day nothing is expected",
        RagRating.GREEN,
        lambda facts: True,
        _pace,
    ),
)


@dataclass(frozen=True)
class Hold:
    """What takes back a rating that looks better than it is."""

    key: str
    says: str
    word: str
    holds: Callable[[Facts], bool]
    reason: Callable[[Facts], str]
    # The same where a figure of the measure may not be told.
    without_figures: str = ""


def _measure_words(facts: Facts) -> str:
    assert facts.measured
    due_by_now = facts.measured.expected(facts.starts, facts.due, facts.today)
    return (
        f"its measure is behind: {_number(facts.measured.value)} where {_number(due_by_now)} was due by now"
    )


HOLDS = (
    Hold(
        "milestone",
        "A milestone was due before the day and is not done",
        "Milestone late",
        lambda facts: bool(facts.milestone_late_by),
        lambda facts: f"a milestone is {_days(facts.milestone_late_by)} late",
    ),
    Hold(
        "measure",
        "The measure is behind its trajectory by more than a tenth of the way it should have come",
        "Measure behind",
        lambda facts: facts.measure_standing is MeasureStanding.BEHIND,
        _measure_words,
        without_figures="its measure is behind",
    ),
)
# What the holds take back, and to what.
HELD_BACK = frozenset({RagRating.GREEN, RagRating.COMPLETE, RagRating.ONGOING})
HELD_AT = RagRating.AMBER


@dataclass(frozen=True)
class Rating:
    """A rating with the sentence that explains it; `percent_expected` is the share of the time gone, 0 to 100.

    `rag` is what counts. `by_progress` is what progress against time alone gives, and `holds` (keys of HOLDS) what is
    late or behind beside it, whether it changed the rating or not.
    """

    rag: RagRating
    reason: str
    percent_done: int
    percent_expected: int
    by_progress: RagRating
    holds: tuple[str, ...] = ()
    # The reason for those who may not read the measure's figures.
    reason_without_figures: str = ""

    @property
    def word(self) -> str:
        """The word beside the shape; it names what holds a rating back that progress alone would make better."""
        return _HOLD_WORDS[self.holds[0]] if self.is_held_back else self.rag.word

    @property
    def is_held_back(self) -> bool:
        """Whether progress alone looks better than the action is."""
        return self.rag is not self.by_progress

    @property
    def also(self) -> tuple[str, ...]:
        """What else is late or behind, in words: what `word` does not say."""
        said = self.holds[1:] if self.is_held_back else self.holds
        return tuple(_HOLD_WORDS[key] for key in said)

    @property
    def is_measure_behind(self) -> bool:
        """Whether the measure is behind its trajectory."""
        return "measure" in self.holds

    @property
    def is_milestone_late(self) -> bool:
        """Whether a milestone is late."""
        return "milestone" in self.holds


_HOLD_WORDS = {hold.key: hold.word for hold in HOLDS}


def percent_of_time_gone(starts: date, due: date, today: date) -> float:
    """How much of the time from `starts` to `due` is gone, 0 to 100; the day it starts nothing is gone."""
    # For pictures, which ask thousands of times: near enough in floating point. The rule itself counts exactly.
    return 100 * min(1.0, max(0.0, (today - starts).days / (due - starts).days))


def rate(
    *,
    starts: date,
    due: date,
    percent_done: int | None,
    today: date,
    plan_ended: bool = False,
    closed_on: date | None = None,
    course: str = "",
    milestone_due: date | None = None,
    measured: Measured | None = None,
) -> Rating:
    """The rating of an action on a day; `percent_done` is None where nobody has told yet, which counts as 0.

    `milestone_due` is the earliest due date among its milestones that are not done, `course` as Action.course.
    """
    expected = _percent_gone(starts, due, today)
    facts = Facts(
        starts,
        due,
        percent_done or 0,
        expected,
        today,
        plan_ended,
        closed_on,
        course,
        milestone_due,
        measured,
    )
    rule = next(rule for rule in RULES if rule.holds(facts))
    reason = rule.reason(facts)
    if percent_done is None and rule.rag not in (RagRating.NOT_STARTED, RagRating.ENDED):
        reason = f"No progress told yet: {reason[0].lower()}{reason[1:]}"
    holds = () if rule.is_final else tuple(hold for hold in HOLDS if hold.holds(facts))
    rag = HELD_AT if holds and rule.rag in HELD_BACK else rule.rag
    plain = reason
    if holds:
        lead = f"{rule.rag.word} by progress ({reason}), but" if rag is not rule.rag else f"{reason};"
        reason = f"{lead} {' and '.join(hold.reason(facts) for hold in holds)}"
        plain = f"{lead} {' and '.join(hold.without_figures or hold.reason(facts) for hold in holds)}"
    keys = tuple(hold.key for hold in holds)
    return Rating(rag, reason, facts.done, round(expected), rule.rag, keys, plain)


def count(ratings: Iterable[Rating]) -> dict[RagRating, int]:
    """How many actions stand in each state: every state, worst first."""
    found = Counter(rating.rag for rating in ratings)
    return {rag: found[rag] for rag in RagRating}


def count_by_progress(ratings: Iterable[Rating]) -> dict[RagRating, int]:
    """The same by progress against time alone, before a late milestone or a measure holds anything back."""
    found = Counter(rating.by_progress for rating in ratings)
    return {rag: found[rag] for rag in RagRating}


def is_override_needed(*, said: RagRating, rule_said: RagRating, rule_says: RagRating) -> bool:
    """Whether what a person said still differs from the rule in the direction they meant.

    Said for the better, it is needed until the rule is as good; said for the worse, until the rule is as bad.
    """
    if rule_says not in OVERRIDABLE:
        return False
    if said.rank > rule_said.rank:
        return rule_says.rank < said.rank
    return rule_says.rank > said.rank


def _percent_gone(starts: date, due: date, today: date) -> Fraction:
    gone = Fraction((today - starts).days, (due - starts).days)
    return 100 * min(Fraction(1), max(Fraction(0), gone))


def _days(span: timedelta) -> str:
    days = span.days
    return "1 day" if days == 1 else f"{days} days"


def _number(value: object) -> str:
    return f"{float(value):,.1f}".removesuffix(".0")  # type: ignore[arg-type]
