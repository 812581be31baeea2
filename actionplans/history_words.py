"""What a version of an action says, in words: every field under its name, and what differs between two versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from actionplans.models import Course, Importance
from actionplans.models.measure import CountedBy, Total
from insight.periods import in_words
from partners.directory import directory
from partners.models import User
from reporting.strands import Strand

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One field that an act changed."""

    name: str
    before: str
    after: str


def people_in(versions: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The names of all people that versions mention by number; one statement."""
    mentioned = {pk for data in versions for pk in _people_of(data) if pk}
    return dict(User.objects.filter(pk__in=mentioned).values_list("pk", "name")) if mentioned else {}


def lines(data: Mapping[str, Any], people: Mapping[int, str]) -> dict[str, str]:
    """Every field of a version by its name; milestones and the measure's fields have lines of their own."""
    said = {name: _in_words(key, data.get(key), people) for key, name in FIELDS.items()}
    unknown = data.keys() - FIELDS.keys() - {"milestones", "measure"}
    said |= {key.replace("_", " ").capitalize(): _plain(data[key]) for key in sorted(unknown)}
    return said | dict(_milestones(data, people)) | dict(_measure(data))


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What differs between the lines of two versions."""
    names = [*after, *(name for name in before if name not in after)]
    found = [Change(name, before.get(name, NOTHING), after.get(name, NOTHING)) for name in names]
    return [change for change in found if change.before != change.after]


FIELDS = {
    "ref": "Number",
    "title": "Title",
    "priority": "Priority",
    "lead": "Lead",
    "original_lead": "First lead",
    "owner": "Owner",
    "deputy": "Deputy",
    "supporting": "Supporting",
    "supporting_text": "Supporting, in words",
    "importance": "Importance",
    "course": "Course",
    "course_reason": "Why ongoing or deferred",
    "starts": "Starts",
    "due": "Due",
    "original_due": "First due date",
    "times_put_off": "Times put off",
    "why": "Why it matters",
    "good_looks_like": "What good looks like",
    "strands": "Strands",
    "districts": "Districts",
    "blocked_by": "Waits for",
    "blocked_by_text": "Waits for, in words",
    "decision_needed": "Decision needed",
    "closed_on": "Closed on",
    "closed_by": "Closed by",
    "closing_words": "Closing words",
    "is_public": "Shown to the public",
    "rolled_from": "Rolled from",
    "order": "Place in the plan",
}
OF_MEASURE = {
    "text": "what",
    "unit": "unit",
    "baseline": "baseline",
    "target": "target",
    "original_target": "first target",
    "is_lower_better": "lower is better",
    "counted_by": "counted by",
    "total": "made of",
    "source": "source",
    "note": "note",
    "indicator": "counted by the portal as",
    "indicator_facts": "narrowed to",
    "trajectory": "trajectory",
}
FIGURES = {"baseline", "target", "original_target"}
PEOPLE = {"owner", "deputy", "closed_by", "done_by"}
ORGANISATIONS = {"lead", "original_lead", "supporting"}
DAYS = {"starts", "due", "original_due", "closed_on", "done_on"}
CHOICES = {
    "importance": dict(Importance.choices),
    "course": dict(Course.choices),
    "counted_by": dict(CountedBy.choices),
    "total": dict(Total.choices),
}


def _in_words(key: str, value: Any, people: Mapping[int, str]) -> str:
    if key in CHOICES:
        return str(CHOICES[key].get(value, value))
    if value in (None, "", []):
        return {"strands": "all", "districts": "all nine"}.get(key, NOTHING)
    if key in PEOPLE:
        return people.get(value, f"person {value}")
    if key in DAYS:
        return in_words(date.fromisoformat(value))
    names = {**_organisations(), **_districts()} if key in ORGANISATIONS or key == "districts" else _strands()
    if isinstance(value, list) or key in ORGANISATIONS:
        return ", ".join(names.get(each, each) for each in ([value] if isinstance(value, str) else value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items()) or NOTHING
    return NOTHING if value in (None, "") else str(value)


def _milestones(data: Mapping[str, Any], people: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for number, step in enumerate(data.get("milestones") or [], start=1):
        facts = [step["title"]]
        for key, words in (
            ("due", "due"),
            ("original_due", "first due"),
            ("done_on", "done"),
            ("done_by", "by"),
        ):
            if step.get(key):
                facts.append(f"{words} {_in_words(key, step[key], people)}")
        yield f"Step {number}", ", ".join(facts)


def _measure(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    measure = data.get("measure") or {}
    # JSON keeps no order of its own.
    for key in sorted(measure, key=lambda key: [*OF_MEASURE, key].index(key)):
        yield f"Measure: {OF_MEASURE.get(key, key.replace('_', ' '))}", _of_measure(key, measure[key])


def _of_measure(key: str, value: Any) -> str:
    if key == "trajectory":
        points = [f"{each['value']} by {in_words(date.fromisoformat(each['on']))}" for each in value]
        return "; ".join(points) or NOTHING
    if key in FIGURES and value is not None:
        return f"{Decimal(value):,f}".rstrip("0").rstrip(".") if "." in str(value) else str(value)
    return _in_words(key, value, {}) if key in CHOICES else _plain(value)


def _people_of(data: Mapping[str, Any]) -> list[int | None]:
    return [
        *(data.get(key) for key in PEOPLE),
        *(step.get("done_by") for step in data.get("milestones") or []),
    ]


def _organisations() -> dict[str, str]:
    return {code: str(each) for code, each in directory().organisations.items()}


def _districts() -> dict[str, str]:
    return {code: str(each) for code, each in directory().districts.items()}


def _strands() -> dict[str, str]:
    return {value: str(label) for value, label in Strand.choices}
