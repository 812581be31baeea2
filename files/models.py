"""Sealed originals of what people sent: kept whole with their hash, never served as they came."""

from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.db import models

from vault.models import DataKey, SealedField, SealedModel, Sealer
from vault.sealing import CannotOpen

MAX_BYTES = 10 * 1024 * 1024
# The first bytes of what we keep; the name and the type that a browser claims are not believed.
KINDS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


class FileRefused(Exception):
    """The file is too large, empty, or of a kind that we do not keep; the message says which."""


class SealedFile(SealedModel):
    """One original. It is held until a scanner has seen it; until then nobody can open it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL)
    content = SealedField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    byte_count = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.media_type}, {self.byte_count} bytes"

    @classmethod
    def keep(cls, content: bytes, *, data_key: DataKey, now: datetime) -> "SealedFile":
        """Seals and saves an original; raises FileRefused."""
        media_type = media_type_of(content)
        file = cls(
            data_key=data_key,
            sha256=sha256(content).hexdigest(),
            media_type=media_type,
            byte_count=len(content),
            received_at=now,
        )
        file.content = data_key.seal(file.place("content"), content)
        file.save(force_insert=True)
        return file

    def original(self) -> bytes:
        """The bytes as they were sent; raises CannotOpen when they were moved, changed or their key erased."""
        if self.content is None:
            raise CannotOpen(f"There is nothing in file {self.pk}.")
        return self.sealing_key().unseal(self.place("content"), bytes(self.content))

    way_to_data_key = "data_key"

    def sealing_key(self) -> Sealer:
        if self.data_key is None:
            raise CannotOpen(f"The key of file {self.pk} was erased.")
        return self.data_key


def media_type_of(content: bytes) -> str:
    """The kind of file by its first bytes; raises FileRefused."""
    if len(content) > MAX_BYTES:
        raise FileRefused("The file is larger than 10 MB.")
    for start, media_type in KINDS.items():
        if content.startswith(start):
            return media_type
    raise FileRefused("The file is not a photo (JPEG or PNG) or a PDF.")
