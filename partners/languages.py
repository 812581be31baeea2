"""The languages in which the public's pages can be read, as the partnership's folder lists them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as stands_for
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, to_locale

from partners import edited
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
        """Whether people have read all of it: as the list says, or on our pages exactly the words in use."""
        return bool(self.checked_by) or _is_checked_on_our_pages(self.code)

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


def checked_by_two() -> frozenset[str]:
    """Where phrases stand that two people have to check: danger, safety, and who may see what."""
    return _read(Path(settings.PARTNERSHIP_DIR))[2]


def digest_of_words(code: str) -> str:
    """What stands for all the words of a language, as its files say them now."""
    said = hashlib.sha256()
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.mo"
        said.update(path.read_bytes() if path.is_file() else b"")
        said.update(b"|")
    return said.hexdigest()[:32]


def _is_checked_on_our_pages(code: str) -> bool:
    said = edited.snapshot().newest.get((edited.LANGUAGE, code))
    return said is not None and said["words"] == _digest_in_use(code, tuple(settings.LOCALE_PATHS))


@cache
def _digest_in_use(code: str, _folders: tuple[Path, ...]) -> str:
    """Kept for as long as the process keeps the words themselves."""
    return digest_of_words(code)


@edited.until_edited
def _offered(folder: Path, is_demo: bool) -> dict[str, Language]:
    listed, unchecked, _ = _read(folder)
    drafts = unchecked == EVERYWHERE or (unchecked == DEMO and is_demo)
    return {code: language for code, language in listed.items() if language.is_checked or drafts}


@cache
def _read(folder: Path) -> tuple[dict[str, Language], str, frozenset[str]]:
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
    for code in listed:  # before anybody can write other files beside a process that keeps these
        _digest_in_use(code, tuple(settings.LOCALE_PATHS))
    return listed, said["unchecked"], frozenset(said.get("checked_by_two", ()))
