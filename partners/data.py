"""Reading the partnership's folder: what is wrong in it is said in one sentence that names file and entry."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from partners.edited import laid_over, until_edited


class PartnershipDataError(Exception):
    """Something in the partnership's folder cannot be used; the message is one sentence for who edits it."""


Entry = Mapping[str, Any]


def read_toml(folder: Path, name: str) -> dict[str, Any]:
    """What the file `name` in `folder` says."""
    try:
        with (folder / name).open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise PartnershipDataError(f"There is no file {name} in {folder}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PartnershipDataError(f"{name} cannot be read as TOML: {error}.") from None


@cache
def _read_once(folder: Path, name: str) -> dict[str, Any]:
    return read_toml(folder, name)


def installed(name: str) -> dict[str, Any]:
    """What the file `name` of this installation's partnership says, read once a process, with what administrators
    edited on their pages over it."""
    return _with_edits(Path(settings.PARTNERSHIP_DIR), name)


@until_edited
def _with_edits(folder: Path, name: str) -> dict[str, Any]:
    return laid_over(name, _read_once(folder, name))


def in_folder(name: str) -> dict[str, Any]:
    """What the folder's file alone says, whatever was edited."""
    return _read_once(Path(settings.PARTNERSHIP_DIR), name)


def entries(data: Mapping[str, Any], table: str, *, file: str) -> list[Entry]:
    """The entries of one table; at least one."""
    found = data.get(table)
    if not isinstance(found, list) or not found:
        raise PartnershipDataError(f"{file} has no entries called {table}.")
    return found


def field(entry: Entry, name: str, *, file: str) -> Any:
    """One field that an entry must have."""
    try:
        return entry[name]
    except KeyError:
        raise PartnershipDataError(f"{file}, {called(entry)}: {name} is missing.") from None


def known(codes: Mapping[str, Any], code: str, *, file: str, entry: Entry, role: str) -> Any:
    """What `code` stands for; `role` says what it is in the entry, such as 'lead organisation'."""
    try:
        return codes[code]
    except KeyError:
        raise PartnershipDataError(f"{file}, {called(entry)}: the {role} {code!r} is not known.") from None


def refuse_twice(values: Iterable[Any], *, file: str, what: str) -> None:
    """Refuses the same value in two entries."""
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise PartnershipDataError(f"{file}: the {what} {value!r} stands there twice.")
        seen.add(value)


def called(entry: Entry) -> str:
    """How an entry is named to the person who looks for it."""
    for key in ("code", "ref", "name", "title"):
        if entry.get(key):
            return f"entry {entry[key]!r}"
    return "an entry without a code"
