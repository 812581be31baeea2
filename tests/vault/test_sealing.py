"""What is sealed opens only where it was sealed."""

import os
from random import Random
from uuid import uuid4

import pytest

from vault.sealing import CannotOpen, place_of, seal, unseal

SECRET = bytes(range(32))
WORDS = b"They shouted at me."
SAMPLES = ["", "a", "They shouted at me.", "\x00", "‮right to left‬", "😀" * 1000, "x" * 100_000]


def test_what_was_sealed_opens_in_its_own_place() -> None:
    place = place_of("reporting_report", "words", uuid4())
    assert unseal(SECRET, place, seal(SECRET, place, WORDS)) == WORDS


@pytest.mark.parametrize("text", SAMPLES, ids=lambda text: f"{len(text)} characters")
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unseal(SECRET, "here", seal(SECRET, "here", text.encode())).decode() == text


def test_any_bytes_under_any_key_come_back_and_open_with_no_other_key_or_place() -> None:
    lots = Random(20260504)
    for _ in range(200):
        secret, other, text = lots.randbytes(32), lots.randbytes(32), lots.randbytes(lots.randrange(300))
        place = f"table.column:{lots.getrandbits(64)}"
        sealed = seal(secret, place, text)
        assert unseal(secret, place, sealed) == text
        for wrong_secret, wrong_place in ((other, place), (secret, f"{place}0"), (secret, place[:-1])):
            with pytest.raises(CannotOpen):
                unseal(wrong_secret, wrong_place, sealed)


def test_a_place_is_table_column_and_row() -> None:
    assert place_of("reporting_report", "words", 7) == "reporting_report.words:7"


def test_the_form_is_version_nonce_ciphertext_and_tag() -> None:
    sealed = seal(SECRET, "here", WORDS)
    assert sealed[:1] == b"\x01"
    assert len(sealed) == 1 + 12 + len(WORDS) + 16
    assert WORDS not in sealed


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("casework_caseevent", "words", 1),
        ("reporting_report", "contact", 1),
        ("reporting_report", "words", 2),
    ],
)
def test_moved_to_another_table_column_or_row_it_is_refused(table: str, column: str, row: int) -> None:
    sealed = seal(SECRET, place_of("reporting_report", "words", 1), WORDS)
    with pytest.raises(CannotOpen) as refused:
        unseal(SECRET, place_of(table, column, row), sealed)
    assert str(refused.value) == f"The sealed value at {table}.{column}:{row} does not belong there."


@pytest.mark.parametrize("position", range(1 + 12 + len(WORDS) + 16))
def test_a_changed_byte_anywhere_is_refused(position: int) -> None:
    sealed = bytearray(seal(SECRET, "here", WORDS))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        unseal(SECRET, "here", bytes(sealed))


@pytest.mark.parametrize("length", range(1 + 12 + len(WORDS) + 16))
def test_cut_off_anywhere_it_is_refused(length: int) -> None:
    with pytest.raises(CannotOpen):
        unseal(SECRET, "here", seal(SECRET, "here", WORDS)[:length])


@pytest.mark.parametrize(
    "sealed", [b"", b"\x01", b"\x01" + bytes(27), b"\x00" + bytes(60), b"\x02" + bytes(60)]
)
def test_an_unknown_form_is_said_to_be_one(sealed: bytes) -> None:
    with pytest.raises(CannotOpen) as refused:
        unseal(SECRET, "here", sealed)
    assert str(refused.value) == "The sealed value at here has an unknown form."


def test_an_empty_text_can_be_sealed_and_is_the_shortest_form() -> None:
    sealed = seal(SECRET, "here", b"")
    assert len(sealed) == 29
    assert unseal(SECRET, "here", sealed) == b""


def test_something_added_behind_is_refused() -> None:
    with pytest.raises(CannotOpen):
        unseal(SECRET, "here", seal(SECRET, "here", WORDS) + b"\x00")


def test_the_database_may_give_a_view_of_the_bytes() -> None:
    assert unseal(SECRET, "here", memoryview(seal(SECRET, "here", WORDS))) == WORDS  # type: ignore[arg-type]


def test_two_seals_of_the_same_words_look_different() -> None:
    sealed = {seal(SECRET, "here", b"same") for _ in range(100)}
    assert len(sealed) == len({each[1:13] for each in sealed}) == 100


@pytest.mark.parametrize("length", [0, 15, 31, 33])
def test_a_secret_of_another_length_seals_nothing(length: int) -> None:
    with pytest.raises(ValueError, match="AESGCM key must be"):
        seal(os.urandom(length), "here", WORDS)
