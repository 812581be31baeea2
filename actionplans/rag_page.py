"""docs/RAG.md: the rule as a page, printed from the tables that rate. Run it to write the page again.

Plain Python, no database: what the examples say is what the rule answers to them.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from actionplans.rag import (
    AMBER_FROM,
    EXCEPTIONS,
    GREEN_FROM,
    HELD_AT,
    HELD_BACK,
    HOLDS,
    OVERRIDABLE,
    RULES,
    SAYABLE,
    RagRating,
    rate,
)
from actionplans.slipping import OFTEN, SETTLED
from actionplans.trajectory import FURTHEST, TOLERANCE, Measured, MeasureStanding

PAGE = Path(__file__).resolve().parent.parent / "docs/RAG.md"
STARTS, DUE = date(2018, 1, 1), date(2018, 4, 11)
HALF_WAY, AFTER = date(2018, 2, 20), date(2018, 4, 21)

INTRODUCTION = """\
# How an action is rated

Nobody chooses a rating. One rule (`actionplans/rag.py`) works it out from what was told, from the dates, from the
milestones and from the measure; the database rates long lists by the same tables (`actionplans/rag_sql.py`).
`./scripts/print-rag` writes this page from them, and a test fails where page and rule differ.

## Progress against time

Expected is the share of the time from start to due date that is gone: nothing on the first day, all on the due date.
Where nobody has told anything yet, nothing is done. The first line that holds decides.
"""
HELD = """\

## What takes a good rating back

{back} by progress becomes {at} while one of these holds; what is
{at} or worse keeps its rating and says so beside it. What is {settled} is not looked at.
The way out of “{first}” is to do the milestone or move it, of “{second}” a figure that has caught up, and of both
closing the action, which only the plan's owner does. What progress alone gives stays on the page beside it.
"""
TRAJECTORY = """\

## A measure and its trajectory

A measure has its own points (where it should be by when), or goes straight from its baseline at the start to its
target at the due date; between points it goes straight too. After the last day it should be where that day left it.
It is behind when it lacks more than {tolerance:.0%} of the way from the baseline (0 where that is not known) to where
it should be; where lower is better, the same downwards. A figure that the portal counts itself is judged like one
that people enter.
"""
MORE = """\

## Slipping twice

An action is flagged when its due date was put off {often} times or more, or when by progress alone it needs attention
today and did at the ends of both months before this one. It is flagged until it is {settled}.

## Forecast

The day on which all will be done at the pace from the start to today, so that silence moves it away. It is not said
on the first day or before, with nothing done, when all is done, or when it would be more than {years} years away; nor
for what is not rated by time.

## A person's word beside the rule's

Whoever owns the plan may say {sayable},
with a reason, where the rule says {overridable}.
It stands beside the rule's rating with that reason, name and day wherever the action is shown; the rule's rating is
what counts in every figure. Said for the worse, it also brings the action into the lists of what needs attention;
said for the better, it takes nothing out of them. It stops by itself once the rule is as good (or, said for the worse,
as bad), and is kept with the action.

## On an earlier day

A report on an earlier day rates progress by what had been told by then, milestones by what was done by then, and the
measure by the figures of then; start, due date, trajectory and the people are those of today. What they were is on
the action's history page.

## Examples

An action of a hundred days from {starts:%-d %B %Y} to {due:%-d %B %Y}.
"""

EXAMPLES: tuple[tuple[str, date, int | None, dict[str, Any]], ...] = (
    ("First day, nothing told", STARTS, None, {}),
    ("Half way", HALF_WAY, 45, {}),
    ("Half way", HALF_WAY, 44, {}),
    ("Half way", HALF_WAY, 35, {}),
    ("Half way", HALF_WAY, 34, {}),
    ("Due date", DUE, 90, {}),
    ("Ten days after it", AFTER, 99, {}),
    ("Ten days after it, closed on the due date", AFTER, 80, {"closed_on": DUE}),
    ("Ten days after it", AFTER, 100, {}),
    ("Half way, ongoing", HALF_WAY, 20, {"course": "ongoing"}),
    ("Half way, deferred", HALF_WAY, 20, {"course": "deferred"}),
    ("The day before its start", date(2017, 12, 31), None, {}),
    ("Half way, a milestone was due six days ago", HALF_WAY, 50, {"milestone_due": date(2018, 2, 14)}),
    ("Half way, 0 to 100, at 45", HALF_WAY, 50, {"measured": Measured(0, 100, 45)}),
    ("Half way, 0 to 100, at 44", HALF_WAY, 50, {"measured": Measured(0, 100, 44)}),
    ("Half way, 0 to 100, at 44", HALF_WAY, 40, {"measured": Measured(0, 100, 44)}),
    ("All told as done, 0 to 100, at 44", HALF_WAY, 100, {"measured": Measured(0, 100, 44)}),
    ("The plan has ended", AFTER, 60, {"plan_ended": True}),
)


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_rules(), HELD.format(**_words_of_holds()), *_holds(), *_rest()]) + "\n"


def _rules() -> Iterator[str]:
    yield "| | when | rating | needs attention |\n|---|---|---|---|"
    for number, rule in enumerate(RULES, start=1):
        yield f"| {number} | {rule.says} | {rule.rag.word} | {'yes' if rule.rag in EXCEPTIONS else ''} |"
    yield (
        f"\nBorders count upwards: exactly {float(GREEN_FROM):.0%} is “{RagRating.GREEN.word}”, exactly "
        f"{float(AMBER_FROM):.0%} is “{RagRating.AMBER.word}”, and the due date itself is not yet overdue."
    )


def _holds() -> Iterator[str]:
    yield "| when | it says |\n|---|---|"
    for hold in HOLDS:
        yield f"| {hold.says} | {hold.word} |"


def _words_of_holds() -> dict[str, str]:
    return {
        "back": _either(rag.word for rag in RagRating if rag in HELD_BACK),
        "at": f"“{HELD_AT.word}”",
        "settled": " or ".join(_unlooked()),
        "first": HOLDS[0].word,
        "second": HOLDS[1].word,
    }


def _unlooked() -> list[str]:
    final = [rule.rag for rule in RULES if rule.is_final and rule.rag is not RagRating.COMPLETE]
    return [rag.word.lower() for rag in sorted(final, key=lambda rag: rag.rank)]


def _rest() -> Iterator[str]:
    yield TRAJECTORY.format(tolerance=float(TOLERANCE))
    yield "| a measure may also stand so | what it does to the rating |\n|---|---|"
    for standing in MeasureStanding:
        does = "takes a good one back" if standing is MeasureStanding.BEHIND else "nothing"
        yield f"| {standing.words} | {does} |"
    yield MORE.format(
        often={2: "two"}.get(OFTEN, OFTEN),
        settled=_either((rag.word.lower() for rag in RagRating if rag in SETTLED), marks=False),
        years=FURTHEST.days // 365,
        sayable=_either(rag.word for rag in SAYABLE),
        overridable=_either(rag.word for rag in RagRating if rag in OVERRIDABLE),
        starts=STARTS,
        due=DUE,
    )
    yield "| the day | told | rating | its reason |\n|---|---|---|---|"
    for words, today, done, more in EXAMPLES:
        rating = rate(starts=STARTS, due=DUE, percent_done=done, today=today, **more)
        told = "nothing" if done is None else f"{done}%"
        also = "".join(f", {word.lower()}" for word in rating.also)
        yield f"| {words} | {told} | {rating.word}{also} | {rating.reason} |"


def _either(words: Iterator[str] | list[str], *, marks: bool = True) -> str:
    listed = [f"“{word}”" if marks else word for word in words]
    return " or ".join([", ".join(listed[:-1]), listed[-1]])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
