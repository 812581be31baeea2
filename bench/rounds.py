"""Asks every target in turn, round after round, so that whatever else the machine does falls on all of them."""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles

from bench.targets import WHOLE, Floor, Portal, Timed


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


@dataclass(frozen=True)
class Effort:
    """How often is asked: the pages that take long in some of the rounds, and no round begun after `seconds`."""

    rounds: int
    plans_every: int
    documents: int
    seconds: float

    @property
    def warm_up(self) -> "Effort":
        """A few rounds whose times are thrown away, the long pages among them."""
        return Effort(rounds=min(5, 1 + self.rounds // 10), plans_every=2, documents=1, seconds=60)


def measure(floor: Floor, few: Portal, many: Portal, effort: Effort) -> Measured:
    """Everything, after a warm-up."""
    _rounds(Measured(), floor, few, many, effort.warm_up)
    measured = Measured()
    _rounds(measured, floor, few, many, effort)
    return measured


def _rounds(measured: Measured, floor: Floor, few: Portal, many: Portal, effort: Effort) -> None:
    sites = [(few, measured.few), (many, measured.many)]
    deadline = time.monotonic() + effort.seconds
    for turn in range(effort.rounds):
        if turn and time.monotonic() > deadline:
            return
        # Whoever is first finds other caches than whoever is second: they take turns.
        for portal, times in sites if turn % 2 else sites[::-1]:
            measured.floor.note(floor.requests())
            times.of[WHOLE].append(times.note(portal.journey()))
            measured.floor.note(floor.requests())
            times.note(portal.lists())
            if turn % effort.plans_every == 0:
                times.note(portal.plans())
            if turn < effort.documents:
                times.note(portal.pdf())
