"""What changed from version to version, in words: for the pages where the partnership's lists and wording are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from partners.edited import flat
from partners.models import ReferenceVersion

# What the fields of a version are called on the page; wording says its own.
FIELD_NAMES = {
    "name": "Name",
    "short_name": "Short name",
    "kind": "Kind",
    "is_one_of_eleven": "Adopted the strategy",
    "is_fallback_triage": "Reads first the reports that name no area",
    "order": "Place in lists",
    "retired_on": "Retired on",
    "population": "People who live there",
    "csp": "Community Safety Partnership",
    "triage": "Reads new reports first",
    "merged_into": "Merged into",
    "title": "Title",
    "organisations": "Signed by",
    "signed_on": "Signed on",
    "review_on": "Review by",
    "ended_on": "Ended on",
    "amount": "How many",
    "unit": "Unit",
    "public": "What the public reads",
    "is_holiday": "Is a bank holiday",
}
NOTHING = "–"
# Texts that share less than this are easier to read one after the other.
ALIKE = 0.6
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Piece:
    """A run of words: 'same', 'old' (taken out) or 'new' (put in)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that changed."""

    label: str
    before: str
    after: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Entry:
    """One version: who made it, and what it changed; `is_first` is what the folder said."""

    version: int
    who: str
    at: datetime
    note: str
    changes: list[Change]
    is_first: bool
    is_newest: bool


def history_of(kind: str, code: str, labels: Mapping[str, str] = FIELD_NAMES) -> list[Entry]:
    """The versions of one record, the newest first."""
    versions = list(ReferenceVersion.objects.of(kind, code))
    older: list[ReferenceVersion | None] = [*versions[1:], None][: len(versions)]
    return [
        Entry(
            version=each.version,
            who=each.by.name if each.by else "The partnership’s folder",
            at=each.at,
            note=each.note,
            changes=changes(before.data if before else {}, each.data, labels),
            is_first=before is None,
            is_newest=each is versions[0],
        )
        for each, before in zip(versions, older, strict=True)
    ]


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, str] = FIELD_NAMES
) -> list[Change]:
    """What is different, field by field, in the order of `labels`."""
    old, new = dict(flat(before)), dict(flat(after))
    label_of = {name: labels.get(name) or labels.get(_last(name), "") for name in (*new, *old)}
    told = list(labels.values())
    return [
        _change(label, old.get(name), new.get(name))
        for name, label in sorted(label_of.items(), key=lambda one: told.index(one[1]) if one[1] else -1)
        if label and old.get(name) != new.get(name)
    ]


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _change(label: str, before: Any, after: Any) -> Change:
    old, new = said(before), said(after)
    return Change(label, old, new, word_changes(old, new))


def said(value: Any) -> str:
    """A value as somebody reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, (list, tuple)):
        return "\n".join(str(each) for each in value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return f"{date.fromisoformat(value):%-d %B %Y}"
    return str(value)


def word_changes(before: str, after: str) -> list[Piece]:
    """What was taken out and put in: word by word, or as a whole where little stayed."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() < ALIKE:
        return [Piece("old", before), Piece("same", " "), Piece("new", after)]
    pieces: list[Piece] = []
    for act, i1, i2, j1, j2 in compared.get_opcodes():
        if act == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        pieces += [Piece("old", "".join(old[i1:i2]))] if i2 > i1 else []
        pieces += [Piece("new", "".join(new[j1:j2]))] if j2 > j1 else []
    return pieces
