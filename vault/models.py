"""Data keys, and the column type for what they seal."""

import os
from typing import Any
from uuid import uuid4

from django.db import models

from vault.keys import keyring
from vault.sealing import place_of, seal, unseal


class DataKey(models.Model):
    """One key a report: it seals every personal text about that report in every room, so erasing this row
    erases them all. It is itself sealed under a key that is outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"data key {self.id}"

    @classmethod
    def prepare(cls) -> "DataKey":
        """A new data key, not saved yet."""
        secret = os.urandom(32)
        key = cls(wrapped_by=keyring().newest("wrap").id)
        key.wrapped = seal(keyring().by_id(key.wrapped_by).secret, key._place(), secret)
        key._secret = secret
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
            self._secret = unseal(keyring().by_id(self.wrapped_by).secret, self._place(), bytes(self.wrapped))
        return self._secret

    def _place(self) -> str:
        return place_of("vault_datakey", "wrapped", self.pk)


class SealedField(models.BinaryField):
    """A column that holds only ciphertext; None where nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class SealedModel(models.Model):
    """A row with sealed columns. `sealing_secret()` says under which key; the row's id must be known before
    it is saved (UUIDs made in Python), because it is bound into the ciphertext."""

    class Meta:
        abstract = True

    def sealing_secret(self) -> bytes:
        """The 32 bytes that this row's columns are sealed with."""
        raise NotImplementedError

    def seal(self, column: str, text: str) -> None:
        """Puts `text` into `column`, sealed; '' becomes nothing."""
        sealed = seal(self.sealing_secret(), self._place(column), text.encode()) if text else None
        setattr(self, column, sealed)

    def unseal(self, column: str) -> str:
        """The text in `column`, or ''; raises CannotOpen when the ciphertext does not belong here."""
        sealed = getattr(self, column)
        return unseal(self.sealing_secret(), self._place(column), sealed).decode() if sealed else ""

    def _place(self, column: str) -> str:
        return place_of(self._meta.db_table, column, self.pk)
