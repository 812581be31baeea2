"""What the rooms seal with: values bound to their place (`vault.cipher`), and keyed digests."""

from vault.cipher import CannotOpen, place_of, seal, unseal
from vault.keys import keyring

__all__ = ["CannotOpen", "digest", "digests", "place_of", "seal", "unseal"]


def digest(purpose: str, text: str) -> bytes:
    """A keyed digest (HMAC-SHA-256, 32 bytes) under the newest key of `purpose`."""
    return keyring().newest(purpose).digest(text)


def digests(purpose: str, text: str) -> list[bytes]:
    """The digests under every key of `purpose`, the newest first: what was kept before a new key came is found too."""
    return [key.digest(text) for key in keyring().of(purpose)]
