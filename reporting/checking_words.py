"""Checking a language phrase by phrase: how each phrase stands, and when the language is checked as a whole."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.db import connection, transaction

from partners import edited
from partners.languages import checked_by_two, digest_of_words
from partners.models import ReferenceKind, ReferenceVersion, User
from reporting.models.phrase_check import LOCK, PhraseCheck, Verdict
from reporting.translating import Phrase, phrases, translations, wanted


class Standing(StrEnum):
    """How a phrase stands; the value stands in addresses."""

    OPEN = "open"
    SECOND = "second"
    BETTER = "better"
    CHECKED = "checked"


class WordsChanged(Exception):
    """Other words are in use by now than those that somebody judged."""


@dataclass
class Checking:
    """One phrase in one language: the words in use, and what people said last of exactly these."""

    phrase: Phrase
    words: list[str]
    people: int
    said: list[PhraseCheck] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        """What stands for the English phrase."""
        return digest([self.phrase.words, self.phrase.plural])

    @cached_property
    def words_key(self) -> str:
        """What stands for the words in use."""
        return digest(self.words)

    @property
    def right_by(self) -> set[int]:
        """Who said that these words are right."""
        return {each.by_id for each in self.said if each.verdict == Verdict.RIGHT}

    @property
    def better(self) -> list[PhraseCheck]:
        """Better words that were given, the newest first."""
        given = [each for each in self.said if each.verdict == Verdict.BETTER]
        return sorted(given, key=lambda each: -each.pk)

    @property
    def standing(self) -> Standing:
        """Better words wait to be taken before anything else counts."""
        if self.better:
            return Standing.BETTER
        if self.words and len(self.right_by) >= self.people:
            return Standing.CHECKED
        return Standing.SECOND if self.right_by else Standing.OPEN


def digest(texts: list[str]) -> str:
    """The same for the same texts, and for no others."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]


def checking(language: str) -> list[Checking]:
    """Every phrase that needs words in a language, those that two people check first, then by where they stand."""
    said = PhraseCheck.objects.filter(language=language).that_count()
    return _checking(language, phrases(), said)


def how_languages_stand(codes: Iterable[str]) -> dict[str, Counter[Standing]]:
    """How many phrases of each language stand how, in one statement."""
    found = phrases()
    said: dict[str, list[PhraseCheck]] = {code: [] for code in codes}
    for each in PhraseCheck.objects.filter(language__in=said).that_count():
        said[each.language].append(each)
    return {
        code: Counter(each.standing for each in _checking(code, found, mine)) for code, mine in said.items()
    }


def _checking(language: str, found: list[Phrase], said: Iterable[PhraseCheck]) -> list[Checking]:
    known, by_two = translations(language), checked_by_two()
    listed = [
        Checking(phrase, _in_use(known, phrase), 2 if phrase.at in by_two else 1)
        for phrase in wanted(language, found)
    ]
    by_key = {(each.key, each.words_key): each for each in listed}
    for each in said:
        if (each.phrase, each.words) in by_key:
            by_key[each.phrase, each.words].said.append(each)
    return sorted(listed, key=lambda each: (-each.people, each.phrase.at))


def _in_use(known: dict, phrase: Phrase) -> list[str]:
    entry = known.get(phrase.words)
    if entry is None:
        return []
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@transaction.atomic
def judge(
    language: str, key: str, words_key: str, better: list[str], *, by: User, now: datetime
) -> PhraseCheck | None:
    """Notes what a person says of a phrase: `better` words, or with none that those in use are right. With the last
    one of a language it is checked, which every process knows within fifteen seconds. Raises WordsChanged."""
    with connection.cursor() as cursor:  # of two who say the last word at once, the second sees the first
        cursor.execute(LOCK, [language])
    about = next((each for each in checking(language) if each.key == key), None)
    if about is None or about.words_key != words_key or not (about.words or better):
        raise WordsChanged
    said = PhraseCheck.say(language, key, words_key, better, by=by, now=now)
    if said:
        _tell_every_process(language, by=by, now=now)
    return said


def _tell_every_process(language: str, *, by: User, now: datetime) -> None:
    is_checked = all(each.standing is Standing.CHECKED for each in checking(language))
    words = digest_of_words(language) if is_checked else ""
    newest = ReferenceVersion.objects.of(ReferenceKind.LANGUAGE, language).first()
    if words != (newest.data["words"] if newest else ""):
        ReferenceVersion.publish(
            edited.LANGUAGE, language, {"words": words}, before=None, seen=None, by=by, now=now
        )
