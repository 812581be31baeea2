"""Bringing the translations' files in line with the words: new phrases are added, gone ones set aside, and what the
running portal reads (.mo) is written anew."""

from collections.abc import Iterable
from pathlib import Path

import polib

from partners.languages import known
from reporting.better_words import problem_with, tidy
from reporting.checking_words import Checking, checking
from reporting.translating import Phrase, catalogue_path, folders, phrases, translations, wanted

PARTNERSHIPS, PRODUCTS = 0, 1
# The flag of words that are meant to be the same as in English.
SAME = "same"
# How each language counts, as gettext writes it. A language that is not listed counts like English.
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 "
    "? 4 : 5;",
    "pl": "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;",
    "ro": "nplurals=3; plural=n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2;",
}
TWO = "nplurals=2; plural=n != 1;"


def gather(language: str) -> tuple[int, int]:
    """Brings both files of a language up to date; returns how many phrases there are, and how many have no words."""
    needed = {phrase.words for phrase in wanted(language)} | set(translations(language))
    all_of_it = [phrase for phrase in phrases() if phrase.words in needed]
    missing = 0
    for place, folder in enumerate(folders()):
        mine = [phrase for phrase in all_of_it if phrase.is_ours is (place == PRODUCTS)]
        catalogue = _brought_in_line(catalogue_path(folder, language), language, mine)
        missing += len(catalogue.untranslated_entries())
    return len(all_of_it), missing


def take(language: str) -> tuple[list[str], list[str]]:
    """Puts the better words that people gave into both files of a language, of several for a phrase the newest; they
    are to be checked anew. Returns the phrases taken, and those whose words no longer fit the English."""
    given = [each for each in checking(language) if each.better]
    fits = [each for each in given if not problem_with(_better(each, language), each.phrase)]
    for place, folder in enumerate(folders()):
        mine = {each.phrase.words: each for each in fits if each.phrase.is_ours is (place == PRODUCTS)}
        if mine:
            _write(catalogue_path(folder, language), language, mine)
    return [each.phrase.words for each in fits], [each.phrase.words for each in given if each not in fits]


def _better(about: Checking, language: str) -> list[str]:
    return [tidy(text, known()[language]) for text in about.better[0].better]


def _write(path: Path, language: str, mine: dict[str, Checking]) -> None:
    catalogue = _opened(path, language)
    for entry in catalogue:
        if entry.msgid in mine and not entry.obsolete:
            texts = _better(mine[entry.msgid], language)
            if entry.msgid_plural:
                entry.msgstr_plural = dict(enumerate(texts))
            else:
                entry.msgstr = texts[0]
            # Somebody meant it so: the same words as in English.
            entry.flags = [flag for flag in entry.flags if flag != SAME]
            entry.flags += [SAME] if entry.msgid in texts else []
    _save(catalogue, path)


def _save(catalogue: polib.POFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def _brought_in_line(path: Path, language: str, mine: Iterable[Phrase]) -> polib.POFile:
    catalogue = _opened(path, language)
    before = {entry.msgid: entry for entry in catalogue}
    for entry in before.values():
        entry.obsolete = True
    for phrase in mine:
        entry = before.get(phrase.words)
        if entry is None:
            entry = polib.POEntry(msgid=phrase.words)
            catalogue.append(entry)
        entry.obsolete = False
        _describe(entry, phrase, catalogue)
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.comment, entry.msgid))
    for entry in [entry for entry in catalogue if entry.obsolete and not entry.msgstr]:
        catalogue.remove(entry)
    _save(catalogue, path)
    return catalogue


def _describe(entry: polib.POEntry, phrase: Phrase, catalogue: polib.POFile) -> None:
    entry.comment = phrase.at
    if phrase.plural and not entry.msgid_plural:
        entry.msgid_plural = phrase.plural
        entry.msgstr_plural = dict.fromkeys(range(_ways_to_count(catalogue)), "")


def _ways_to_count(catalogue: polib.POFile) -> int:
    return int(catalogue.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])


def _opened(path: Path, language: str) -> polib.POFile:
    if path.is_file():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS.get(language, TWO),
    }
    return catalogue
