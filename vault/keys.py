"""The keyring: keys live in a file outside the database, each with an id and one purpose.

Purposes: `wrap` encrypts the data keys of reports; `draft` encrypts unfinished answers; `receipt` and `link` make
keyed digests (HMAC-SHA-256) of receipt codes and links; `audit` those of the trail, and its old keys are kept as long
as the trail. The newest key of a purpose seals; older ones still open.
"""

import base64
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

PURPOSES = ("wrap", "draft", "receipt", "link", "audit")


class MissingKey(Exception):
    """A key that something was sealed with is not in the keyring."""


@dataclass(frozen=True)
class Key:
    """One key: `secret` is 32 bytes."""

    id: str
    purpose: str
    secret: bytes


class Keyring:
    """All keys of one file."""

    def __init__(self, keys: list[Key]) -> None:
        self._by_id = {key.id: key for key in keys}
        self._newest = {key.purpose: key for key in keys}
        missing = [purpose for purpose in PURPOSES if purpose not in self._newest]
        if missing:
            raise MissingKey(
                f"The key file has no key for: {', '.join(missing)}. "
                "Add what is missing: manage.py make_keys FILE --add-missing"
            )

    def newest(self, purpose: str) -> Key:
        """The key that seals for `purpose` today."""
        return self._newest[purpose]

    def by_id(self, key_id: str) -> Key:
        """The key with this id; raises MissingKey."""
        try:
            return self._by_id[key_id]
        except KeyError:
            raise MissingKey(f"Key {key_id} is not in the key file.") from None


def new_keys(purposes: Iterable[str] = PURPOSES) -> list[dict[str, str]]:
    """A fresh key for every purpose, as written to the key file."""
    return [
        {
            "id": f"{purpose}-{secrets.token_hex(3)}",
            "purpose": purpose,
            "secret": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        for purpose in purposes
    ]


def write_new_key_file(path: Path) -> None:
    """Writes a new key file that only its owner can read; refuses to replace one (FileExistsError)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"keys": new_keys()}, file, indent=1)


def add_missing_keys(path: Path) -> list[str]:
    """Adds a key for each purpose that an older key file does not know, and changes no other; which they were.

    The file is replaced as a whole, so that nobody ever reads half of one.
    """
    entries = json.loads(path.read_text())["keys"]
    known = {entry["purpose"] for entry in entries}
    missing = [purpose for purpose in PURPOSES if purpose not in known]
    if missing:
        fresh = path.with_name(f"{path.name}.new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"keys": [*entries, *new_keys(missing)]}, file, indent=1)
        fresh.replace(path)
    return missing


def read_key_file(path: Path) -> Keyring:
    """The keyring in `path`; raises MissingKey when there is none."""
    try:
        entries = json.loads(path.read_text())["keys"]
    except FileNotFoundError:
        raise MissingKey(f"There is no key file at {path.name}. Make one: manage.py make_keys FILE") from None
    return Keyring([Key(e["id"], e["purpose"], base64.b64decode(e["secret"])) for e in entries])


@lru_cache(maxsize=4)
def _read_once(path: str) -> Keyring:
    return read_key_file(Path(path))


def keyring() -> Keyring:
    """The keyring that this process uses (settings.KEYS_FILE), read once."""
    return _read_once(settings.KEYS_FILE)
