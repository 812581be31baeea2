"""Changing the key file: in one step, for its owner alone, and by one process at a time."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from vault.keys import PURPOSES, Entry, Key, MissingKey, new_entry, read_key_file


class UnknownPurpose(Exception):
    """Nothing is sealed for such a purpose."""


def add_key(path: Path, purpose: str, *, seals_from: datetime) -> Key:
    """Adds a key that opens at once and seals from `seals_from` on; raises UnknownPurpose, MissingKey."""
    if purpose not in PURPOSES:
        raise UnknownPurpose(f"{purpose} is no purpose of keys. There are: {', '.join(PURPOSES)}.")
    with _changing(path):
        entry = new_entry(purpose, seals_from=seals_from)
        _rewrite(path, lambda entries: [*entries, entry])
    return read_key_file(path).by_id(entry["id"])


def remove_key(path: Path, key_id: str) -> None:
    """Takes a key out of the file; raises MissingKey when it is not there, or is the last of its purpose."""
    with _changing(path):
        key = read_key_file(path).by_id(key_id)
        if len(read_key_file(path).of(key.purpose)) == 1:
            raise MissingKey(f"{key_id} is the only key for {key.purpose}; it has to stay.")
        _rewrite(path, lambda entries: [entry for entry in entries if entry["id"] != key_id])


def add_missing_keys(path: Path) -> list[str]:
    """Adds a key for each purpose that an older key file does not know, and changes no other; which they were."""
    with _changing(path):
        known = {entry["purpose"] for entry in json.loads(path.read_text())["keys"]}
        missing = [purpose for purpose in PURPOSES if purpose not in known]
        if missing:
            _rewrite(path, lambda entries: [*entries, *map(new_entry, missing)])
    return missing


@contextlib.contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Ours alone for the block. The folder is locked, because the file itself is replaced."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _rewrite(path: Path, change: Callable[[list[Entry]], list[Entry]]) -> None:
    """Replaces the file: whoever reads meanwhile reads the old or the new one, whole; so does who reads after a
    power cut. No copy is left beside it, or a key that was taken out would still lie there."""
    content = json.loads(path.read_text())
    content["keys"] = change(content["keys"])
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_for(path, fresh, json.dumps(content, indent=1))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    _to_disk(path.parent)


def _write_for(owner_of: Path, fresh: Path, text: str) -> None:
    facts = owner_of.stat()
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        # An administrator may change it as root; it stays the portal's own.
        if (facts.st_uid, facts.st_gid) != (os.geteuid(), os.getegid()):
            os.fchown(file.fileno(), facts.st_uid, facts.st_gid)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
