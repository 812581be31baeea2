"""The head of the chain, kept where the database's administrator cannot reach: a file that is only added to.

Without it somebody with all rights in the database could cut the trail off at its end and nobody would know. The file
belongs on another machine (a mounted share that this one may add to and not rewrite).
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from audit.models import TrailCheck
from audit.sealing import last_seal


class UnreadableHeads(Exception):
    """The file of exported heads has a line that we did not write."""


@dataclass(frozen=True)
class Head:
    """How far the trail reached at some time. `is_restored`: from here on it goes on from a backup."""

    seal: int
    events: int
    hash: str
    at: str
    is_restored: bool = False


def export_head(*, now: datetime, is_restored: bool = False) -> Head | None:
    """Adds the head to the file, unless it stands there as the last line; None when nothing is sealed yet."""
    last, at = last_seal(), now.isoformat(timespec="seconds")
    if last is None and not is_restored:
        return None
    head = Head(0, 0, "", at, is_restored)
    if last is not None:
        head = Head(last.number, last.last_event, bytes(last.hash).hex(), at, is_restored)
    path = heads_file()
    if is_restored or _last_exported(path) != (head.seal, head.hash):
        _add_line(path, json.dumps(head.__dict__))
    return head


def _last_exported(path: Path) -> tuple[int, str] | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 1000))
        lines = file.read().splitlines()
    if not lines:
        return None
    last = _head(lines[-1].decode(), path)
    return last.seal, last.hash


def _add_line(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(descriptor)


def heads_file() -> Path:
    """Where heads are exported to (settings.AUDIT_HEADS_FILE)."""
    return Path(settings.AUDIT_HEADS_FILE)


def expected(paths: list[Path]) -> dict[int, Head]:
    """The heads that must be in the trail, by number of seal: those of the files, and those of earlier checks.

    Raises UnreadableHeads, and FileNotFoundError for a file that is not there.
    """
    known: dict[int, Head] = {}
    for check in TrailCheck.objects.filter(is_good=True, seal__gt=0):
        at = check.at.isoformat(timespec="seconds")
        known[check.seal] = Head(check.seal, check.events, bytes(check.hash).hex(), at)
    for path in paths:
        known |= _of_file(path)
    return known


def _of_file(path: Path) -> dict[int, Head]:
    heads: dict[int, Head] = {}
    for head in _lines(path):
        if head.is_restored:
            # What was written after the backup is lost, and was said to be lost.
            heads = {number: each for number, each in heads.items() if number <= head.seal}
        heads.setdefault(head.seal, head)
    return heads


def _lines(path: Path) -> Iterator[Head]:
    with path.open() as file:
        for line in file:
            if line.strip():
                yield _head(line, path)


def _head(line: str, path: Path) -> Head:
    try:
        return Head(**json.loads(line))
    except (ValueError, TypeError):
        raise UnreadableHeads(f"{path} has a line that is no exported head.") from None
