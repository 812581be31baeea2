"""What administrators changed on their pages, as this process knows it: laid over the partnership's folder.

Memory alone: `partners.following` keeps it in step with the database, so that a page for the public asks the
database nothing for its words, and shows them even when the database is away.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Data = Mapping[str, Any]

STANDARD, BANK_HOLIDAY, WORDING = "standard", "bank_holiday", "wording"
AWARENESS_WEEK = "awareness_week"
LANGUAGE = "language"
CENTRE = "centre"
ORGANISATION, DISTRICT, CSP, AGREEMENT = "organisation", "district", "csp", "agreement"

# Records that stand in a list of the folder: (file, list, which of their fields the list has too).
LISTED = {
    STANDARD: ("service_standards.toml", "standards", ("amount", "unit", "public")),
    ORGANISATION: ("organisations.toml", "organisations", ("name", "short_name", "kind", "order")),
    DISTRICT: ("areas.toml", "areas", ("name",)),
}
HOLIDAYS = "bank_holidays.toml"
AWARENESS_WEEKS = "awareness_weeks.toml"
# Wording by its code, and the file that says it until somebody edits it.
WORDING_FILES = {
    "sharing": "wording/sharing.toml",
    "status": "wording/status.toml",
    "contacts": "partnership.toml",
    "messages": "wording/messages.toml",
    "templates": "wording/templates.toml",
}
SHARING = "sharing"


@dataclass(frozen=True)
class Snapshot:
    """The newest version of all that was edited, by kind and code, and every wording about sharing by its version.

    `generation` grows with each edit; `is_trial` marks one that only a preview sees.
    """

    generation: int = 0
    newest: Mapping[tuple[str, str], Data] = field(default_factory=dict)
    sharing: Mapping[str, Data] = field(default_factory=dict)
    is_trial: bool = False

    def of(self, kind: str) -> dict[str, Data]:
        """The edited records of one kind, by code."""
        return {code: data for (its_kind, code), data in self.newest.items() if its_kind == kind}


_known = Snapshot()
_tried: ContextVar[Snapshot | None] = ContextVar("tried_reference_data", default=None)


def snapshot() -> Snapshot:
    """What counts here and now: a preview's own, or what this process knows."""
    return _tried.get() or _known


def take(found: Snapshot) -> None:
    """Replaces what this process knows, as a whole."""
    global _known
    _known = found


def forget() -> None:
    """Back to the folder alone (tests)."""
    take(Snapshot())


@contextmanager
def using(found: Snapshot) -> Iterator[None]:
    """Within it everything reads as in `found`, and nothing of it is kept: for a page of an administrator."""
    token = _tried.set(replace(found, is_trial=True))
    try:
        yield
    finally:
        _tried.reset(token)


@contextmanager
def trying(kind: str, code: str, data: Data) -> Iterator[None]:
    """Within it everything reads as if `data` were published: for a preview, seen by nobody else."""
    now = snapshot()
    with using(replace(now, newest={**now.newest, (kind, code): data})):
        yield


def until_edited(function: Callable[P, R]) -> Callable[P, R]:
    """Keeps what `function` gives until somebody edits reference data; nothing of a preview is kept."""
    kept = lru_cache(maxsize=128)(lambda _generation, *args: function(*args))  # type: ignore[call-arg]

    @wraps(function)
    def current(*args: P.args, **kwargs: P.kwargs) -> R:
        now = snapshot()
        return function(*args, **kwargs) if now.is_trial else kept(now.generation, *args)

    return current


def laid_over(name: str, said: dict[str, Any]) -> dict[str, Any]:
    """What the folder's file `name` says, with the edits over it; the same object where there are none."""
    for kind, (file, table, shared) in LISTED.items():
        if file == name:
            said = _entries_over(said, table, shared, snapshot().of(kind))
    if name == HOLIDAYS:
        said = _holidays_over(said, snapshot().of(BANK_HOLIDAY))
    if name == AWARENESS_WEEKS:
        said = _weeks_over(said, snapshot().of(AWARENESS_WEEK))
    for code, file in WORDING_FILES.items():
        if file == name and (WORDING, code) in snapshot().newest:
            said = {**said, **snapshot().newest[WORDING, code]}
    return said


def _entries_over(
    said: dict[str, Any], table: str, shared: tuple[str, ...], edits: dict[str, Data]
) -> dict[str, Any]:
    if not edits:
        return said
    entries = {entry["code"]: entry for entry in said[table]}
    for code, data in edits.items():
        entries[code] = {
            **entries.get(code, {"code": code}),
            **{name: data[name] for name in shared if name in data},
        }
    gone = {code for code, data in edits.items() if data.get("retired_on")}
    return {**said, table: [entry for code, entry in entries.items() if code not in gone]}


def _holidays_over(said: dict[str, Any], edits: dict[str, Data]) -> dict[str, Any]:
    if not edits:
        return said
    years = {year: dict(days) for year, days in said["holidays"].items()}
    for day, data in sorted(edits.items()):
        days = years.setdefault(day[:4], {})
        days.pop(day, None)
        if data["is_holiday"]:
            days[day] = data["name"]
    return {**said, "holidays": {year: dict(sorted(days.items())) for year, days in sorted(years.items())}}


def _weeks_over(said: dict[str, Any], edits: dict[str, Data]) -> dict[str, Any]:
    if not edits:
        return said
    weeks = {entry["year"]: entry for entry in said["weeks"]}
    for year, data in edits.items():
        days = {name: date.fromisoformat(data[name]) for name in ("starts", "ends")}
        weeks[int(year)] = {"year": int(year), **days}
    return {**said, "weeks": [weeks[year] for year in sorted(weeks)]}


def flat(data: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """('recipients.police.label', value): what is inside, by its path; lists of records by their codes."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from flat(value, f"{before}.{name}" if before else name)
    elif isinstance(data, Sequence) and data and isinstance(data[0], Mapping):
        for each in data:
            yield from flat(
                {key: value for key, value in each.items() if key != "code"}, f"{before}.{each['code']}"
            )
    else:
        yield before, data
