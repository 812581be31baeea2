"""Whether people who were written down apart may be one."""

from datetime import date

import pytest

from casework.matching import BORN, TIERS, WORDS, Details, Tier, number, signs, sounds, tier_of
from proofs.known_again import pairs, same_people
from proofs.planted_people import planted

AMINA = Details("Amina", "Hussain", date(1988, 4, 9), "LE1 1AB", "07700 900123", "amina@mail.example")


def shared(one: Details, other: Details) -> set[str]:
    return {sign.kind for sign in set(signs(one)) & set(signs(other))} - {BORN}


def how_sure(one: Details, other: Details) -> Tier:
    return tier_of(shared(one, other), born_apart=bool(one.born and other.born and one.born != other.born))


def test_the_same_name_and_day_of_birth_are_the_same_person_whichever_name_comes_first() -> None:
    turned = Details("HUSSAIN", "Mrs Amina", date(1988, 4, 9))
    assert shared(AMINA, turned) == {"name_born", "sound_born"}
    assert how_sure(AMINA, turned) == Tier.SAME


def test_a_name_alone_says_nothing() -> None:
    assert shared(AMINA, Details("Amina", "Hussain")) == set()


def test_a_telephone_that_a_household_shares_makes_nobody_the_same() -> None:
    assert shared(AMINA, Details("Bilal", "Hussain", date(2001, 1, 30), phone="07700 900123")) == set()
    assert how_sure(AMINA, Details("Ameena", "", phone="+44 7700 900123")) == Tier.SAME


def test_a_child_called_after_a_parent_is_possible_and_no_more() -> None:
    child = Details("Amina", "Hussain", date(2012, 6, 1), "le1 1ab", "07700900123")
    assert how_sure(AMINA, child) == Tier.POSSIBLE
    assert how_sure(AMINA, Details("Amina", "Hussain", postcode="LE1 1AB")) == Tier.POSSIBLE


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhammad Mohamed Mohammad",
        "Hussain Hussein Hossain Huseyin",
        "Aisha Ayesha Aysha",
        "Yusuf Yousef Youssef",
        "Qasim Kasim Qassim",
        "Aleksander Alexander Oleksandr",
        "Wójcik Wojcik",
        "Ștefan Stefan",
        "Szymon Simon",
    ],
)
def test_one_name_in_several_alphabets_sounds_alike(spellings: str) -> None:
    assert len({tuple(sounds(each)) for each in spellings.split()}) == 1


def test_what_nobody_can_call_is_no_number() -> None:
    assert [number(each) for each in ("0044 7700 900 123", "+44 (0)7700 900123", "07700900123")] == [
        "7700900123"
    ] * 3
    assert number("ask her sister") == number("12345") == ""


def test_every_sign_but_the_day_of_birth_can_be_explained() -> None:
    assert {sign.kind for sign in signs(AMINA)} - {BORN} == set(WORDS) == set(TIERS)


def test_of_ten_thousand_reports_the_sure_are_right_and_most_are_found() -> None:
    """The truth is known because the people are invented: typing slips, spellings of other alphabets, households with
    one telephone, people who moved."""
    written = planted(10_000, seed=7)
    found, truth = pairs(written), same_people(written)
    sure = {pair for pair, tier in found.items() if tier == Tier.SAME}
    assert len(truth) > 4_000
    assert len(sure & truth) / len(sure) >= 0.99
    assert len(found.keys() & truth) / len(truth) >= 0.80
