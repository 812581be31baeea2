"""Data keys, the column type for what they seal, and what is known of the keys outside the database."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import uuid4

from django.db import models

from vault.cipher import CannotOpen, place_of, seal, unseal
from vault.keys import Key, keyring


class Sealer(Protocol):
    """What a row is sealed with: a report's data key, or a key of the keyring."""

    def seal(self, place: str, text: bytes) -> bytes: ...

    def unseal(self, place: str, sealed: bytes) -> bytes: ...


class StillSettling(Exception):
    """The data key was renewed a moment ago: somebody may still be writing with its secret of before."""


class DataKey(models.Model):
    """One key a report: it seals every personal text about that report in every room, so erasing this row
    erases them all. It is itself sealed under a key that is outside the database.

    `renew` gives it a new secret while people read and write: until it is settled the secret of before still opens.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40, db_index=True)
    # The wrapping key under which the secret was made: where it is not the newest, the secret is as old as that key.
    made_under = models.CharField(max_length=40, default="")
    previous = models.BinaryField(null=True)
    renewed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"data key {self.id}"

    @classmethod
    def prepare(cls) -> "DataKey":
        """A new data key, not saved yet."""
        key = cls()
        key._take_secret(os.urandom(32), keyring().newest("wrap"))
        return key

    @classmethod
    def create(cls) -> "DataKey":
        """A new data key, saved."""
        key = cls.prepare()
        key.save(force_insert=True)
        return key

    _secret: bytes | None = None

    @property
    def secret(self) -> bytes:
        """The 32 bytes themselves, unwrapped once an instance; never stored or logged."""
        if self._secret is None:
            self._secret = self._unwrap("wrapped")
        return self._secret

    def seal(self, place: str, text: bytes) -> bytes:
        return seal(self.secret, place, text)

    def unseal(self, place: str, sealed: bytes) -> bytes:
        """What `seal` was given, also before this key was renewed or, seen from here, after; raises CannotOpen."""
        for secret in self._secrets_in_turn():
            try:
                return unseal(secret, place, sealed)
            except CannotOpen as refused:
                refusal = refused
        raise refusal

    def opens_now(self, place: str, sealed: bytes) -> bool:
        """Whether the secret of today opens it, so that the one of before is not needed for it."""
        try:
            unseal(self.secret, place, sealed)
        except CannotOpen:
            return False
        return True

    def rewrap(self, key: Key) -> None:
        """Seals the secret itself under another key; what it seals stays as it is. Not saved."""
        previous = self._unwrap("previous") if self.previous else None
        self.wrapped = key.seal(self._place("wrapped"), self.secret)
        self.previous = key.seal(self._place("previous"), previous) if previous else None
        self.wrapped_by = key.id

    def renew(self, *, now: datetime) -> None:
        """Takes a new secret; raises StillSettling. Not saved."""
        if self.previous:
            raise StillSettling(str(self))
        key, before = keyring().newest("wrap"), self.secret
        self._take_secret(os.urandom(32), key)
        self.previous = key.seal(self._place("previous"), before)
        self.renewed_at = now

    def settle(self) -> None:
        """Forgets the secret of before: whatever it sealed must have been sealed anew. Not saved."""
        self.previous = None
        self.renewed_at = None

    def _take_secret(self, secret: bytes, key: Key) -> None:
        self.wrapped = key.seal(self._place("wrapped"), secret)
        self.wrapped_by = self.made_under = key.id
        self._secret = secret

    def _secrets_in_turn(self) -> Iterator[bytes]:
        """Today's; then, as it is rarely needed, the one of before; then those of the row as it is by now."""
        yield from self._secrets()
        for latest in DataKey.objects.filter(pk=self.pk):
            yield from latest._secrets()

    def _secrets(self) -> Iterator[bytes]:
        yield self.secret
        if self.previous:
            yield self._unwrap("previous")

    def _unwrap(self, column: str) -> bytes:
        return keyring().by_id(self.wrapped_by).unseal(self._place(column), bytes(getattr(self, column)))

    def _place(self, column: str) -> str:
        return place_of("vault_datakey", column, self.pk)


class KeyRecord(models.Model):
    """What is known of a key of the key file, without its secret: so that a key that is missing there can be named,
    and the trail has something to speak of. Kept after the key itself is gone."""

    id = models.CharField(primary_key=True, max_length=40)
    purpose = models.CharField(max_length=20)
    seals_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class SealedField(models.BinaryField):
    """A column that holds only ciphertext; None where nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class SealedModel(models.Model):
    """A row with sealed columns. `sealing_key()` says under which key; the row's id must be known before it is
    saved (UUIDs made in Python), because it is bound into the ciphertext.

    Rotation must find every row again: each model names either the `way_to_data_key`, as a lookup, or the `key_column`
    that holds the id of a key of the keyring.
    """

    way_to_data_key: ClassVar[str] = ""
    key_column: ClassVar[str] = ""

    class Meta:
        abstract = True

    def sealing_key(self) -> Sealer:
        """What this row's columns are sealed with."""
        raise NotImplementedError

    def seal(self, column: str, text: str) -> None:
        """Puts `text` into `column`, sealed; '' becomes nothing."""
        sealed = self.sealing_key().seal(self.place(column), text.encode()) if text else None
        setattr(self, column, sealed)

    def unseal(self, column: str) -> str:
        """The text in `column`, or ''; raises CannotOpen when the ciphertext does not belong here."""
        sealed = getattr(self, column)
        return self.sealing_key().unseal(self.place(column), sealed).decode() if sealed else ""

    def place(self, column: str) -> str:
        """The name of the cell that its ciphertext is bound to."""
        return place_of(self._meta.db_table, column, self.pk)

    @classmethod
    def sealed_columns(cls) -> list[str]:
        return [field.name for field in cls._meta.concrete_fields if isinstance(field, SealedField)]
