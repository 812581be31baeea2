"""The languages in which the public's pages can be read, as the partnership's folder lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as stands_for
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from partners.data import PartnershipDataError, entries, field, read_toml

FILE = "languages.toml"
NOWHERE, DEMO, EVERYWHERE = "nowhere", "demo", "everywhere"
LATIN = "Latn"
# In the browser until it is closed: only the code, and nothing where English is read.
COOKIE = f"{settings.HOST_ONLY}llr_language"


@dataclass(frozen=True)
class Language:
    """One language. `name` is what it is called in English, `script` that of its letters (ISO 15924).

    A variety of English, such as Easy Read, has more: `lang`, the language that screen readers are told; `words_at`,
    the questions, pages and files whose phrases need words of its own, where all others stay as they are in English;
    and `pictures`, the one that stands beside the heading of each page. Every other language needs words for all.
    """

    code: str
    name: str
    own_name: str
    script: str
    right_to_left: bool
    checked_by: str
    checked_on: date | None
    lang: str
    words_at: frozenset[str] = frozenset()
    pictures: Mapping[str, str] = stands_for(default_factory=dict)

    @property
    def is_easy(self) -> bool:
        """Whether it is made for people who find reading hard: a picture on each page, and large type on paper."""
        return bool(self.pictures)

    def needs_words_at(self, place: str) -> bool:
        """Whether a phrase that stands there has to be said in words of its own."""
        return not self.words_at or place in self.words_at

    @property
    def is_checked(self) -> bool:
        """Whether a person has read all of it."""
        return bool(self.checked_by)

    @property
    def is_latin(self) -> bool:
        """Whether who reads it reads the letters that codes and references are made of."""
        return self.script == LATIN


def known() -> dict[str, Language]:
    """Every language of the folder's list, by its code; the portal's own first."""
    return _read(Path(settings.PARTNERSHIP_DIR))[0]


def offered() -> dict[str, Language]:
    """Those that the public may choose here and now, by their codes."""
    return _offered(Path(settings.PARTNERSHIP_DIR), settings.IS_DEMO)


def language_now() -> Language:
    """The language of the page that is being made; the portal's own where it is none of the list."""
    listed = known()
    return listed.get(get_language() or "") or listed[settings.LANGUAGE_CODE]


def name_of_language(code: str) -> str:
    """What a language is called in English; its code where it has left the list."""
    return known()[code].name if code in known() else code


@cache
def _offered(folder: Path, is_demo: bool) -> dict[str, Language]:
    listed, unchecked = _read(folder)
    drafts = unchecked == EVERYWHERE or (unchecked == DEMO and is_demo)
    return {code: language for code, language in listed.items() if language.is_checked or drafts}


@cache
def _read(folder: Path) -> tuple[dict[str, Language], str]:
    said = read_toml(folder, FILE)
    listed = {
        entry["code"]: Language(
            **{
                name: field(entry, name, file=FILE)
                for name in ("code", "name", "own_name", "script", "right_to_left", "checked_by")
            },
            checked_on=entry.get("checked_on"),
            lang=entry.get("lang", entry["code"]),
            words_at=frozenset(entry.get("words_at", ())),
            pictures=entry.get("pictures", {}),
        )
        for entry in entries(said, "languages", file=FILE)
    }
    if next(iter(listed)) != settings.LANGUAGE_CODE:
        raise PartnershipDataError(f"{FILE}: the first language has to be {settings.LANGUAGE_CODE}.")
    if said.get("unchecked") not in (NOWHERE, DEMO, EVERYWHERE):
        raise PartnershipDataError(f"{FILE}: unchecked has to be {NOWHERE!r}, {DEMO!r} or {EVERYWHERE!r}.")
    return listed, said["unchecked"]
