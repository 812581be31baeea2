"""Codes of six words, or the same as digits: the receipt code, with which a reporter comes back, and the return code,
with which somebody goes on with what they have not sent. Each has keys of its own, so that neither opens what the
other does."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Self
from uuid import UUID

from vault.keys import Key, keyring
from vault.sealing import digest, digests

WORDS_FILE = Path(__file__).parent / "words" / "receipt_words.txt"
WORDS_IN_A_CODE = 6
DIGITS_A_WORD = 4
PURPOSE = "receipt"


class NotACode(Exception):
    """What was typed can't be a receipt code."""


@cache
def word_list() -> tuple[str, ...]:
    """All words of codes; a word's place is its four digits."""
    return tuple(WORDS_FILE.read_text().split())


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(word_list())}


@dataclass(frozen=True)
class Code:
    """One code, as the places of its words in the list."""

    purpose: ClassVar[str]
    places: tuple[int, ...]

    @classmethod
    def of_draft(cls, draft_id: UUID) -> Self:
        """The code that belongs to a draft: the same each time it is asked for, and only with our key."""
        return cls.under(keyring().newest(cls.purpose), draft_id)

    @classmethod
    def under(cls, key: Key, draft_id: UUID) -> Self:
        """The code that belongs to a draft under one of our keys."""
        number = int.from_bytes(key.digest(f"the code of {draft_id}"))
        places = []
        for _turn in range(WORDS_IN_A_CODE):
            number, place = divmod(number, len(word_list()))
            places.append(place)
        return cls(tuple(places))

    @classmethod
    def typed(cls, text: str) -> Self:
        """What somebody typed, as words or digits, in any case and with anything between; raises NotACode."""
        words = re.findall(r"[a-z]+", text.lower()[:400])
        if words:
            return cls._of(_places().get(word, -1) for word in words)
        digits = "".join(re.findall(r"[0-9]", text[:400]))
        return cls._of(int(digits[at : at + DIGITS_A_WORD]) for at in range(0, len(digits), DIGITS_A_WORD))

    @classmethod
    def _of(cls, places: Iterable[int]) -> Self:
        found = tuple(places)
        if len(found) != WORDS_IN_A_CODE or not all(0 <= place < len(word_list()) for place in found):
            raise NotACode
        return cls(found)

    @property
    def words(self) -> str:
        """The six words."""
        return " ".join(word_list()[place] for place in self.places)

    @property
    def digits(self) -> str:
        """The same as six groups of four digits."""
        return " ".join(f"{place:0{DIGITS_A_WORD}}" for place in self.places)

    @property
    def digest(self) -> bytes:
        """What is kept of it."""
        return digest(self.purpose, self.words)

    @property
    def digests(self) -> list[bytes]:
        """What may have been kept of it, under each of our keys, the newest first."""
        return digests(self.purpose, self.words)


class ReceiptCode(Code):
    """The code of the report that a draft becomes: with the reference it shows how the report stands."""

    purpose = PURPOSE

    @classmethod
    def ever_of_draft(cls, draft_id: UUID) -> Iterator[tuple["ReceiptCode", bytes]]:
        """The code that the draft's report may have been given under each of our keys, the newest first, and what was
        kept of it: a report stays found when a new key has come since."""
        for key in keyring().of(PURPOSE):
            code = cls.under(key, draft_id)
            yield code, key.digest(code.words)


class ReturnCode(Code):
    """The code of a draft that somebody saved to go on with later, on whatever device."""

    purpose = "return"

    @classmethod
    def of_nothing(cls) -> "ReturnCode":
        """A code that was never given to anybody, for looking up what can't be a code like any other."""
        return cls((0,) * WORDS_IN_A_CODE)
