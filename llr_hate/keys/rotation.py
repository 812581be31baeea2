"""Sealing everything anew under the newest keys, in small steps, while the portal runs.

Nothing is remembered between steps: what is still to do is what rows say of themselves. So it may be killed at any
moment and begun again, and doing it twice does nothing twice.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from llr_hate.keys.places import Place
from scope.context import worker_scope
from vault.keys import Key, keyring

Say = Callable[[str], None]
ROWS_A_STEP = 200
# Rows that others were writing are tried again; if they are busy time after time, the next run finds them.
PASSES = 20
PAUSE_SECONDS = 0.5


@dataclass
class Rotated:
    """What one run did in one place."""

    place: str
    key: Key
    done: int = 0
    left: int = 0
    unreadable: list[str] = field(default_factory=list)


class Progress:
    """Says how far it is, at most once a second."""

    def __init__(self, what: str, total: int, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._total, self._say, self._clock = what, total, say, clock
        self._begun = self._said = clock()
        self.done = 0

    def add(self, count: int) -> None:
        self.done += count
        now = self._clock()
        if now - self._said >= 1:
            self._said = now
            self._say(self._line(now - self._begun))

    def _line(self, seconds: float) -> str:
        a_second = self.done / seconds
        left = max(0, self._total - self.done)
        about = f", about {left / a_second:,.0f} s left" if a_second else ""
        return f"{self._what}: {self.done:,} of {self._total:,}, {a_second:,.0f} a second{about}"


def rotate(
    places: Sequence[Place], *, say: Say, step: int = ROWS_A_STEP, pause_seconds: float = PAUSE_SECONDS
) -> list[Rotated]:
    """Seals every row of these places under the newest key of its purpose that seals already."""
    return [_rotate(place, say, step, pause_seconds) for place in places]


def _rotate(place: Place, say: Say, step: int, pause_seconds: float) -> Rotated:
    key = keyring().newest(place.purpose)
    found = Rotated(place.name, key)
    with worker_scope():
        found.left = place.count_waiting_for(key)
    progress = Progress(place.name, found.left, say)
    for turn in range(PASSES):
        if found.left <= len(found.unreadable):
            break
        if turn:
            time.sleep(pause_seconds)
        found.unreadable = _walk(place, key, progress, step)
        with worker_scope():
            found.left = place.count_waiting_for(key)
    found.done = progress.done
    return found


def _walk(place: Place, key: Key, progress: Progress, step: int) -> list[str]:
    """Once through the table, by primary key, a transaction a step; gives what could not be opened."""
    after, unreadable = None, []
    while True:
        with worker_scope():
            batch = place.reseal_some(key, after=after, at_most=step)
        unreadable += batch.unreadable
        if batch.last is None:
            return unreadable
        after = batch.last
        progress.add(batch.done)
