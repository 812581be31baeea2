"""The stamp of an event: a keyed digest of all that it says, made where it is written.

Nobody without the key can write an event that holds, or change one so that it still holds: not with the serving
role's password, not as the database's superuser. The key is in the key file, never in the database.
"""

import hmac
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from vault.keys import Key, MissingKey, keyring

PURPOSE = "audit"
BETWEEN = "\x1f"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# What PostgreSQL gives of an event so that it reads as `written` does, all but the facts.
WRITTEN_IN_SQL = " || chr(31) || ".join(
    (
        "id::text",
        "(extract(epoch from at) * 1000000)::bigint::text",
        "act",
        "actor_kind",
        "coalesce(actor_id::text, '')",
        "coalesce(organisation_id::text, '')",
        "subject_type",
        "subject_id",
    )
)


class Told(Protocol):
    """What of an event is stamped: all of it."""

    id: Any
    at: datetime
    act: str
    actor_kind: str
    actor_id: int | None
    organisation_id: int | None
    subject_type: str
    subject_id: str
    facts: Any


class NotStampable(ValueError):
    """A control character in a code would let two events read the same."""


def stamp_of(event: Told) -> bytes:
    """The event's stamp under the newest key: the key's id, a colon, 32 bytes."""
    return keyed(keyring().newest(PURPOSE), b"event", _written(event))


def is_as_written(event: Told, stamp: bytes) -> bool:
    """Whether the event still says what it said when it was stamped."""
    return is_keyed(stamp, b"event", _written(event))


def _written(event: Told) -> bytes:
    parts = (
        str(event.id),
        str(microseconds(event.at)),
        event.act,
        str(event.actor_kind),
        _or_nothing(event.actor_id),
        _or_nothing(event.organisation_id),
        event.subject_type,
        event.subject_id,
    )
    if any(BETWEEN in part for part in parts):
        raise NotStampable(f"{event.act} can't be told from another event.")
    return written(BETWEEN.join(parts), facts_text(event.facts))


def stamp_checker() -> Callable[[bytes, bytes], bool]:
    """A function that says whether a stamp was made of a text with one of our keys: for millions of them, so each key
    is looked up once."""
    secrets: dict[bytes, bytes | None] = {}

    def holds(stamp: bytes, text: bytes) -> bool:
        key_id, _, digest = stamp.partition(b":")
        if key_id not in secrets:
            secrets[key_id] = _secret(key_id)
        secret = secrets[key_id]
        return secret is not None and hmac.compare_digest(_digest(secret, b"event", text), digest)

    return holds


def written(head: str, facts: str) -> bytes:
    """All that an event says, as bytes that no other event has."""
    return f"{head}{BETWEEN}{facts}".encode()


_ONE_SPELLING = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def facts_text(facts: Any) -> str:
    """The facts in one spelling, whatever order they stand in; control characters come out escaped."""
    return _ONE_SPELLING.encode(facts) if facts else "{}"


def microseconds(at: datetime) -> int:
    """Since 1970; exact, unlike `timestamp()`."""
    return (at - _BEGINNING) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The time that `microseconds` was told."""
    return _BEGINNING + count * _MICROSECOND


def keyed(key: Key, kind: bytes, *parts: bytes) -> bytes:
    """A keyed digest of one kind of thing that says itself which key made it."""
    return key.id.encode() + b":" + _digest(key.secret, kind, *parts)


def is_keyed(made: bytes, kind: bytes, *parts: bytes) -> bool:
    """Whether one of our keys for the trail made this of these parts."""
    key_id, _, digest = made.partition(b":")
    secret = _secret(key_id)
    return secret is not None and hmac.compare_digest(_digest(secret, kind, *parts), digest)


def _digest(secret: bytes, kind: bytes, *parts: bytes) -> bytes:
    return hmac.digest(secret, b"\x00".join((kind, *parts)), "sha256")


def _secret(key_id: bytes) -> bytes | None:
    """The secret of a key of the trail; None for a key that is not there or has another purpose."""
    try:
        key = keyring().by_id(key_id.decode(errors="replace"))
    except MissingKey:
        return None
    return key.secret if key.purpose == PURPOSE else None


def in_one(pieces: Iterable[bytes]) -> bytes:
    """Pieces of any length as bytes that no other pieces have."""
    return b"".join(len(piece).to_bytes(4) + piece for piece in pieces)


def _or_nothing(number: int | None) -> str:
    return "" if number is None else str(number)
