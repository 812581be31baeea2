"""What is said gently after a practice: what was chosen, what the story has besides, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date

from reporting import risk
from reporting.journey.question import TOLD_AT_A_CENTRE, Answers, Kind, Words, words_for
from reporting.models import PracticeRun
from reporting.practice_stories import RISK, Finding, Point, Story, questions

# The voice in which a volunteer is asked.
AT_A_CENTRE: Answers = {TOLD_AT_A_CENTRE: "centre"}
BETWEEN = ":"


@dataclass(frozen=True)
class Said:
    """What is said of one point; `lines` are sentences."""

    title: str
    is_right: bool
    lines: tuple[str, ...]
    why: str


# As it is kept ------------------------------------------------------------------------------------------------


def points_of(findings: Iterable[Finding], what: str) -> list[str]:
    """The points that were `found`, `missed` or `beyond`, as a run keeps them."""
    return [f"{each.question}{BETWEEN}{code}" for each in findings for code in getattr(each, what)]


def findings_of(run: PracticeRun, story: Story) -> list[Finding]:
    """What was found in a practice, as it was compared when it ended, at each point that the story has."""
    return [
        Finding(
            point.question,
            _at(point.question, run.found),
            _at(point.question, run.missed),
            _at(point.question, run.beyond),
        )
        for point in story.points
    ]


def _at(question: str, points: Sequence[str]) -> tuple[str, ...]:
    found = (point.partition(BETWEEN) for point in points)
    return tuple(code for name, _between, code in found if name == question)


# In words -----------------------------------------------------------------------------------------------------


def said_of(findings: Iterable[Finding], story: Story) -> list[Said]:
    """What is said of each point, in the story's order."""
    return [_said(point, found) for point, found in zip(story.points, findings, strict=True)]


def _said(point: Point, found: Finding) -> Said:
    lines = tuple(_lines(found, any_will_do=point.any))
    return Said(str(question_words(point.question)), found.is_right, lines, point.why)


def _lines(found: Finding, *, any_will_do: bool) -> list[str]:
    def quoted(codes: Iterable[str], between: str = "and") -> str:
        return _listed([f"“{code_words(found.question, code)}”" for code in codes], between)

    lines = []
    if found.found or found.beyond:
        chose = "Your answers came to" if found.question == RISK else "You chose"
        lines.append(f"{chose} {quoted(found.found or found.beyond)}.")
    if found.missed:
        also = "also " if found.found else ""
        lines.append(f"The story {also}has {quoted(found.missed, 'or' if any_will_do else 'and')}.")
    if found.found and found.beyond:
        lines.append(f"You also chose {quoted(found.beyond)}. The story does not say so.")
    return lines


def _listed(words: list[str], between: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {between} {words[-1]}"


def question_words(question: str) -> Words:
    """What a point is about, as the volunteer was asked."""
    return (
        "How great is the risk?" if question == RISK else words_for(questions()[question].label, AT_A_CENTRE)
    )


def code_words(question: str, code: str) -> str:
    """A choice as the volunteer read it; what is typed stands for itself."""
    if question == RISK:
        return {level.code: level.name for level in risk.tool().levels}.get(code, code)
    asked = questions()[question]
    if asked.kind is Kind.DATE:
        return format_date(date.fromisoformat(code), "j F Y")
    return next((str(option.label) for option in asked.options_for("C") if option.code == code), code)
