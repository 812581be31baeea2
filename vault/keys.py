"""The keyring: keys live in a file outside the database, each with an id and one purpose.

Purposes: `wrap` encrypts the data keys of reports; `draft` encrypts unfinished answers; `receipt`, `return` and `link`
make keyed digests (HMAC-SHA-256) of receipt codes, of the codes of unfinished answers, and of links; `match` those of
the signs by which a person is known again; `audit` those of the trail, and its old keys are kept as long as the trail.
The newest key of a purpose seals; older ones still open.

A key that is added says from when it seals. Until then every process only opens with it: so all have read it before
the first one seals, and none meets a value that it can't open.
"""

import base64
import hmac
import json
import logging
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from vault.cipher import seal, unseal

log = logging.getLogger("llr.vault")

PURPOSES = ("wrap", "draft", "receipt", "return", "link", "match", "audit")
# How old a process's view of the key file may be. A new key's notice must be longer.
LOOK_EVERY_SECONDS = float(os.environ.get("LLR_KEYS_LOOK_EVERY_SECONDS", "2"))

Entry = dict[str, Any]


class MissingKey(Exception):
    """A key that something was sealed with is not in the keyring."""


@dataclass(frozen=True)
class Key:
    """One key: `secret` is 32 bytes. Without `seals_from` it has sealed since its file was made."""

    id: str
    purpose: str
    secret: bytes = field(repr=False)
    seals_from: datetime | None = None

    def seals_at(self, moment: datetime) -> bool:
        """Whether it may seal at this moment; it opens at all times."""
        return self.seals_from is None or self.seals_from <= moment

    def seal(self, place: str, text: bytes) -> bytes:
        return seal(self.secret, place, text)

    def unseal(self, place: str, sealed: bytes) -> bytes:
        return unseal(self.secret, place, sealed)

    def digest(self, text: str) -> bytes:
        """A keyed digest, HMAC-SHA-256."""
        return hmac.digest(self.secret, text.encode(), sha256)


class Keyring:
    """All keys of one file, as it was when it was read."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = tuple(keys)
        self._by_id = {key.id: key for key in keys}
        known = {key.purpose for key in keys}
        missing = [purpose for purpose in PURPOSES if purpose not in known]
        if missing:
            raise MissingKey(
                f"The key file has no key for: {', '.join(missing)}. "
                "Add what is missing: manage.py make_keys FILE --add-missing"
            )

    def of(self, purpose: str) -> list[Key]:
        """Every key of `purpose`, the last one of the file first, whether it seals already or not."""
        return [key for key in reversed(self.keys) if key.purpose == purpose]

    def newest(self, purpose: str) -> Key:
        """The key that seals for `purpose` now: the last of those that have begun."""
        keys, now = self.of(purpose), datetime.now(UTC)
        return next((key for key in keys if key.seals_at(now)), keys[-1])

    def by_id(self, key_id: str) -> Key:
        """The key with this id; raises MissingKey."""
        try:
            return self._by_id[key_id]
        except KeyError:
            raise MissingKey(f"Key {key_id} is not in the key file.") from None


class WatchedKeyring:
    """The keyring of a file that may change while the process runs: it is looked at again every two seconds, and at
    once when a key is not known. A file that can't be read any more changes nothing, and the log says so."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keyring: Keyring | None = None
        self._seen: tuple[int, ...] = ()
        self._look_at = 0.0

    @property
    def keys(self) -> tuple[Key, ...]:
        return self._now().keys

    def of(self, purpose: str) -> list[Key]:
        return self._now().of(purpose)

    def newest(self, purpose: str) -> Key:
        return self._now().newest(purpose)

    def by_id(self, key_id: str) -> Key:
        try:
            return self._now().by_id(key_id)
        except MissingKey:
            self._look_at = 0.0
            return self._now().by_id(key_id)

    def _now(self) -> Keyring:
        if self._keyring is None or time.monotonic() >= self._look_at:
            self._keyring = self._look(self._keyring)
            self._look_at = time.monotonic() + LOOK_EVERY_SECONDS
        return self._keyring

    def _look(self, known: Keyring | None) -> Keyring:
        try:
            facts = self._path.stat()
            seen = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if known is not None and seen == self._seen:
                return known
            keyring = read_key_file(self._path)
        except (OSError, MissingKey, ValueError, KeyError, TypeError) as trouble:
            if known is None:
                raise _missing(trouble, self._path) from None
            log.error("the key file can't be read; the keys that were read before stay in use")
            return known
        self._seen = seen
        return keyring


def _missing(trouble: Exception, path: Path) -> Exception:
    """What is raised for a file that can't be read at all: our own word where it is not there."""
    if isinstance(trouble, FileNotFoundError):
        return MissingKey(f"There is no key file at {path.name}. Make one: manage.py make_keys FILE")
    return trouble


def new_entry(purpose: str, *, seals_from: datetime | None = None) -> Entry:
    """A fresh key, as written to the key file."""
    entry = {
        "id": f"{purpose}-{secrets.token_hex(3)}",
        "purpose": purpose,
        "secret": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    return entry | ({"seals_from": seals_from.isoformat()} if seals_from else {})


def new_keys() -> list[Entry]:
    """A fresh key for every purpose."""
    return [new_entry(purpose) for purpose in PURPOSES]


def write_new_key_file(path: Path) -> None:
    """Writes a new key file that only its owner can read; refuses to replace one (FileExistsError)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"keys": new_keys()}, file, indent=1)


def read_key_file(path: Path) -> Keyring:
    """The keyring in `path`; raises MissingKey when there is none."""
    try:
        entries = json.loads(path.read_text())["keys"]
    except FileNotFoundError as trouble:
        raise _missing(trouble, path) from None
    return Keyring([_key(entry) for entry in entries])


def _key(entry: Entry) -> Key:
    begins = entry.get("seals_from")
    return Key(
        entry["id"],
        entry["purpose"],
        base64.b64decode(entry["secret"]),
        datetime.fromisoformat(begins) if begins else None,
    )


@lru_cache(maxsize=4)
def _watched(path: str) -> WatchedKeyring:
    return WatchedKeyring(Path(path))


def keyring() -> WatchedKeyring:
    """The keyring that this process uses (settings.KEYS_FILE); raises MissingKey where there is none."""
    watched = _watched(settings.KEYS_FILE)
    _ = watched.keys
    return watched
