"""What administrators edited, beside what the partnership's folder says: the edit stays until somebody takes the
folder's word, and loading says where the two differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models

from partners import edited
from partners.data import read_toml
from partners.keeping import KINDS, data_of
from partners.models import (
    CommunitySafetyPartnership,
    District,
    Organisation,
    ReferenceKind,
    ReferenceVersion,
)
from partners.words import texts

TAKEN = "Taken from the partnership’s folder"
Versions = dict[str, ReferenceVersion]


@dataclass
class Edits:
    """The newest version of each edited record. With `take_files` the folder's word counts again; `said` collects one
    sentence for each edit that stays although the folder differs."""

    now: datetime
    take_files: bool = False
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.newest: dict[str, Versions] = {}
        for version in ReferenceVersion.objects.newest():
            self.newest.setdefault(version.kind, {})[version.code] = version

    def stay(self, kind: str) -> Versions:
        """The edits of one kind that loading leaves alone: those that a person made."""
        versions = self.newest.get(kind, {})
        return {code: each for code, each in versions.items() if each.by_id and not self.take_files}

    def untouched(
        self, model: type[models.Model], wanted: Mapping[str, dict[str, Any]]
    ) -> dict[str, dict[str, Any]]:
        """What the folder may set: all but what stays, which is compared and said."""
        kind = KINDS[model]
        staying = self.stay(kind)
        rows = model._default_manager.filter(code__in=staying).in_bulk(field_name="code")
        for code in staying.keys() & rows.keys() & wanted.keys():
            different = [name for name, value in wanted[code].items() if getattr(rows[code], name) != value]
            if different:
                self.say(kind, code, different)
        return {code: values for code, values in wanted.items() if code not in staying}

    def merged(self) -> dict[str, str]:
        """Community safety partnerships that are gone, and the ones that took their areas."""
        staying = self.stay(ReferenceKind.CSP)
        found = {code: each.data["merged_into"] for code, each in staying.items() if each.data["merged_into"]}
        return {code: _last(into, found) for code, into in found.items()}

    def keeps_fallback(self) -> str:
        """The organisation that an administrator chose to read first what no area can be named for; or ''."""
        staying = self.stay(ReferenceKind.ORGANISATION)
        return next((code for code, each in staying.items() if each.data["is_fallback_triage"]), "")

    def say(self, kind: str, code: str, what: list[str]) -> None:
        """Notes that an edit stays although the folder says otherwise."""
        label = ReferenceKind(kind).label
        self.said.append(f"{label} {code}: edited on the pages, the folder differs ({', '.join(what)})")

    def note_what_was_taken(self) -> int:
        """Adds a version to each edited record that the folder changed just now; how many."""
        rows: list[Organisation | District | CommunitySafetyPartnership] = [
            *Organisation.objects.filter(code__in=self.newest.get(ReferenceKind.ORGANISATION, {})),
            *District.objects.filter(code__in=self.newest.get(ReferenceKind.DISTRICT, {})).select_related(
                "csp", "triage_organisation"
            ),
            *CommunitySafetyPartnership.objects.filter(code__in=self.newest.get(ReferenceKind.CSP, {})),
        ]
        records = [(KINDS[type(row)], row.code, data_of(row)) for row in rows]
        return sum(self._taken(kind, code, data) for kind, code, data in records)

    def compare_files(self, folder: Path) -> int:
        """Standards, bank holidays and wording, which are read from the folder where nobody edited them: takes the
        folder's word, or says what differs; how many were taken."""
        taken = 0
        for kind, code, data in self._in_files(folder):
            version = self.newest.get(kind, {}).get(code)
            if version is None or _same(kind, code, version.data, data):
                continue
            if code in self.stay(kind):
                self.say(
                    kind, code, ["words"] if kind == ReferenceKind.WORDING else _differing(version.data, data)
                )
            else:
                taken += self._taken(kind, code, _numbered(kind, code, data))
        return taken

    def _in_files(self, folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
        found: list[tuple[str, str, dict[str, Any]]] = []
        if self.newest.get(ReferenceKind.STANDARD):
            names = ("amount", "unit", "public")
            for entry in read_toml(folder, "service_standards.toml")["standards"]:
                data = {name: entry[name] for name in names}
                found.append((ReferenceKind.STANDARD, entry["code"], data))
        if self.newest.get(ReferenceKind.BANK_HOLIDAY):
            listed = {
                day: name
                for days in read_toml(folder, edited.HOLIDAYS)["holidays"].values()
                for day, name in days.items()
            }
            for day, version in self.newest[ReferenceKind.BANK_HOLIDAY].items():
                name = listed.get(day, version.data["name"])
                found.append((ReferenceKind.BANK_HOLIDAY, day, {"name": name, "is_holiday": day in listed}))
        for code in self.newest.get(ReferenceKind.WORDING, {}):
            said = read_toml(folder, edited.WORDING_FILES[code])
            data = {"contacts": said["contacts"]} if code == "contacts" else said
            found.append((ReferenceKind.WORDING, code, data))
        return found

    def _taken(self, kind: str, code: str, data: dict[str, Any]) -> bool:
        version = self.newest[kind][code]
        if version.data == data or code in self.stay(kind):
            return False
        ReferenceVersion.publish(
            kind, code, data, before=version.data, seen=None, by=None, now=self.now, note=TAKEN
        )
        return True


def _last(code: str, merged: Mapping[str, str]) -> str:
    while code in merged:
        code = merged[code]
    return code


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name in other if one.get(name) != other[name]]


def _same(kind: str, code: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Wording is compared text by text: numbers and days of versions differ by themselves."""
    if kind != ReferenceKind.WORDING:
        return not _differing(one, other)
    return {text.path: text.value for text in texts(code, one)} == {
        text.path: text.value for text in texts(code, other)
    }


def _numbered(kind: str, code: str, data: dict[str, Any]) -> dict[str, Any]:
    """Wording taken again gets a number that no wording had."""
    if kind != ReferenceKind.WORDING or "version" not in data:
        return data
    published = ReferenceVersion.objects.filter(kind=kind, code=code).values_list("data", flat=True)
    return {**data, "version": max([data["version"], *(each["version"] for each in published)]) + 1}
