"""Covering: what is covered is not in the text that is left, however it was written."""

from datetime import date

import pytest

from rights.clock import begins_on, due_on, longest_due_on, months_after
from rights.redacting import Cover, Why, how_many, pieces, propose, without_covered

TOLD = "Ray Nettle shouted. I know RAY from school; his son Raymond and Mrs Nettle-Hale saw it. Ray\nNettle's dog too."


@pytest.mark.parametrize(
    ("words", "gone", "stays"),
    [
        (["Ray Nettle"], ["Ray Nettle shouted", "Ray\nNettle"], ["RAY from school", "Raymond"]),
        (["Ray"], ["Ray Nettle", "RAY"], ["Raymond", "Nettle"]),
        (["Ray Nettle", "Ray", "Nettle"], ["Ray ", "RAY", "Nettle"], ["Raymond", "dog too"]),
        (["son Raymond"], ["Raymond"], ["Ray Nettle"]),
        ([], [], ["Ray Nettle"]),
        (["a.*t", "("], [], ["Ray Nettle"]),
    ],
)
def test_what_is_covered_is_gone_and_the_rest_stays(
    words: list[str], gone: list[str], stays: list[str]
) -> None:
    left = without_covered(TOLD, Cover(dict.fromkeys(words, Why.OTHER)))
    assert [each for each in gone if each in left] == []
    assert [each for each in stays if each not in left] == []


def test_a_whole_passage_leaves_only_its_reason() -> None:
    cover = Cover(whole=Why.LEGAL)
    assert without_covered(TOLD, cover) == "[covered: legal advice, or would harm an investigation]"
    assert how_many(TOLD, cover) == 1
    assert pieces("", cover) == []


def test_all_of_the_text_is_in_the_pieces() -> None:
    for cover in (Cover(), Cover({"Ray": Why.SUSPECT, "saw": Why.OTHER}), Cover(whole=Why.HARM)):
        assert "".join(piece.text for piece in pieces(TOLD, cover)) == TOLD


def test_names_are_proposed_whole_and_by_their_parts_where_they_stand() -> None:
    cover = propose(TOLD, [("Ray Nettle", Why.SUSPECT), ("Ngozi Bell", Why.STAFF), ("Al", Why.OTHER)])
    assert set(cover.words) == {"Ray Nettle", "Ray", "Nettle"}
    left = without_covered(TOLD, cover)
    assert "[covered: about who is said to have done it] shouted" in left
    assert "Raymond" in left
    assert not propose("It was dark.", [("Ray Nettle", Why.SUSPECT)])


def test_it_is_the_same_after_it_was_kept() -> None:
    cover = Cover({"Ray": Why.SUSPECT}, Why.HARM)
    assert Cover.of(cover.as_data()) == cover


@pytest.mark.parametrize(
    ("begins", "asked_by", "due"),
    [
        (date(2026, 3, 10), "person", date(2026, 4, 10)),
        (date(2026, 1, 31), "person", date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 3, 3), "for_them", date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 12, 10), "police", date(2027, 1, 11)),  # a Sunday
        (date(2026, 3, 10), "foi", date(2026, 4, 9)),  # 20 working days over Easter
    ],
)
def test_a_calendar_month_and_never_a_day_without_work(begins: date, asked_by: str, due: date) -> None:
    assert due_on(begins, asked_by) == due


def test_longer_is_three_months_from_the_beginning_and_proof_never_brings_the_clock_back() -> None:
    assert longest_due_on(date(2026, 3, 10)) == date(2026, 6, 10)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert begins_on(date(2026, 3, 10), date(2026, 3, 1)) == date(2026, 3, 10)
    assert begins_on(date(2026, 3, 10), date(2026, 3, 20)) == date(2026, 3, 20)
