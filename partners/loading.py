"""Bringing the partnership's organisations and areas from its folder into the database.

Entries are found by their code: loading again brings them in line and changes nothing that already is. Nothing is
deleted, because reports and cases may point at it. What administrators edited on their pages stays.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from partners.data import Entry, PartnershipDataError, entries, field, known, read_toml, refuse_twice
from partners.edits import Edits
from partners.models import (
    CommunitySafetyPartnership,
    District,
    Organisation,
    OrganisationGroup,
    OrganisationKind,
)

AREAS = "areas.toml"
ORGANISATIONS = "organisations.toml"

Values = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """How many entries were new or changed, and one sentence for each edit that stays although the folder differs."""

    changed: int
    kept: list[str]


@transaction.atomic
def load_partners(folder: Path, *, now: datetime, take_files: bool = False) -> Loaded:
    """Loads organisations, groups, community safety partnerships and areas, and compares standards, bank holidays and
    wording with what was edited; with `take_files` the folder's word counts over what was edited."""
    edits = Edits(now, take_files)
    organisations_file, areas_file = read_toml(folder, ORGANISATIONS), read_toml(folder, AREAS)
    changed = _load_organisations(entries(organisations_file, "organisations", file=ORGANISATIONS), edits)
    organisations = {each.code: each for each in Organisation.objects.all()}
    changed += _load_groups(organisations_file.get("groups", []), organisations)
    changed += _load_partnerships(entries(areas_file, "csps", file=AREAS), edits)
    changed += _load_areas(entries(areas_file, "areas", file=AREAS), organisations, edits)
    changed += _set_fallback(areas_file, organisations, edits)
    edits.note_what_was_taken()
    changed += edits.compare_files(folder)
    return Loaded(changed, edits.said)


def _load_organisations(listed: list[Entry], edits: Edits) -> int:
    for what in ("code", "name"):
        refuse_twice(
            [field(entry, what, file=ORGANISATIONS) for entry in listed], file=ORGANISATIONS, what=what
        )
    wanted = {entry["code"]: _organisation(entry) for entry in listed}
    return brought_in_line(Organisation, edits.untouched(Organisation, wanted))


def _organisation(entry: Entry) -> Values:
    kinds = {kind.value: kind for kind in OrganisationKind}
    kind = field(entry, "kind", file=ORGANISATIONS)
    return {
        "name": entry["name"],
        "short_name": field(entry, "short_name", file=ORGANISATIONS),
        "kind": known(kinds, kind, file=ORGANISATIONS, entry=entry, role="kind"),
        "is_one_of_eleven": field(entry, "partner_of_eleven", file=ORGANISATIONS),
        "order": field(entry, "order", file=ORGANISATIONS),
    }


def _load_groups(listed: list[Entry], organisations: dict[str, Organisation]) -> int:
    named = {
        field(entry, "code", file=ORGANISATIONS): {"name": field(entry, "name", file=ORGANISATIONS)}
        for entry in listed
    }
    changed = brought_in_line(OrganisationGroup, named)
    groups = {each.code: each for each in OrganisationGroup.objects.prefetch_related("members")}
    return changed + sum(_set_members(groups[entry["code"]], entry, organisations) for entry in listed)


def _set_members(group: OrganisationGroup, entry: Entry, organisations: dict[str, Organisation]) -> bool:
    members = {
        known(organisations, member, file=ORGANISATIONS, entry=entry, role="member")
        for member in field(entry, "members", file=ORGANISATIONS)
    }
    different = set(group.members.all()) != members
    if different:
        group.members.set(members)
    return different


def _load_partnerships(listed: list[Entry], edits: Edits) -> int:
    wanted = {
        field(entry, "code", file=AREAS): {"name": field(entry, "name", file=AREAS)} for entry in listed
    }
    return brought_in_line(CommunitySafetyPartnership, edits.untouched(CommunitySafetyPartnership, wanted))


def _load_areas(listed: list[Entry], organisations: dict[str, Organisation], edits: Edits) -> int:
    for what in ("code", "ons_code", "order"):
        refuse_twice([field(entry, what, file=AREAS) for entry in listed], file=AREAS, what=what)
    refuse_twice([_tile(entry) for entry in listed], file=AREAS, what="tile")
    partnerships = {each.code: each for each in CommunitySafetyPartnership.objects.all()}
    # The folder may still name one that was merged: what took its areas stands for it.
    partnerships |= {code: partnerships[into] for code, into in edits.merged().items()}
    wanted = {entry["code"]: _area(entry, organisations, partnerships) for entry in listed}
    return brought_in_line(District, edits.untouched(District, wanted))


def _area(
    entry: Entry,
    organisations: dict[str, Organisation],
    partnerships: dict[str, CommunitySafetyPartnership],
) -> Values:
    csp, triage = field(entry, "csp", file=AREAS), field(entry, "triage", file=AREAS)
    column, row = _tile(entry)
    return {
        "name": field(entry, "name", file=AREAS),
        "ons_code": entry["ons_code"],
        "population": field(entry, "population", file=AREAS),
        "csp": known(partnerships, csp, file=AREAS, entry=entry, role="community safety partnership"),
        "triage_organisation": known(
            organisations, triage, file=AREAS, entry=entry, role="triage organisation"
        ),
        "order": entry["order"],
        "tile_column": column,
        "tile_row": row,
    }


def _tile(entry: Entry) -> tuple[int, int]:
    return field(entry, "tile_column", file=AREAS), field(entry, "tile_row", file=AREAS)


def _set_fallback(areas_file: dict[str, Any], organisations: dict[str, Organisation], edits: Edits) -> int:
    fallback = areas_file.get("fallback", {}).get("triage")
    if not fallback:
        raise PartnershipDataError(
            f"{AREAS} does not say which organisation triages what no area can be named for."
        )
    if fallback not in organisations:
        raise PartnershipDataError(f"{AREAS}, fallback: the triage organisation {fallback!r} is not known.")
    chosen = edits.keeps_fallback()
    if chosen:
        if chosen != fallback:
            edits.say("organisation", chosen, ["reads first what no area can be named for"])
        return 0
    others = Organisation.objects.filter(is_fallback_triage=True).exclude(code=fallback)
    changed = others.update(is_fallback_triage=False)
    return changed + brought_in_line(Organisation, {fallback: {"is_fallback_triage": True}})


def brought_in_line(model: type[models.Model], wanted: dict[str, Values]) -> int:
    """Makes the rows that `wanted` names by their code, or changes what differs; how many there were to do."""
    rows = model._default_manager.filter(code__in=wanted).in_bulk(field_name="code")
    new = [model(code=code, **values) for code, values in wanted.items() if code not in rows]
    model._default_manager.bulk_create(new)
    return len(new) + sum(_changed(row, wanted[code]) for code, row in rows.items())


def _changed(row: models.Model, values: Values) -> bool:
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return bool(different)
