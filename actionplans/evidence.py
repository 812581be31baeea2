"""Evidence: a link, or a photo or PDF that is sealed, held until a scanner has seen it, and only then handed out.

Sealed files exist for the worker alone (scope/policies); the acts here ask as the worker for exactly the file that
their caller may add, name or open. Each has a data key of its own, so that it can be erased by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from actionplans.models import Evidence, Material, UpdateDraft
from files.models import FileRefused, SealedFile, media_type_of
from outbox.models import OutboxEntry
from reporting.evidence import ask_for_look
from scope.context import worker_scope
from vault.models import DataKey

LONGEST_NAME = 120
__all__ = ["FileRefused", "Kept", "drop", "drop_if_unused", "keep", "mark_held", "open_scanned", "states_of"]


@dataclass(frozen=True)
class Kept:
    """A file that was kept before its update was sent: what a draft remembers of it."""

    id: str
    name: str

    @classmethod
    def of(cls, said: object) -> "Kept | None":
        """As a draft says it; None where it says nothing of the kind."""
        if isinstance(said, dict) and isinstance(said.get("id"), str) and isinstance(said.get("name"), str):
            return cls(said["id"], said["name"])
        return None


def keep(content: bytes, name: str, *, now: datetime) -> Kept:
    """Seals a photo or PDF; raises FileRefused, whose words are for who chose it."""
    media_type_of(content)
    with worker_scope():
        key = DataKey.create()
        file = SealedFile.keep(content, data_key=key, now=now)
        ask_for_look(file.pk, now=now)
    return Kept(str(file.pk), PurePath(name).name[-LONGEST_NAME:] or "file")


def drop(kept: Kept, *, now: datetime) -> None:
    """Has a file erased that nobody sent; the worker does it after commit."""
    OutboxEntry.put("actionplans.drop_file", kept.id, {"file": kept.id}, now=now)


@transaction.atomic
def drop_if_unused(file_id: str) -> bool:
    """Erases a sealed file with its key, unless it hangs on something by now."""
    if Evidence.objects.filter(file_id=UUID(file_id)).exists():
        return False
    if UpdateDraft.objects.filter(said__file__id=file_id).exists():
        return False
    with worker_scope():
        file = SealedFile.objects.filter(pk=file_id).first()
        if file is None:
            return False
        key = file.data_key
        file.delete()
        if key:
            key.delete()
    return True


def states_of(evidence: Iterable[Evidence | Material]) -> dict[UUID, SealedFile]:
    """What is known of their files, without what is in them."""
    ids = [each.file_id for each in evidence if each.file_id]
    if not ids:
        return {}
    with worker_scope():
        return {file.pk: file for file in SealedFile.objects.filter(pk__in=ids).defer("content")}


def mark_held(evidence: Iterable[Evidence | Material]) -> None:
    """Says of each with a file whether it is held or was refused: `is_held`, `is_refused`."""
    with_file = [each for each in evidence if each.file_id]
    files = states_of(with_file)
    for each in with_file:
        each.is_held = each.file_id not in files or files[each.file_id].scanned_at is None
        each.is_refused = each.file_id in files and bool(files[each.file_id].refused_why)


def open_scanned(evidence: Evidence | Material) -> tuple[SealedFile, bytes] | None:
    """The file and its bytes; None while it is held, and where there is none."""
    if evidence.file_id is None:
        return None
    with worker_scope():
        file = SealedFile.objects.filter(pk=evidence.file_id).exclude(scanned_at=None).first()
        return (file, file.original()) if file else None
