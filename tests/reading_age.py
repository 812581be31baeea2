"""How old somebody has to be to read a page: the Flesch-Kincaid grade of its visible words, and five years.

Sentences are those of headings, paragraphs, questions, hints and long choices; pieces of less than four words are no
sentences and would flatter a page, so they do not count. Syllables are the larger of two counts: where a word may be
divided (Pyphen), and its groups of vowels. Names that can't be said otherwise count as one syllable.
"""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from pyphen import Pyphen

LEAST_WORDS = 4
# What cannot be put in other words, and why it does not count against a page.
NAMES = {
    "the place": "leicester leicestershire rutland charnwood harborough hinckley bosworth oadby wigston melton blaby",
    "who helps": "samaritans childline nhs stop hate uk victim support bbc british transport police",
    "what people look for by its name": "transgender religion belief disability sexual orientation identity",
    "how one is reached": "email address reference online pdf json interpreter",
}
KNOWN_WORDS = frozenset(" ".join(NAMES.values()).split())
# Where one piece of text ends and another begins.
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside br button caption dd details div dl dt fieldset figcaption footer form h1 h2 h3 h4"
        " header label legend li main nav ol option p section summary table td th tr ul",
    )
)
SILENT = frozenset(re.findall(r"\w+", "script style svg select textarea title head"))
NOT_OURS = {"receipt__value", "words"}
WORD = re.compile(r"[a-z]+(?:[’'-][a-z]+)*", re.IGNORECASE)
_divided = Pyphen(lang="en_US")


@dataclass(frozen=True)
class Reading:
    """The age, how many words it was measured on, and the hardest sentences for whoever has to find other words."""

    age: float
    words: int
    hardest: list[tuple[float, str]]


class _Visible(HTMLParser):
    """The text inside <main>, a piece a block. What a person typed and the words of a code are not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = [""]
        self.silent = 0
        self.in_main = False
        self.not_ours = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main |= tag == "main"
        self.silent += tag in SILENT
        if not self.not_ours and NOT_OURS & set((dict(attrs).get("class") or "").split()):
            self.not_ours = tag
        if tag in BLOCKS:
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_main &= tag != "main"
        self.silent -= tag in SILENT
        self.not_ours = "" if tag == self.not_ours else self.not_ours
        if tag in BLOCKS:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if self.in_main and not self.silent and not self.not_ours:
            self.pieces[-1] += data


def sentences_of(page: str) -> list[str]:
    """The sentences that somebody reads on a page."""
    visible = _Visible()
    visible.feed(page)
    found = []
    for piece in visible.pieces:
        found += re.split(r"(?<=[.!?:])\s+", " ".join(piece.split()))
    return [sentence for sentence in found if len(WORD.findall(sentence)) >= LEAST_WORDS]


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, rather too many than too few."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if plain in KNOWN_WORDS:
        return 1
    groups = len(re.findall(r"[aeiouy]+", plain))
    if (
        plain.endswith(("e", "es", "ed"))
        and not plain.endswith(("le", "ted", "ded", "ses", "ces", "ges"))
        and groups > 1
    ):
        groups -= 1
    return max(1, groups, len(_divided.positions(plain)) + 1)


def _grade(words: int, sentences: int, parts: int) -> float:
    return 0.39 * words / sentences + 11.8 * parts / words - 15.59


def reading_of(page: str) -> Reading:
    """The reading of a page of HTML."""
    counted = [(sentence, WORD.findall(sentence)) for sentence in dict.fromkeys(sentences_of(page))]
    if not counted:
        return Reading(0, 0, [])
    words = [word for _sentence, found in counted for word in found]
    age = _grade(len(words), len(counted), sum(map(syllables, words))) + 5
    each = [(_grade(len(found), 1, sum(map(syllables, found))) + 5, sentence) for sentence, found in counted]
    return Reading(age, len(words), sorted(each, reverse=True)[:5])
