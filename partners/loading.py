"""Bringing the partnership's organisations and areas from its folder into the database.

Entries are found by their code: loading again brings them in line and changes nothing that already is. Nothing is
deleted, because reports and cases may point at it.
"""

from pathlib import Path
from typing import Any

from django.db import models, transaction

from partners.data import Entry, PartnershipDataError, entries, field, known, read_toml, refuse_twice
from partners.models import (
    CommunitySafetyPartnership,
    District,
    Organisation,
    OrganisationGroup,
    OrganisationKind,
)

AREAS = "areas.toml"
ORGANISATIONS = "organisations.toml"


@transaction.atomic
def load_partners(folder: Path) -> int:
    """Loads organisations, groups, community safety partnerships and areas; the number of rows it changed."""
    organisations_file, areas_file = read_toml(folder, ORGANISATIONS), read_toml(folder, AREAS)
    changed = _load_organisations(entries(organisations_file, "organisations", file=ORGANISATIONS))
    organisations = {each.code: each for each in Organisation.objects.all()}
    changed += _load_groups(organisations_file.get("groups", []), organisations)
    changed += _load_partnerships(entries(areas_file, "csps", file=AREAS))
    changed += _load_areas(entries(areas_file, "areas", file=AREAS), organisations)
    return changed + _set_fallback(areas_file, organisations)


def _load_organisations(listed: list[Entry]) -> int:
    refuse_twice(
        [field(entry, "code", file=ORGANISATIONS) for entry in listed], file=ORGANISATIONS, what="code"
    )
    refuse_twice(
        [field(entry, "name", file=ORGANISATIONS) for entry in listed], file=ORGANISATIONS, what="name"
    )
    kinds = {kind.value: kind for kind in OrganisationKind}
    return sum(
        brought_in_line(
            Organisation,
            {"code": entry["code"]},
            name=entry["name"],
            short_name=field(entry, "short_name", file=ORGANISATIONS),
            kind=known(
                kinds,
                field(entry, "kind", file=ORGANISATIONS),
                file=ORGANISATIONS,
                entry=entry,
                role="kind",
            ),
            is_one_of_eleven=field(entry, "partner_of_eleven", file=ORGANISATIONS),
            order=field(entry, "order", file=ORGANISATIONS),
        )
        for entry in listed
    )


def _load_groups(listed: list[Entry], organisations: dict[str, Organisation]) -> int:
    changed = 0
    for entry in listed:
        code = field(entry, "code", file=ORGANISATIONS)
        changed += brought_in_line(
            OrganisationGroup, {"code": code}, name=field(entry, "name", file=ORGANISATIONS)
        )
        members = {
            known(organisations, member, file=ORGANISATIONS, entry=entry, role="member")
            for member in field(entry, "members", file=ORGANISATIONS)
        }
        group = OrganisationGroup.objects.get(code=code)
        if set(group.members.all()) != members:
            group.members.set(members)
            changed += 1
    return changed


def _load_partnerships(listed: list[Entry]) -> int:
    return sum(
        brought_in_line(
            CommunitySafetyPartnership,
            {"code": field(entry, "code", file=AREAS)},
            name=field(entry, "name", file=AREAS),
        )
        for entry in listed
    )


def _load_areas(listed: list[Entry], organisations: dict[str, Organisation]) -> int:
    for what in ("code", "ons_code", "order"):
        refuse_twice([field(entry, what, file=AREAS) for entry in listed], file=AREAS, what=what)
    refuse_twice([_tile(entry) for entry in listed], file=AREAS, what="tile")
    partnerships = {each.code: each for each in CommunitySafetyPartnership.objects.all()}
    return sum(_load_area(entry, organisations, partnerships) for entry in listed)


def _load_area(entry: Entry, organisations: dict[str, Organisation], partnerships: dict[str, Any]) -> bool:
    csp, triage = field(entry, "csp", file=AREAS), field(entry, "triage", file=AREAS)
    column, row = _tile(entry)
    return brought_in_line(
        District,
        {"code": entry["code"]},
        name=field(entry, "name", file=AREAS),
        ons_code=entry["ons_code"],
        population=field(entry, "population", file=AREAS),
        csp=known(partnerships, csp, file=AREAS, entry=entry, role="community safety partnership"),
        triage_organisation=known(organisations, triage, file=AREAS, entry=entry, role="triage organisation"),
        order=entry["order"],
        tile_column=column,
        tile_row=row,
    )


def _tile(entry: Entry) -> tuple[int, int]:
    return field(entry, "tile_column", file=AREAS), field(entry, "tile_row", file=AREAS)


def _set_fallback(areas_file: dict[str, Any], organisations: dict[str, Organisation]) -> int:
    fallback = areas_file.get("fallback", {}).get("triage")
    if not fallback:
        raise PartnershipDataError(
            f"{AREAS} does not say which organisation triages what no area can be named for."
        )
    if fallback not in organisations:
        raise PartnershipDataError(f"{AREAS}, fallback: the triage organisation {fallback!r} is not known.")
    others = Organisation.objects.filter(is_fallback_triage=True).exclude(code=fallback)
    return others.update(is_fallback_triage=False) + brought_in_line(
        Organisation, {"code": fallback}, is_fallback_triage=True
    )


def brought_in_line(model: type[models.Model], found_by: dict[str, Any], **values: Any) -> bool:
    """Makes the row, or changes what differs; whether there was anything to do."""
    row = model._default_manager.filter(**found_by).first()
    if row is None:
        model._default_manager.create(**found_by, **values)
        return True
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return bool(different)
