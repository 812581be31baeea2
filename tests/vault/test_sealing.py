"""What is sealed opens only where it was sealed."""

from uuid import uuid4

import pytest

from scope.context import worker_scope
from vault.models import DataKey
from vault.sealing import CannotOpen, place_of, seal, unseal

SECRET = bytes(range(32))


def test_what_was_sealed_opens_in_its_own_place() -> None:
    place = place_of("reporting_report", "words", uuid4())
    assert unseal(SECRET, place, seal(SECRET, place, b"They shouted at me.")) == b"They shouted at me."


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("casework_caseevent", "words", 1),
        ("reporting_report", "contact", 1),
        ("reporting_report", "words", 2),
    ],
)
def test_moved_to_another_table_column_or_row_it_is_refused(table: str, column: str, row: int) -> None:
    sealed = seal(SECRET, place_of("reporting_report", "words", 1), b"They shouted at me.")
    with pytest.raises(CannotOpen):
        unseal(SECRET, place_of(table, column, row), sealed)


@pytest.mark.parametrize("position", [0, 1, 13, -1])
def test_a_changed_byte_is_refused(position: int) -> None:
    sealed = bytearray(seal(SECRET, "here", b"They shouted at me."))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        unseal(SECRET, "here", bytes(sealed))


def test_two_seals_of_the_same_words_look_different() -> None:
    assert seal(SECRET, "here", b"same") != seal(SECRET, "here", b"same")


@pytest.mark.django_db
def test_a_data_key_is_stored_wrapped_and_comes_back() -> None:
    key = DataKey.create()
    again = DataKey.objects.get(pk=key.pk)
    assert again.secret == key.secret
    assert key.secret not in bytes(again.wrapped)


@pytest.mark.django_db
def test_a_wrapped_key_moved_to_another_report_is_refused() -> None:
    mine, theirs = DataKey.create(), DataKey.create()
    with worker_scope():
        DataKey.objects.filter(pk=mine.pk).update(wrapped=theirs.wrapped)
    with pytest.raises(CannotOpen):
        _ = DataKey.objects.get(pk=mine.pk).secret
