"""What a mystery visitor says and looks for (`centre_visit_script.toml`). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings

from centres.models import VisitKind
from partners.data import Entry, PartnershipDataError, entries, field, installed, known, refuse_twice
from partners.edited import until_edited

FILE = "centre_visit_script.toml"


class UnknownItem(Exception):
    """Something that the script does not look for; `code` is which."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The visit script has nothing called {code!r}.")
        self.code = code


@dataclass(frozen=True)
class Item:
    """One thing to notice; `how` says when it counts, by the kind of visit."""

    code: str
    words: str
    how: Mapping[str, str]


@dataclass(frozen=True)
class Script:
    """What to say by the kind of visit, what never to do, and what to look for, in order."""

    source: str
    say: Mapping[str, str]
    never: str
    items: tuple[Item, ...]

    def score(self, noticed: Iterable[str]) -> int:
        """The share of what was looked for that was noticed, in per cent; raises UnknownItem."""
        codes = {item.code for item in self.items}
        found = set(noticed)
        if strange := sorted(found - codes):
            raise UnknownItem(strange[0])
        return round(100 * len(found) / len(codes))

    def missing(self, noticed: Iterable[str]) -> list[Item]:
        """What was not noticed, in order."""
        found = set(noticed)
        return [item for item in self.items if item.code not in found]

    def found(self, noticed: Iterable[str]) -> list[Item]:
        """What was noticed, in order."""
        there = set(noticed)
        return [item for item in self.items if item.code in there]


def visit_script() -> Script:
    """The script as the partnership's folder has it; raises PartnershipDataError where it does not fit together."""
    return _read(str(settings.PARTNERSHIP_DIR))


@until_edited
def _read(folder: str) -> Script:
    said = installed(FILE)
    items = entries(said, "items", file=FILE)
    refuse_twice((field(each, "code", file=FILE) for each in items), file=FILE, what="item")
    say = {_kind(each): field(each, "words", file=FILE) for each in entries(said, "say", file=FILE)}
    if silent := [kind.value for kind in VisitKind if kind.value not in say]:
        raise PartnershipDataError(f"{FILE} does not say what a visitor says on a {silent[0]}.")
    return Script(
        source=field(said, "source", file=FILE),
        say=say,
        never=field({"name": "never", **said.get("never", {})}, "words", file=FILE),
        items=tuple(map(_item, items)),
    )


def _kind(entry: Entry) -> str:
    kinds = {kind.value: kind.value for kind in VisitKind}
    kind: str = known(kinds, field(entry, "kind", file=FILE), file=FILE, entry=entry, role="kind of visit")
    return kind


def _item(entry: Entry) -> Item:
    how = {kind.value: field(entry, kind.value, file=FILE) for kind in VisitKind}
    return Item(entry["code"], field(entry, "words", file=FILE), how)
