"""Bringing a list of reporting centres in: shown first as what it would change, then kept whole or not at all.

The code of a centre, or its name and area, tells which one a row means: the same list sent again changes nothing.
How a centre stands is never changed by a list: that is done on its page, by an act with a reason.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from audit import trail
from centres.columns import BY_KEY, DAYS, cell_of, in_words, named_areas
from centres.editing import change_listing
from centres.models import CentreEvent
from centres.reading_rows import Kept, Wanted
from centres.standing import NameTaken, NotInThisStanding, propose
from partners.models import CentreStanding, District, Organisation, ReportingCentre, User

# Whoever brings a list in waits for who was quicker.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('centres.list', 6))"
# What stands in the organisation, and what is told apart from the listing.
_ELSEWHERE = ("name", "area", "looked_after_by")


class ListChanged(Exception):
    """Somebody changed the centres since the file was looked at; the message says what to do."""


@dataclass(frozen=True)
class Change:
    """One column of a centre: what the portal has, and what the file says."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One centre of the file: new, changed or as it was."""

    code: str
    name: str
    area: str
    standing: str
    is_new: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """What a list would do, and by what one knows that the centres are still those it was compared with."""

    lines: tuple[Line, ...]
    fingerprint: str

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes and not line.is_new]

    @property
    def same(self) -> int:
        return sum(not line.is_new and not line.changes for line in self.lines)

    @property
    def is_nothing(self) -> bool:
        return not self.new and not self.changed


@dataclass(frozen=True)
class BroughtIn:
    """How many centres a list made and changed, and how many were so already."""

    new: int
    changed: int
    same: int


def compare(wanted: Iterable[Wanted]) -> Comparison:
    """What the list would change, centre by centre."""
    wanted = list(wanted)
    centres = _centres(wanted)
    areas = named_areas().shown
    councils = {code: each.short_name for code, each in _councils(wanted).items()}
    lines = tuple(_line(each, centres.get(each.code), areas, councils) for each in wanted)
    return Comparison(lines, _fingerprint(centres))


@transaction.atomic
def bring_in(wanted: Iterable[Wanted], *, seen: str, by: User, now: datetime) -> BroughtIn:
    """Makes and changes the centres that the list wants; one that says what is there already changes nothing.

    `seen` is the fingerprint of what was looked at. Raises ListChanged, and then nothing is kept.
    """
    wanted = list(wanted)
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    codes = [each.code for each in wanted]
    list(ReportingCentre.objects.select_for_update(of=("self",)).filter(organisation__code__in=codes))
    comparison = compare(wanted)
    done = BroughtIn(len(comparison.new), len(comparison.changed), comparison.same)
    if comparison.is_nothing:
        return done
    if comparison.fingerprint != seen:
        raise ListChanged(
            "Somebody changed these centres since you chose the file. Choose it again to see how."
        )
    _keep(wanted, by=by, now=now)
    trail.record(
        "centres.list_brought_in",
        "centres",
        by=by,
        now=now,
        new=done.new,
        changed=done.changed,
        same=done.same,
    )
    return done


def _keep(wanted: Iterable[Wanted], *, by: User, now: datetime) -> None:
    centres = _centres(wanted)
    areas = {each.code: each for each in District.objects.all()}
    councils = _councils(wanted)
    for each in wanted:
        fields = _fields(each, areas, councils)
        if each.code in centres:
            _change(centres[each.code], fields, str(each.values["name"]), by=by, now=now)
        else:
            _make(each, fields, by=by, now=now)


def _make(wanted: Wanted, fields: dict[str, Any], *, by: User, now: datetime) -> None:
    try:
        centre = propose(
            str(wanted.values["name"]),
            code=wanted.code,
            district=fields.pop("district"),
            looked_after_by=fields.pop("looked_after_by", None),
            by=by,
            now=now,
            **fields,
        )
    except NameTaken as taken:
        raise ListChanged(f"{taken} Choose the file again.") from None
    if centre.standing != CentreStanding.PROPOSED:
        CentreEvent.note("brought_in", centre, by=by, now=now, standing=str(centre.standing))


def _change(centre: ReportingCentre, fields: dict[str, Any], name: str, *, by: User, now: datetime) -> None:
    days = {key: fields.pop(key) for key in DAYS if key in fields}
    days = {key: day for key, day in _kept_later(centre, days).items() if getattr(centre, key) != day}
    fields.pop("standing", None)
    try:
        change_listing(centre, {"name": name, **fields}, seen=None, by=by, now=now)
    except (NameTaken, NotInThisStanding) as refused:
        raise ListChanged(f"{refused} Choose the file again.") from None
    for key, day in days.items():
        setattr(centre, key, day)
    if days:
        centre.save(update_fields=list(days))
        said = {key: day.isoformat() for key, day in days.items()}
        CentreEvent.note("brought_in", centre, by=by, now=now, **said)


def _kept_later(centre: ReportingCentre, fields: Mapping[str, date]) -> dict[str, date]:
    """An old list does not undo a newer check."""
    is_older = centre.verified_on and fields.get("verified_on") and fields["verified_on"] < centre.verified_on
    return {key: value for key, value in fields.items() if not (key == "verified_on" and is_older)}


def _fields(
    wanted: Wanted, areas: Mapping[str, District], councils: Mapping[str, Organisation]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        key: date.fromisoformat(str(value)) if key in DAYS else value
        for key, value in wanted.values.items()
        if key not in _ELSEWHERE
    }
    fields["district"] = areas[str(wanted.values["area"])]
    if council := wanted.values.get("looked_after_by"):
        fields["looked_after_by"] = councils[str(council)]
    return fields


# Comparing --------------------------------------------------------------------------------------------------------


def _centres(wanted: Iterable[Wanted]) -> dict[str, ReportingCentre]:
    found = ReportingCentre.objects.select_related("organisation", "district", "looked_after_by")
    return {
        each.organisation.code: each
        for each in found.filter(organisation__code__in=[each.code for each in wanted])
    }


def _councils(wanted: Iterable[Wanted]) -> dict[str, Organisation]:
    codes = {str(each.values["looked_after_by"]) for each in wanted if "looked_after_by" in each.values}
    return {each.code: each for each in Organisation.objects.filter(code__in=codes)}


def _fingerprint(centres: Mapping[str, ReportingCentre]) -> str:
    rows = {code: [in_words(cell_of(key, each)) for key in BY_KEY] for code, each in centres.items()}
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _line(
    wanted: Wanted,
    centre: ReportingCentre | None,
    areas: Mapping[str, str],
    councils: Mapping[str, str],
) -> Line:
    said = {
        key: _shown(key, value, areas, councils)
        for key, value in wanted.values.items()
        if not (centre and key == "verified_on" and _is_older(centre, value))
    }
    before = {key: in_words(cell_of(key, centre)) if centre else "" for key in said}
    return Line(
        code=wanted.code,
        name=said["name"],
        area=said["area"],
        standing=said.get("standing", "" if centre else CentreStanding.PROPOSED.label),
        is_new=centre is None,
        changes=tuple(
            Change(BY_KEY[key].heading, before[key], said[key]) for key in said if said[key] != before[key]
        ),
    )


def _is_older(centre: ReportingCentre, value: Kept) -> bool:
    return centre.verified_on is not None and date.fromisoformat(str(value)) < centre.verified_on


def _shown(key: str, value: Kept, areas: Mapping[str, str], councils: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if key in DAYS:
        return in_words(date.fromisoformat(value))
    if key == "standing":
        return str(CentreStanding(value).label)
    return {"area": areas, "looked_after_by": councils}.get(key, {}).get(value, value)
