"""An original is kept whole, sealed, and only if it is of a kind that we know."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError

from files.models import MAX_BYTES, PART_BYTES, FileRefused, SealedFile, SealedPart, WhyRefused, media_type_of
from scope.context import worker_scope
from tests import sent_files
from vault.models import DataKey
from vault.sealing import CannotOpen

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of a broken window" * 20


@pytest.mark.django_db
def test_an_original_comes_back_as_it_was_sent_and_stands_sealed() -> None:
    with worker_scope():
        kept = SealedFile.keep(PHOTO, data_key=DataKey.create(), now=NOW)
        again = SealedFile.objects.get(pk=kept.pk)
        assert again.original() == PHOTO
        assert again.sha256 == sha256(PHOTO).hexdigest()
        assert again.scanned_at is None
        assert b"broken window" not in bytes(again.content or b"")


@pytest.mark.django_db
def test_an_original_moved_to_another_row_is_refused() -> None:
    with worker_scope():
        key = DataKey.create()
        mine, theirs = (SealedFile.keep(PHOTO, data_key=key, now=NOW) for _ in range(2))
        mine.content = theirs.content
        with pytest.raises(CannotOpen):
            mine.original()


@pytest.mark.django_db
def test_a_long_video_is_sealed_in_parts_and_comes_back_as_it_was_sent() -> None:
    with worker_scope():
        key, video = DataKey.create(), sent_files.video(PART_BYTES * 2 + 12_345)
        pieces = (video[at : at + 64_000] for at in range(0, len(video), 64_000))
        kept = SealedFile.keep_pieces(pieces, len(video), data_key=key, now=NOW)
        again = SealedFile.objects.get(pk=kept.pk)
        assert [len(piece) for piece in again.pieces()] == [
            PART_BYTES,
            PART_BYTES,
            len(video) - 2 * PART_BYTES,
        ]
        assert sha256(again.original()).hexdigest() == again.sha256 == sha256(video).hexdigest()
        assert b"video of the street" not in b"".join(bytes(part.content) for part in again.parts.all())


@pytest.mark.django_db
def test_parts_that_change_places_or_are_missing_are_refused() -> None:
    with worker_scope():
        video = sent_files.video(PART_BYTES * 2 + 12_345)
        kept = SealedFile.keep_pieces([video], len(video), data_key=DataKey.create(), now=NOW)
        first, second = kept.parts.order_by("number")
        first.content, second.content = second.content, first.content
        SealedPart.objects.bulk_update([first, second], ["content"])
        with pytest.raises(CannotOpen):
            kept.original()
        second.delete()
        with pytest.raises(CannotOpen):
            kept.original()


@pytest.mark.django_db
def test_what_is_refused_is_never_clean_as_well() -> None:
    with worker_scope():
        kept = SealedFile.keep(PHOTO, data_key=DataKey.create(), now=NOW)
        kept.release(now=NOW)
        kept.refuse(WhyRefused.INFECTED, now=NOW)
        kept.refresh_from_db()
        assert kept.scanned_at is None
    with pytest.raises(IntegrityError), worker_scope():
        SealedFile.objects.filter(pk=kept.pk).update(scanned_at=NOW)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a photo"),
        (b"<svg onload='x'>", "not a photo"),
        (b"MZ\x90", "not a photo"),
        (b"%PDF-" + b"x" * MAX_BYTES, "larger than 10 MB"),
    ],
)
def test_other_files_are_refused_in_plain_words(content: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        media_type_of(content)
