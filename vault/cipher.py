"""AES-256-GCM with the ciphertext bound to the place it belongs to.

A sealed value is: one byte of version, twelve of nonce, then ciphertext and tag. The table, column and row are
authenticated with it, so a value that is moved to another row, column or table is refused, never shown.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST = len(VERSION) + NONCE_BYTES + TAG_BYTES


class CannotOpen(Exception):
    """A sealed value was moved, changed, or sealed with another key."""


def seal(secret: bytes, place: str, text: bytes) -> bytes:
    """`text` encrypted under `secret` (32 bytes) for `place`, such as 'reporting_report.words:<id>'."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(secret).encrypt(nonce, text, place.encode())


def unseal(secret: bytes, place: str, sealed: bytes) -> bytes:
    """What `seal` was given; raises CannotOpen when key or place are not the same."""
    sealed = bytes(sealed)
    if sealed[:1] != VERSION or len(sealed) < SHORTEST:
        raise CannotOpen(f"The sealed value at {place} has an unknown form.")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(secret).decrypt(nonce, body, place.encode())
    except InvalidTag:
        raise CannotOpen(f"The sealed value at {place} does not belong there.") from None


def place_of(table: str, column: str, row: object) -> str:
    """The name of one cell of the database."""
    return f"{table}.{column}:{row}"
