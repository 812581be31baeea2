"""Text that every medium can carry: what XML and PDF forbid is taken out, nothing else is touched."""

from __future__ import annotations

import re
import unicodedata

# XML 1.0 forbids C0 controls (but tab and newline), surrogates and two non-characters;
# PDF/UA-1 forbids the byte order mark as a mapped character.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def carried(text: str) -> str:
    """The text without the characters that no medium may hold."""
    return _FORBIDDEN.sub("", text)


def runs_leftwards(text: str) -> bool:
    """Whether a paragraph begins at the right, as Arabic and Hebrew do: its first letter says so."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False
