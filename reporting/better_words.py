"""What words of a translation must have in common with the English ones before anybody may put them in their place."""

import re

from partners.languages import Language
from reporting.translating import Phrase

GAP = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|%[sd%]|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")
NUMBER = re.compile(r"\d[\d\u00a0 ]+\d")
# What turns the direction of letters round unseen, and what our own pages use for their gaps.
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")
SPLIT_NUMBER = re.compile(r"(?<=\d) (?=\d)")
MOST = 4_000


def tidy(text: str, language: Language) -> str:
    """As it goes into the catalogue: lines as ours, and from right to left no number that can be turned round."""
    lines = text.replace("\r\n", "\n").strip()
    return SPLIT_NUMBER.sub("\u00a0", lines) if language.right_to_left else lines


def problem_with(texts: list[str], phrase: Phrase) -> str:
    """What is wrong with these words, in a sentence for who gave them; '' where nothing is."""
    if not all(texts):
        return "Write the better words" if len(texts) == 1 else "Write the words for each way to count"
    return next(filter(None, (_problem(text, phrase) for text in texts)), "")


def _problem(text: str, phrase: Phrase) -> str:
    if len(text) > MOST:
        return f"Write at most {MOST:,} letters"
    if HIDDEN.search(text):
        return "There is a sign in these words that nobody can see. Type them anew instead of copying them"
    return _gaps(text, phrase) or _tags(text, phrase) or _numbers(text, phrase)


def _gaps(text: str, phrase: Phrase) -> str:
    found, needed = set(GAP.findall(text)), set(GAP.findall(phrase.words))
    # A way to count may say the number as a word.
    allowed = needed | set(GAP.findall(phrase.plural))
    missing = set() if phrase.plural else needed - found
    if missing:
        return f"Keep {_listed(missing)} in the words as it is: something is put in there"
    if found - allowed:
        return f"Take out {_listed(found - allowed)}: the English has no such sign"
    return ""


def _tags(text: str, phrase: Phrase) -> str:
    """The words stand in a page as they are, so that nothing may come into it that the English has not."""
    left, english = TAG.sub("", text), TAG.sub("", phrase.words)
    if sorted(TAG.findall(text)) != sorted(TAG.findall(phrase.words)) or set("<>") & set(left):
        tags = sorted(set(TAG.findall(phrase.words)))
        return f"Keep {_listed(set(tags))} as in the English" if tags else "Take out the signs < and >"
    if '"' in left and '"' not in english:
        return "Use the quotation marks of the language instead of the straight ones"
    return ""


def _numbers(text: str, phrase: Phrase) -> str:
    lost = _long_numbers(phrase.words) - _long_numbers(text)
    return f"Keep the number {', '.join(sorted(lost))} as it is" if lost and not phrase.plural else ""


def _long_numbers(text: str) -> set[str]:
    found = (re.sub(r"\D", "", each) for each in NUMBER.findall(TAG.sub("", text)))
    return {number for number in found if len(number) >= 3} - {"000", "100"}


def _listed(signs: set[str]) -> str:
    return " and ".join(sorted(signs))
