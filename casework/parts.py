"""What of a case may be shared: each part by its code, with words for officers and for the person.

No part is always in: of a share with none of them, the other organisation knows that there is a case, who leads it
and how it stands, and reads no word of anybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WHAT, PERSON, RISK, DONE, SUSPECT = "what", "person", "risk", "done", "suspect"


class UnknownPart(ValueError):
    """There is no part of that name."""


@dataclass(frozen=True)
class Part:
    """One part of a case that a share may hold or leave out."""

    code: str
    # What an officer ticks, and what stands in it.
    name: str
    words: str


PARTS: tuple[Part, ...] = (
    Part(WHAT, "What happened", "What was told, in the person’s own words, with what they sent with it."),
    Part(
        PERSON,
        "Who it happened to",
        "Their name, how to reach them safely, and what was written down of them.",
    ),
    Part(RISK, "Risk", "The answers about risk, the level, and what they ask for."),
    Part(
        DONE,
        "What has been done",
        "What was done on the case and when, without what officers wrote about it.",
    ),
    Part(SUSPECT, "Who is said to have done it", "Names that were given, untested, for those who must know."),
)
ALL_PARTS = frozenset(part.code for part in PARTS)
# What a share or a pack holds whatever was chosen. None: each part is somebody’s decision.
ALWAYS: frozenset[str] = frozenset()
# What is ticked before anybody chooses: a name that was given of somebody else is never ticked for an officer.
PROPOSED = (WHAT, PERSON, RISK)


def in_order(codes: Iterable[str]) -> list[Part]:
    """The parts of these codes in the order in which they are always said; raises UnknownPart."""
    wanted = set(codes)
    if unknown := wanted - ALL_PARTS:
        raise UnknownPart(", ".join(sorted(unknown)))
    return [part for part in PARTS if part.code in wanted]


def in_words(codes: Iterable[str]) -> str:
    """'What happened; risk', or that it is nothing but the case itself."""
    names = [part.name for part in in_order(codes)]
    if not names:
        return "Only that there is a case, and who leads it"
    return "; ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
