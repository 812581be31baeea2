"""Invented people who were written down several times, by different hands: a set of which the truth is known.

Mistakes are made as people make them, and by no rule that the portal knows of: keys beside the right one, letters left
out or swapped, names as other alphabets and registries spell them, given and family name the other way round, day and
month swapped, people who moved or have a new number, brothers and sisters at one address with one telephone, and
strangers who share a name, or a name and a street.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casework.matching import Details

# One line a name, as different hands write it.
GIVEN = (
    "Mohammed Muhammad Mohamed Mohammad",
    "Aisha Ayesha Aysha Aishah",
    "Fatima Fatema Fatimah",
    "Yusuf Yousef Youssef Yusif",
    "Zainab Zaynab Zeinab",
    "Qasim Kasim Qassim",
    "Rashid Rasheed Rashed",
    "Khadija Khadijah Khadeeja",
    "Gurpreet Gurprit",
    "Jaswinder Jasvinder",
    "Harjit Harjeet",
    "Manpreet Manprit",
    "Priya Pria",
    "Dipak Deepak",
    "Nilesh Neelesh",
    "Jyoti Joti",
    "Piotr Piotrek",
    "Tomasz Tomas",
    "Agnieszka Agneska",
    "Katarzyna Katarzina",
    "Szymon Simon",
    "Mihai Mihail",
    "Ștefan Stefan",
    "Ioana Joana",
    "Oleksandr Aleksandr Oleksander",
    "Natalia Nataliya",
    "Steven Stephen",
    "Catherine Katherine Kathryn",
    "Jonathan Jonathon",
    "Sara Sarah",
    "Clare Claire",
    "Geoffrey Jeffrey",
    "Owen",
    "Grace",
    "Daniel",
    "Chidi",
    "Abena",
    "Kwame",
    "Thandiwe",
    "Tendai",
)
FAMILY = (
    "Hussain Hussein Husain",
    "Khan",
    "Ahmed Ahmad",
    "Begum Begam",
    "Chaudhry Choudhury Chaudhary",
    "Sheikh Shaikh Shaykh",
    "Iqbal",
    "Osman Usman",
    "Malik",
    "Singh",
    "Kaur",
    "Patel",
    "Mistry Mistri",
    "Solanki",
    "Joshi Joshy",
    "Desai",
    "Kowalski Kowalsky",
    "Wójcik Wojcik",
    "Nowak",
    "Zieliński Zielinski",
    "Popescu Popesku",
    "Ionescu Ionesku",
    "Melnyk Melnik",
    "Shevchenko Szewczenko",
    "Smith Smyth",
    "Brown Browne",
    "Clarke Clark",
    "Thompson Thomson",
    "Taylor",
    "Okafor Okafour",
    "Mensah Mensa",
    "Moyo",
    "Ndlovu",
    "Achebe",
    "Fernandes Fernandez",
    "Reynolds",
    "Underhill",
    "Wainwright",
    "Larkspur",
    "Ashdown",
)
BESIDE = {"a": "s", "e": "r", "i": "o", "o": "i", "n": "m", "m": "n", "s": "a", "t": "y", "r": "t", "l": "k"}
# As many as there are postcodes in Leicester, Leicestershire and Rutland, roughly.
STREETS = tuple(
    f"LE{district} {sector}{first}{second}"
    for district in range(1, 20)
    for sector in range(1, 10)
    for first in "ABDEFGHJLN"
    for second in "ABDEFGHJLNPQ"
)
FIRST_DAY, DAYS = date(1945, 1, 1), 23_000


@dataclass(frozen=True)
class Written:
    """One report's person: who it truly is, and what was written down."""

    person: int
    details: Details


def planted(reports: int, *, seed: int) -> list[Written]:
    """So many reports; a third of the people told us more than once."""
    lots = random.Random(seed)
    written: list[Written] = []
    people = _people(lots)
    while len(written) < reports:
        number, (names, truth) = next(people)
        times = lots.choices((1, 2, 3, 5), (66, 20, 10, 4))[0]
        now = truth
        for _ in range(min(times, reports - len(written))):
            now = _later(now, lots)
            written.append(Written(number, _as_written(names, now, lots)))
    return written


Names = tuple[Sequence[str], Sequence[str]]


def _people(lots: random.Random):  # type: ignore[no-untyped-def]
    """Households of one to five, for ever: (number, (how the names are spelled, the truth))."""
    number = 0
    while True:
        family = lots.choice(FAMILY).split()
        home, shared = lots.choice(STREETS), _phone(lots)
        of_house = lots.sample(GIVEN, 5)
        for which in range(lots.choices((1, 2, 3, 5), (60, 20, 12, 8))[0]):
            # Now and then somebody is called after somebody they live with.
            given = (of_house[0] if which and lots.random() < 0.03 else of_house[which]).split()
            own_family = family if lots.random() < 0.8 else lots.choice(FAMILY).split()
            phone = shared if lots.random() < 0.5 else _phone(lots)
            email = f"{given[0]}.{own_family[0]}{lots.randrange(100_000)}@mail.example".lower()
            born = FIRST_DAY + timedelta(lots.randrange(DAYS))
            truth = Details(given[0], own_family[0], born, home, phone, email)
            yield number, ((given, own_family), truth)
            number += 1


def _later(truth: Details, lots: random.Random) -> Details:
    """As it is when they tell us again: some have moved, or have another number or address."""
    if lots.random() < 0.06:
        truth = replace(truth, postcode=lots.choice(STREETS))
    if lots.random() < 0.08:
        truth = replace(truth, phone=_phone(lots))
    if lots.random() < 0.05:
        truth = replace(truth, email=f"{truth.given}{lots.randrange(100_000)}@post.example".lower())
    return truth


def _as_written(names: Names, truth: Details, lots: random.Random) -> Details:
    """As one officer wrote it down: with what the person did not say, and slips."""
    given, family = (lots.choice(list(each)) if lots.random() < 0.35 else each[0] for each in names)
    given, family = (_slip(each, lots) if lots.random() < 0.05 else each for each in (given, family))
    if lots.random() < 0.03:
        given, family = family, given
    return Details(
        given=given if lots.random() < 0.98 else "",
        family=family if lots.random() < 0.97 else "",
        born=_born(truth.born, lots) if lots.random() < 0.72 else None,
        postcode=_spaced(truth.postcode, lots) if lots.random() < 0.82 else "",
        phone=_dialled(truth.phone, lots) if lots.random() < 0.68 else "",
        email=truth.email if lots.random() < 0.35 else "",
    )


def _born(born: date | None, lots: random.Random) -> date | None:
    if born and born.day <= 12 and lots.random() < 0.02:
        return born.replace(month=born.day, day=min(born.month, 28))
    if born and lots.random() < 0.02:
        return born + timedelta(lots.choice((-10, -1, 1, 10, 365)))
    return born


def _slip(name: str, lots: random.Random) -> str:
    """One letter left out, doubled, swapped with the next or hit beside."""
    at = lots.randrange(1, len(name))
    kind = lots.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at - 1] + name[at:]
    if kind == 2 and at + 1 < len(name):
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + BESIDE.get(name[at], "e") + name[at + 1 :]


def _phone(lots: random.Random) -> str:
    """A number from the range that is kept for drama."""
    return f"07700 9{lots.randrange(100_000):05}"


def _dialled(phone: str, lots: random.Random) -> str:
    return lots.choice(
        (phone, phone.replace(" ", ""), "+44 " + phone[1:], "0044" + phone[1:].replace(" ", ""))
    )


def _spaced(postcode: str, lots: random.Random) -> str:
    return lots.choice((postcode, postcode.replace(" ", ""), postcode.lower()))
