"""Asks every target in turn, round after round, so that whatever else the machine does falls on all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles

from bench.targets import WHOLE, Floor, Portal, Timed

WARM_UP_ROUNDS = 5


@dataclass
class Times:
    """Milliseconds of one site, by request."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, timed: Iterable[Timed]) -> float:
        """Keeps the times; returns their sum."""
        whole = 0.0
        for name, answer in timed:
            self.of[name].append(answer.ms)
            whole += answer.ms
        return whole

    def median(self, name: str) -> float:
        return median(self.of[name])

    def p95(self, name: str) -> float:
        times = self.of[name]
        return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


@dataclass
class Measured:
    """All times of a run."""

    floor: Times = field(default_factory=Times)
    few: Times = field(default_factory=Times)
    many: Times = field(default_factory=Times)


def measure(floor: Floor, few: Portal, many: Portal, *, rounds: int, documents: int) -> Measured:
    """`rounds` of everything after a warm-up; the PDF, which takes long, in `documents` of them."""
    _rounds(Measured(), floor, few, many, rounds=WARM_UP_ROUNDS, documents=1)
    measured = Measured()
    _rounds(measured, floor, few, many, rounds=rounds, documents=documents)
    return measured


def _rounds(
    measured: Measured, floor: Floor, few: Portal, many: Portal, *, rounds: int, documents: int
) -> None:
    sites = [(few, measured.few), (many, measured.many)]
    for turn in range(rounds):
        # Whoever is first finds other caches than whoever is second: they take turns.
        for portal, times in sites if turn % 2 else sites[::-1]:
            measured.floor.note(floor.requests())
            times.of[WHOLE].append(times.note(portal.journey()))
            measured.floor.note(floor.requests())
            times.note(portal.staff())
            if turn < documents:
                times.note(portal.pdf())
