"""Covering what is about somebody else: passages, names that are proposed, and the text without what is covered.

Pure: it opens and asks nothing. What is covered is cut out of the text here, before any page or file is made of it, so
that nothing lies under a black bar.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

SHORTEST_NAME = 3


class Why(StrEnum):
    """Why something is covered."""

    OTHER = "other"
    SUSPECT = "suspect"
    STAFF = "staff"
    HARM = "harm"
    LEGAL = "legal"


WORDS = {
    Why.OTHER: "about somebody else",
    Why.SUSPECT: "about who is said to have done it",
    Why.STAFF: "name of a member of staff",
    Why.HARM: "could put somebody at risk",
    Why.LEGAL: "legal advice, or would harm an investigation",
}


@dataclass(frozen=True)
class Passage:
    """A piece of text, under the line that says what it is."""

    section: str
    label: str
    text: str

    def as_data(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Cover:
    """What is covered in one passage: words wherever they stand in it, or all of it."""

    words: dict[str, Why] = field(default_factory=dict)
    whole: Why | None = None

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Cover":
        words = {word: Why(why) for word, why in data["words"].items()}
        return cls(words, Why(data["whole"]) if data["whole"] else None)

    def as_data(self) -> dict[str, Any]:
        return {"words": dict(self.words), "whole": self.whole}

    def __bool__(self) -> bool:
        return bool(self.words or self.whole)


@dataclass(frozen=True)
class Piece:
    """A run of text that is shown, or of which only the reason is."""

    text: str
    why: Why | None = None

    @property
    def in_words(self) -> str:
        """What is read instead of it: never the text that is covered."""
        return f"[covered: {WORDS[self.why]}]" if self.why else self.text


def pieces(text: str, cover: Cover) -> list[Piece]:
    """The text in runs, shown and covered in turn. Longer words go first, and case does not matter."""
    if cover.whole:
        return [Piece(text, cover.whole)] if text else []
    found = [word for word in sorted(cover.words, key=len, reverse=True) if word.strip()]
    if not found:
        return [Piece(text)] if text else []
    by_word = {word.casefold(): why for word, why in cover.words.items()}
    made, last = [], 0
    for match in re.finditer("|".join(map(_anywhere, found)), text, re.IGNORECASE):
        made += [Piece(text[last : match.start()])] if match.start() > last else []
        made.append(Piece(match[0], by_word.get(_spaced(match[0]).casefold(), next(iter(by_word.values())))))
        last = match.end()
    return made + ([Piece(text[last:])] if last < len(text) else [])


def without_covered(text: str, cover: Cover) -> str:
    """What is left to read."""
    return "".join(piece.in_words for piece in pieces(text, cover))


def how_many(text: str, cover: Cover) -> int:
    """In how many places something is covered."""
    return sum(1 for piece in pieces(text, cover) if piece.why)


def propose(text: str, names: Iterable[tuple[str, Why]]) -> Cover:
    """Covers the names, and each part of a name by itself, where they stand as words of their own."""
    words: dict[str, Why] = {}
    for name, why in names:
        for part in dict.fromkeys((" ".join(name.split()), *name.split())):
            if len(part) >= SHORTEST_NAME and re.search(_anywhere(part), text, re.IGNORECASE):
                words.setdefault(part, why)
    return Cover(words)


def _anywhere(word: str) -> str:
    """The word by itself and not within another, with whatever spaces it was written."""
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    return rf"(?<!\w){spaced}(?!\w)"


def _spaced(text: str) -> str:
    return " ".join(text.split())
