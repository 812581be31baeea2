"""Whether two people who were written down apart may be one: what is compared, and how sure that makes.

Nobody's details are compared with anybody's. Each person leaves a few *signs* (a number with a first name, a name with
a day of birth, …), the same person leaves at least one of them twice, and of signs only keyed digests are kept.

Two tiers. SAME: whoever shares it is the same person as good as always. POSSIBLE: please check; names are compared by
how they sound, since people, officers and alphabets spell them differently. A name alone is wrong half the time, and is
no sign at all; nor is a number alone, which a household shares.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import combinations

import jellyfish

from partners.postcodes import parts_of
from vault.keys import Key


class Tier(IntEnum):
    """How sure a shared sign makes; the smaller the surer."""

    SAME = 1
    POSSIBLE = 2


@dataclass(frozen=True)
class Details:
    """What an officer knows of a person; whatever is not known is left empty."""

    given: str = ""
    family: str = ""
    born: date | None = None
    postcode: str = ""
    phone: str = ""
    email: str = ""
    house: str = ""


@dataclass(frozen=True)
class Sign:
    """One thing by which the same person is known again. `kind` is said to officers (`WORDS`), `text` never is. The day
    of birth alone (BORN) makes nobody the same, but two of them make two people. `of` says whose it is,
    where that is not the person to whom it happened: the same of somebody else has another digest, never found among
    theirs."""

    kind: str
    text: str
    of: str = ""

    def digest(self, key: Key) -> bytes:
        """What is kept of it."""
        whose = f"{self.of} " if self.of else ""
        return key.digest(f"{whose}{self.kind}: {self.text}")


BORN = "born"
# The same home makes a household, and nobody the same.
HOME = "home"
# Signs that say nothing of whether two are one.
OF_NOBODY = frozenset({BORN, HOME})
# What makes how sure: the strongest first, as it is said to officers.
TIERS = {
    "name_born": Tier.SAME,
    "phone_born": Tier.SAME,
    "email_born": Tier.SAME,
    "phone": Tier.SAME,
    "email": Tier.SAME,
    "sound_born": Tier.POSSIBLE,
    "born_postcode": Tier.POSSIBLE,
    "name_postcode": Tier.POSSIBLE,  # parent and child may share a name and a home
    "sound_postcode": Tier.POSSIBLE,
    "email_alone": Tier.POSSIBLE,
}
# How a shared sign is explained, after “because of ”.
WORDS = {
    "name_born": "the same name and date of birth",
    "phone_born": "the same telephone number and date of birth",
    "email_born": "the same e-mail address and date of birth",
    "phone": "the same telephone number and first name",
    "email": "the same e-mail address and first name",
    "sound_born": "a name that sounds alike and the same date of birth",
    "born_postcode": "the same date of birth and home postcode",
    "name_postcode": "the same name and home postcode",
    "sound_postcode": "a name that sounds alike and the same home postcode",
    "email_alone": "the same e-mail address",
}
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "imam", "prof"})
# Parts that some spell and some leave out, or write as one with what follows.
PARTICLES = frozenset(
    {"al", "el", "ul", "ur", "bin", "ibn", "bint", "de", "van", "von", "der", "la", "le", "abd", "abu"}
)
# Ways of writing the same sound, before Metaphone, which knows English spelling.
SPELLINGS = (
    ("sch", "sh"),
    ("sz", "s"),
    ("cz", "ch"),
    ("rz", "z"),
    ("dj", "j"),
    ("dz", "z"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("bh", "b"),
    ("ph", "f"),
    ("th", "t"),
    ("zh", "z"),
    ("q", "k"),
    ("w", "v"),
    ("ck", "k"),
    ("x", "ks"),
    ("y", "i"),
    ("j", "i"),
    ("h", ""),
)
SOUND_OF_SH = "\ue000"


def signs(person: Details) -> Iterator[Sign]:
    """All signs that somebody with these details leaves; none twice."""
    seen: set[Sign] = set()
    for sign in _signs(person):
        if sign not in seen:
            seen.add(sign)
            yield sign


def because(kinds: Collection[str]) -> str:
    """The strongest of these kinds in words; '' of none."""
    return next((words for kind, words in WORDS.items() if kind in kinds), "")


def tier_of(kinds: Collection[str], *, born_apart: bool) -> Tier:
    """How sure shared signs of these kinds make. With different days of birth (`born_apart`) somebody may be called
    after a parent, or a day was written down wrongly: that is possible and no more."""
    surest = min(TIERS[kind] for kind in kinds)
    return Tier.POSSIBLE if born_apart else surest


def _signs(person: Details) -> Iterator[Sign]:
    born = person.born.isoformat() if person.born else ""
    postcode = "".join(parts_of(person.postcode) or ())
    if born:
        yield Sign(BORN, born)
    if postcode and (house := re.sub(r"[^a-z0-9]", "", person.house.casefold())):
        yield Sign(HOME, f"{house} {postcode}")
    if born and postcode:
        yield Sign("born_postcode", f"{born} {postcode}")
    if email := person.email.strip().lower():
        yield Sign("email_alone", email)
    yield from _signs_of_contact(person, born)
    yield from _signs_of_name(person, born, postcode)


def _signs_of_contact(person: Details, born: str) -> Iterator[Sign]:
    for kind, value in (("phone", number(person.phone)), ("email", person.email.strip().lower())):
        if not value:
            continue
        for sound in sounds(person.given):
            yield Sign(kind, f"{value} {sound}")
        if born:
            yield Sign(f"{kind}_born", f"{value} {born}")


def _signs_of_name(person: Details, born: str, postcode: str) -> Iterator[Sign]:
    # Given and family names are often written the other way round, so their order does not count.
    written = sorted(folded(f"{person.given} {person.family}"))
    heard = sorted({sound for name in written for sound in sounds(name)})
    if len(written) < 2:
        return
    for kind, value in (("born", born), ("postcode", postcode)):
        if value:
            yield Sign(f"name_{kind}", f"{' '.join(written)} {value}")
            for pair in combinations(heard, 2):
                yield Sign(f"sound_{kind}", f"{' '.join(pair)} {value}")


def folded(name: str) -> list[str]:
    """The parts of a name without accents, capitals, titles and hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L")).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = re.split(r"[^a-z]+", letters.replace("'", "").replace("’", ""))
    return [part for part in parts if part and part not in TITLES]


def sounds(name: str) -> list[str]:
    """How each part of a name sounds, as consonants; parts that are often left out are."""
    parts = folded(name)
    kept = [part for part in parts if part not in PARTICLES and len(part) > 1] or parts
    return [sound for part in kept if (sound := _sound(part))]


def number(phone: str) -> str:
    """A telephone number as digits from the country's own on, however it was written; '' for what is too short."""
    digits = re.sub(r"\D", "", phone)
    national = re.sub(r"^(?:0044|44|0)0?", "", digits)
    return national if len(national) >= 9 else ""


def _sound(part: str) -> str:
    spelled = part.replace("sh", SOUND_OF_SH)
    for written, meant in SPELLINGS:
        spelled = spelled.replace(written, SOUND_OF_SH if meant == "sh" else meant)
    heard = jellyfish.metaphone(spelled.replace(SOUND_OF_SH, "sh"))
    # A first vowel is heard, and written in every way.
    first = "A" if heard[:1] in tuple("AEIOUY") else heard[:1]
    return first + re.sub("[AEIOUY]", "", heard[1:])
