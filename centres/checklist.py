"""The fit-for-purpose checklist: its twenty points, and what a score leads to. Pure: nothing is looked up or kept.

Points and limits are the partnership's (`centre_checklist.toml`), and proposed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from centres.models import Outcome
from partners.data import Entry, PartnershipDataError, entries, field, installed, known, refuse_twice
from partners.edited import until_edited

FILE = "centre_checklist.toml"
# What the portal itself can say about a point: see `centres.already_known`.
KNOWN = ("verified", "step_free", "private_room", "champions", "timeliness", "agreement", "visited")


class UnknownPoint(Exception):
    """A point that is not on the checklist; `code` is which."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The checklist has no point {code!r}.")
        self.code = code


@dataclass(frozen=True)
class Point:
    """One point. `known` is what the portal can tell about it, or ''."""

    code: str
    words: str
    known: str


@dataclass(frozen=True)
class Group:
    """Points that belong together."""

    code: str
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Verdict:
    """What a checklist came to; `improve_by` only where the centre is asked to improve."""

    score: int
    outcome: Outcome
    improve_by: date | None


@dataclass(frozen=True)
class Checklist:
    """The points by group in order, and the scores from which a centre passes, and from which it may improve."""

    source: str
    groups: tuple[Group, ...]
    pass_from: int
    improve_from: int
    improve_within: timedelta

    @property
    def points(self) -> tuple[Point, ...]:
        """All points in order."""
        return tuple(point for group in self.groups for point in group.points)

    def verdict(self, met: Iterable[str], *, on: date) -> Verdict:
        """What these points come to on a day; each counts once. Raises UnknownPoint."""
        codes = {point.code for point in self.points}
        score = len({_one_of(code, codes) for code in met})
        if score >= self.pass_from:
            return Verdict(score, Outcome.PASS, None)
        if score >= self.improve_from:
            return Verdict(score, Outcome.IMPROVE, on + self.improve_within)
        return Verdict(score, Outcome.SUSPEND, None)

    def missing(self, met: Iterable[str]) -> list[Point]:
        """The points that were not met, in order."""
        there = set(met)
        return [point for point in self.points if point.code not in there]


def _one_of(code: str, codes: set[str]) -> str:
    if code not in codes:
        raise UnknownPoint(code)
    return code


def checklist() -> Checklist:
    """The checklist as the partnership's folder has it; raises PartnershipDataError where it does not fit together."""
    return _read(str(settings.PARTNERSHIP_DIR))


@until_edited
def _read(folder: str) -> Checklist:
    said = installed(FILE)
    points = entries(said, "points", file=FILE)
    groups = entries(said, "groups", file=FILE)
    names = {field(each, "code", file=FILE): each for each in groups}
    refuse_twice((field(each, "code", file=FILE) for each in points), file=FILE, what="point")
    for each in points:
        known(names, field(each, "group", file=FILE), file=FILE, entry=each, role="group")
        known(dict.fromkeys(("", *KNOWN)), each.get("known", ""), file=FILE, entry=each, role="known fact")
    limits = {"name": "limits", **said.get("limits", {})}
    passes, improves, days = (_whole(limits, name) for name in ("pass", "improve", "improve_days"))
    if not 0 < improves < passes <= len(points):
        raise PartnershipDataError(
            f"{FILE}: the limits must rise from improve to pass, and pass is at most {len(points)} points."
        )
    return Checklist(
        source=field(said, "source", file=FILE),
        groups=tuple(_group(each, points) for each in groups),
        pass_from=passes,
        improve_from=improves,
        improve_within=timedelta(days=days),
    )


def _group(entry: Entry, points: list[Entry]) -> Group:
    code = entry["code"]
    own = (each for each in points if each["group"] == code)
    return Group(
        code,
        field(entry, "name", file=FILE),
        tuple(Point(each["code"], field(each, "words", file=FILE), each.get("known", "")) for each in own),
    )


def _whole(entry: Entry, name: str) -> int:
    value = field(entry, name, file=FILE)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise PartnershipDataError(f"{FILE}, entry 'limits': {name} is not a whole number from 1.")
    return value
