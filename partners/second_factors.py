"""The secrets of second steps: each sealed for one person and one kind of step, in the table of the library.

The library asks us to seal and to open a text without saying whose it is. It says so in one place only: where a row is
made, new or out of the database. There, and nowhere else, a text learns where it belongs (docs/adr/0013-*).
"""

import re
from base64 import b64decode, b64encode
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_init

from vault.keys import Key, keyring
from vault.sealing import CannotOpen, place_of

# Under which name the row of each kind holds its secret. A passkey has none: the row holds what checks it, the device
# keeps the rest.
SECRETS: dict[str, str] = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
# What a key's id looks like before a sealed text.
KEY_ID = re.compile(r"^([a-z]+-[0-9a-f]+):")


class NotSealedYet(str):
    """Stands for a secret until its row says whose it is. It reads as these words: kept as it is, it opens nothing."""

    secret: str

    @classmethod
    def of(cls, secret: str) -> "NotSealedYet":
        waiting = cls("not sealed yet")
        waiting.secret = secret
        return waiting


class SealedText(str):
    """A sealed secret that knows the place its row has."""

    place: str

    @classmethod
    def at(cls, place: str, text: str) -> "SealedText":
        sealed = cls(text)
        sealed.place = place
        return sealed

    @classmethod
    def seal(cls, place: str, secret: str, key: Key) -> "SealedText":
        return cls.at(place, f"{key.id}:{b64encode(key.seal(place, secret.encode())).decode()}")

    def open(self) -> str:
        """The secret; raises CannotOpen where it is another person's or another kind's, and MissingKey."""
        found = KEY_ID.match(self)
        try:
            if not found:
                raise ValueError
            key_id, sealed = found[1], self[found.end() :]
            return keyring().by_id(key_id).unseal(self.place, b64decode(sealed)).decode()
        except ValueError:
            raise CannotOpen(f"What stands at {self.place} was never sealed.") from None


def open_secret(text: str) -> str:
    """The secret in a text that came with its row; raises CannotOpen, MissingKey."""
    if not isinstance(text, SealedText):
        raise CannotOpen("The text does not say whose it is.")
    return text.open()


def reseal(row: Authenticator, key: Key) -> None:
    """Seals the row's secret anew for the same person, not saved; raises CannotOpen, MissingKey."""
    name = SECRETS[row.type]
    secret = open_secret(row.data[name])
    row.data = {**row.data, name: SealedText.seal(place_for(row.user_id, row.type), secret, key)}


def key_id_of(kind: str, data: Any) -> str:
    """The id of the key that the secret of such a row is sealed under, or '' where it holds none."""
    text = data.get(SECRETS.get(kind)) if isinstance(data, dict) else None
    found = KEY_ID.match(text) if isinstance(text, str) else None
    return found[1] if found else ""


def place_for(person: object, kind: str) -> str:
    """Where a secret belongs: a person has one of each kind, and the database sees to that."""
    return place_of("mfa_authenticator", f"data.{Authenticator.Type(kind).value}", person)


def listen() -> None:
    """Begins to place the secrets of rows; called once, when the room is ready."""
    post_init.connect(_know_whose, sender=Authenticator, dispatch_uid="second_factors.know_whose")


def _know_whose(sender: Any, instance: Authenticator, **_more: Any) -> None:
    """Seals a secret that is new, and tells one from the database where it stands now."""
    read = instance.__dict__
    if not {"user_id", "type", "data"} <= read.keys() or instance.type not in SECRETS:
        return
    name = SECRETS[instance.type]
    data = instance.data if isinstance(instance.data, dict) else {}
    instance.data = {**data, name: _placed(data.get(name), place_for(instance.user_id, instance.type))}


def _placed(text: Any, place: str) -> SealedText:
    if isinstance(text, NotSealedYet):
        return SealedText.seal(place, text.secret, keyring().newest("wrap"))
    return SealedText.at(place, text if isinstance(text, str) else "")
