"""Memory of one process for what was rendered, as much of it as fits."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock


@dataclass
class Store:
    """What was made last, as much of it as fits; the longest unused goes first."""

    most: int
    size: int = 0
    kept: OrderedDict[Hashable, tuple[str, ...]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable) -> tuple[str, ...] | None:
        """The pieces kept under a key."""
        with self.lock:
            found = self.kept.get(key)
            if found is not None:
                self.kept.move_to_end(key)
            return found

    def put(self, key: Hashable, pieces: tuple[str, ...]) -> None:
        """Keeps them, and lets go of what was asked for least lately."""
        with self.lock:
            self.size -= sum(map(len, self.kept.pop(key, ())))
            self.kept[key] = pieces
            self.size += sum(map(len, pieces))
            while self.size > self.most:
                _, gone = self.kept.popitem(last=False)
                self.size -= sum(map(len, gone))

    def clear(self) -> None:
        """Empties it."""
        with self.lock:
            self.kept.clear()
            self.size = 0
