"""Somebody to whom it happened before is known again: rightly, mostly, and at once."""

import json
import os
from collections import defaultdict
from itertools import combinations
from statistics import median, quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from casework.matching import BORN, Sign, Tier, signs, tier_of  # noqa: E402 (what it says needs the portal's models)
from proofs.house import House  # noqa: E402
from proofs.planted_people import Written, planted  # noqa: E402
from proofs.result import Result  # noqa: E402

NAME = "known_again"
PROMISE = (
    "of 10,000 reports with typing slips, spellings of other alphabets and telephones that households share, the pairs"
    " that the portal calls sure are right in 99 of 100, and it finds 80 of 100 pairs of one person; at a million signs"
    " a look-up takes at most 20 milliseconds."
)
HOW = (
    "Invented people tell once to five times; each time somebody else writes them down (`proofs/planted_people.py`)."
    " All pairs that share a sign are compared with the truth, for {seeds} sets of {reports} reports. Then {people}"
    " people are written down in a portal of its own, and {times} of them, drawn by lot, are looked up as the page of a"
    " case does it, over all organisations."
)
FULL = {"seeds": 5, "reports": 10_000, "people": 160_000, "times": 1_000}
SMALL = {"seeds": 1, "reports": 1_000, "people": 300, "times": 50}
MOST_MILLISECONDS = 20.0
Pair = tuple[int, int]


def prove(house: House, *, seeds: int, reports: int, people: int, times: int) -> Result:
    """Compares planted sets with the truth, then looks people up."""
    how = HOW.format(seeds=seeds, reports=f"{reports:,}", people=f"{people:,}", times=f"{times:,}")
    result = Result(NAME, PROMISE, how)
    for seed in range(1, seeds + 1):
        _compare(result, planted(reports, seed=seed), f"set {seed}")
    asked = json.loads(house.python("-m", "proofs.known_again_work", str(people), str(times), "1"))
    took = asked["took"]
    result.note("signs", f"{asked['signs']:,}")
    result.note("found alike, in all look-ups", f"{asked['found']:,}")
    result.note("a look-up, in the middle", f"{median(took):.2f} ms")
    worst = quantiles(took, n=100)[98]
    result.must_not_be_more("milliseconds of a look-up, 99 of 100", worst, than=MOST_MILLISECONDS)
    return result


def _compare(result: Result, written: list[Written], name: str) -> None:
    found, truth = pairs(written), same_people(written)
    sure = {pair for pair, tier in found.items() if tier == Tier.SAME}
    result.must_not_be_less(
        f"{name}: sure pairs that are right, of 1,000", round(1000 * len(sure & truth) / len(sure)), than=990
    )
    result.must_not_be_less(
        f"{name}: pairs of one person that are found, of 1,000",
        round(1000 * len(found.keys() & truth) / len(truth)),
        than=800,
    )


def pairs(written: list[Written]) -> dict[Pair, Tier]:
    """Each pair that shares a sign, and how sure that makes."""
    leaving: defaultdict[Sign, list[int]] = defaultdict(list)
    for place, each in enumerate(written):
        for sign in signs(each.details):
            leaving[sign].append(place)
    both: defaultdict[Pair, set[str]] = defaultdict(set)
    for sign, places in leaving.items():
        if sign.kind != BORN:
            for pair in combinations(places, 2):
                both[pair].add(sign.kind)
    return {pair: tier_of(kinds, born_apart=_are_apart(written, pair)) for pair, kinds in both.items()}


def _are_apart(written: list[Written], pair: Pair) -> bool:
    days = {written[place].details.born for place in pair}
    return len(days) == 2 and None not in days


def same_people(written: list[Written]) -> set[Pair]:
    """The pairs that are one person in truth."""
    of_person: defaultdict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(written):
        of_person[each.person].append(place)
    return {pair for places in of_person.values() for pair in combinations(places, 2)}
