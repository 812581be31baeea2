"""What the parts of the journeys tell each other: no page was left out by all of them together."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys import pages
from tests.journeys.parts import PARTS

ByLanguage = defaultdict[str, set[str]]
BY_LANGUAGE = ("shown", "forms", "wrong", "said", "asked")


@dataclass
class Seen:
    """What was open before somebody's eyes, as in pages.py; `whole` if every journey went its whole way."""

    whole: bool = True
    seen: set[str] = field(default_factory=set)
    shown: ByLanguage = field(default_factory=lambda: defaultdict(set))
    forms: ByLanguage = field(default_factory=lambda: defaultdict(set))
    wrong: ByLanguage = field(default_factory=lambda: defaultdict(set))
    said: ByLanguage = field(default_factory=lambda: defaultdict(set))
    asked: ByLanguage = field(default_factory=lambda: defaultdict(set))

    def add(self, note: Path) -> None:
        told = json.loads(note.read_text())
        self.whole &= told["whole"]
        self.seen.update(told["seen"])
        for name in BY_LANGUAGE:
            for language, words in told[name].items():
                getattr(self, name)[language].update(words)


def tell(place: Path, part: str, *, whole: bool) -> None:
    """Leaves a note of what this process saw, whole from the moment that it can be found."""
    told = {
        name: {each: sorted(all_) for each, all_ in getattr(pages, name.upper()).items()}
        for name in BY_LANGUAGE
    }
    unfinished = place / f"journeys {part}.unfinished"
    unfinished.write_text(json.dumps({"whole": whole, "seen": sorted(pages.SEEN), **told}))
    unfinished.rename(_note(place, part))


def told_by_all(place: Path) -> Seen | None:
    """What all parts saw together; nothing while one of them is under way."""
    notes = [_note(place, part) for part in PARTS]
    if not all(note.exists() for note in notes):
        return None
    together = Seen()
    for note in notes:
        together.add(note)
    return together


def _note(place: Path, part: str) -> Path:
    return place / f"journeys {part}.json"
