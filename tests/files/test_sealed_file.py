"""An original is kept whole, sealed, and only if it is of a kind that we know."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from files.models import MAX_BYTES, FileRefused, SealedFile, media_type_of
from scope.context import worker_scope
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
