"""Sealed originals of what people sent: kept whole with their hash, never served as they came."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import chain
from uuid import uuid4

from django.db import models

from files.kinds import (
    BEGINNINGS,
    BY_MEDIA_TYPE,
    JPEG,
    LOOKED_AT,
    MEGABYTE,
    PDF,
    PNG,
    FileRefused,
    Kind,
    kind_of,
    refuse_locked,
)
from vault.models import DataKey, SealedField, SealedModel, Sealer
from vault.sealing import CannotOpen

__all__ = ["MAX_BYTES", "FileRefused", "Picture", "SealedFile", "SealedPart", "WhyRefused", "media_type_of"]

MAX_BYTES = PDF.max_bytes
# Each part is sealed by itself: of a long video only so much is in memory at once.
PART_BYTES = 4 * MEGABYTE


class WhyRefused(models.TextChoices):
    """Why nobody is shown a file."""

    INFECTED = "infected", "the scanner found something harmful in it"
    UNREADABLE = "unreadable", "no safe picture could be made of it"


class FileQuerySet(models.QuerySet["SealedFile"]):
    """Questions about files."""

    def held(self) -> "FileQuerySet":
        """Those that no scanner has seen yet."""
        return self.filter(scanned_at=None, refused_at=None)


class SealedFile(SealedModel):
    """One original. It is held until a scanner has seen it and found nothing; until then nobody can open it.

    `scanned_at` says that it was found clean; what is refused has none, so whoever forgets to ask is refused too.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL)
    # The first part; what comes after it is in `parts`.
    content = SealedField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    byte_count = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=12, choices=WhyRefused.choices, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(scanned_at=None, refused_at=None),
                name="file_held",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refused_at=None, refused_why="")
                | (models.Q(refused_at__isnull=False, scanned_at=None) & ~models.Q(refused_why="")),
                name="refused_file_is_not_clean",
            )
        ]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.byte_count} bytes"

    @classmethod
    def keep(cls, content: bytes, *, data_key: DataKey, now: datetime) -> "SealedFile":
        """Seals and saves an original that is in memory; raises FileRefused."""
        return cls.keep_pieces([content], len(content), data_key=data_key, now=now)

    @classmethod
    def keep_pieces(
        cls, pieces: Iterable[bytes], byte_count: int, *, data_key: DataKey, now: datetime
    ) -> "SealedFile":
        """Seals and saves an original of this size as it comes, a part at a time; raises FileRefused.

        Run it in a transaction: where it raises, what it saved so far must go.
        """
        parts = _in_parts(pieces)
        first = next(parts, b"")
        kind = kind_of(first[:LOOKED_AT], byte_count)
        file = cls(data_key=data_key, media_type=kind.media_type, byte_count=byte_count, received_at=now)
        file.content = data_key.seal(file.place("content"), first)
        print_of_all = sha256()
        for number, part in enumerate(chain([first], parts)):
            refuse_locked(kind, part)
            print_of_all.update(part)
            if number:
                SealedPart.keep(file, number, part, data_key=data_key)
        file.sha256 = print_of_all.hexdigest()
        file.save(force_insert=True)
        return file

    @property
    def kind(self) -> Kind:
        return BY_MEDIA_TYPE[self.media_type]

    def pieces(self) -> Iterator[bytes]:
        """The bytes as they were sent, a part at a time; raises CannotOpen when one was moved, changed or is missing,
        or their key erased. A last look at the hash of all of them is the reader's."""
        if self.content is None:
            raise CannotOpen(f"There is nothing in file {self.pk}.")
        key = self.sealing_key()
        first = key.unseal(self.place("content"), bytes(self.content))
        yield first
        read = len(first)
        number = 0
        while read < self.byte_count:
            number += 1
            part = SealedPart.objects.filter(file=self, number=number).first()
            if part is None or part.content is None:
                raise CannotOpen(f"A part of file {self.pk} is missing.")
            opened = key.unseal(part.place("content"), bytes(part.content))
            read += len(opened)
            yield opened

    def original(self) -> bytes:
        """The bytes as they were sent, all at once; raises CannotOpen as `pieces` does."""
        return b"".join(self.pieces())

    def release(self, *, now: datetime) -> None:
        """It was seen and found clean."""
        self.scanned_at = now
        self.save(update_fields=["scanned_at"])

    def refuse(self, why: str, *, now: datetime) -> None:
        """Nobody is shown it, now or later; the original stays as it is."""
        self.scanned_at, self.refused_at, self.refused_why = None, now, why
        self.save(update_fields=["scanned_at", "refused_at", "refused_why"])

    def erase(self) -> None:
        """Removes it with all that was made of it, and with the key. In a transaction.

        The file is locked first, as by who releases it: else the two could wait for each other.
        """
        list(SealedFile.objects.select_for_update(of=("self",)).filter(pk=self.pk).only("pk"))
        key = self.data_key
        self.delete()
        if key is not None:
            key.delete()

    way_to_data_key = "data_key"

    def sealing_key(self) -> Sealer:
        if self.data_key is None:
            raise CannotOpen(f"The key of file {self.pk} was erased.")
        return self.data_key


class SealedPart(SealedModel):
    """What comes after the first part of a large original. It is sealed for its place in the file, so that parts can't
    change places."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.ForeignKey(SealedFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    content = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_part_a_number")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.file_id}"

    @classmethod
    def keep(cls, file: SealedFile, number: int, content: bytes, *, data_key: DataKey) -> None:
        """Seals and saves one part."""
        part = cls(file=file, number=number)
        part.content = data_key.seal(part.place("content"), content)
        part.save(force_insert=True)

    def place(self, column: str) -> str:
        return f"{super().place(column)} of {self.file_id} {self.number}"

    way_to_data_key = "file__data_key"

    def sealing_key(self) -> Sealer:
        return self.file.sealing_key()


class Picture(SealedModel):
    """What people are shown of a photo or a page of a PDF: drawn anew, without anything but the picture."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.ForeignKey(SealedFile, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    content = SealedField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_picture_a_number")]

    def __str__(self) -> str:
        return f"picture {self.number} of {self.file_id}"

    @classmethod
    def keep(cls, file: SealedFile, number: int, jpeg: bytes) -> None:
        """Seals and saves one."""
        picture = cls(file=file, number=number)
        picture.content = picture.sealing_key().seal(picture.place("content"), jpeg)
        picture.save(force_insert=True)

    def jpeg(self) -> bytes:
        """The picture; raises CannotOpen when it was moved, changed or its key erased."""
        if self.content is None:
            raise CannotOpen(f"There is nothing in {self}.")
        return self.sealing_key().unseal(self.place("content"), bytes(self.content))

    def place(self, column: str) -> str:
        return f"{super().place(column)} of {self.file_id} {self.number}"

    way_to_data_key = "file__data_key"

    def sealing_key(self) -> Sealer:
        return self.file.sealing_key()


def media_type_of(content: bytes) -> str:
    """The type of a photo or PDF that staff add to a plan; raises FileRefused."""
    if len(content) > MAX_BYTES:
        raise FileRefused("The file is larger than 10 MB.")
    for kind in (JPEG, PNG, PDF):
        if any(content.startswith(start) for start, known in BEGINNINGS.items() if known is kind):
            return kind.media_type
    raise FileRefused("The file is not a photo (JPEG or PNG) or a PDF.")


def _in_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of one size, but for the last."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)
