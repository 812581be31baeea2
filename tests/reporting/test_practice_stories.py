"""The invented stories that volunteers practise on, and what is found in a record of one."""

from pathlib import Path

import pytest

from partners.data import PartnershipDataError
from reporting import risk
from reporting.practice_feedback import code_words, question_words
from reporting.practice_stories import (
    RISK,
    NoSuchStory,
    Point,
    Story,
    compare,
    stories,
    stories_in,
    story,
)
from reporting.strands import Strand

ON_THE_BUS = Story(
    code="bus",
    title="On the bus",
    about="Samira tells you.",
    says=("They shouted.",),
    asked=(),
    points=(
        Point("Q08", ("race", "religion"), "Both were said.", only=True),
        Point("Q06", ("threats",), "They threatened her."),
        Point("Q25", ("yes",), "She gave her name."),
        Point(RISK, ("standard", "medium"), "Either.", any=True),
        Point("C01_paper", ("0417",), "It stands on the form."),
    ),
    learn=("Listen for each.",),
)
AS_TOLD = {"Q08": ["race", "religion"], "Q06": ["threats", "other"], "Q25": "yes", "C01_paper": "0417"}


def test_a_record_that_holds_what_the_story_says_is_right_at_every_point() -> None:
    assert all(each.is_right for each in compare(ON_THE_BUS, AS_TOLD, level="medium"))


@pytest.mark.parametrize(
    ("changed", "found", "missed", "beyond"),
    [
        ({"Q08": ["race"]}, ("race",), ("religion",), ()),
        ({"Q08": ["race", "religion", "other"]}, ("race", "religion"), (), ("other",)),
        ({"Q08": ["not_sure"]}, (), ("race", "religion"), ("not_sure",)),
        ({"Q08": None}, (), ("race", "religion"), ()),
    ],
)
def test_what_was_missed_and_what_is_beyond_the_story_is_said(
    changed: dict[str, object], found: tuple[str, ...], missed: tuple[str, ...], beyond: tuple[str, ...]
) -> None:
    strands = compare(ON_THE_BUS, AS_TOLD | changed, level="medium")[0]
    assert (strands.found, strands.missed, strands.beyond) == (found, missed, beyond)


def test_where_one_is_chosen_another_stands_in_its_place() -> None:
    name = compare(ON_THE_BUS, AS_TOLD | {"Q25": "no"}, level="medium")[2]
    assert (name.missed, name.beyond) == (("yes",), ("no",))


@pytest.mark.parametrize(
    ("level", "is_right"), [("standard", True), ("medium", True), ("high", False), ("", False)]
)
def test_of_levels_of_which_either_will_do_one_is_enough(level: str, *, is_right: bool) -> None:
    assert compare(ON_THE_BUS, AS_TOLD, level=level)[3].is_right is is_right


def test_what_somebody_typed_is_not_said_back() -> None:
    number = compare(ON_THE_BUS, AS_TOLD | {"C01_paper": "Amina's own"}, level="medium")[4]
    assert (number.missed, number.beyond) == (("0417",), ())


def test_there_are_six_stories_that_have_something_of_everything() -> None:
    known = stories()
    points = {(point.question, code) for each in known for point in each.points for code in point.codes}
    assert len(known) == 6
    assert {strand for strand in Strand.values if ("Q08", strand) in points} == set(Strand.values) - {
        "sexual_orientation"  # the story of which ends with calling 999
    }
    assert {code for question, code in points if question == RISK} == {"standard", "medium", "high"}
    assert {("Q25", "no"), ("Q02", "witness"), ("C02", "written"), ("Q01", "yes")} <= points
    assert [each.code for each in known if each.is_danger] == ["at_the_door"]


def test_every_choice_of_a_story_is_one_that_a_centre_is_offered() -> None:
    strange = [
        (each.code, point.question, code)
        for each in stories()
        for point in each.points
        for code in point.codes
        if point.question not in ("C01_on", "C01_paper") and code_words(point.question, code) == code
    ]
    assert strange == []
    assert {level.code for level in risk.tool().levels} >= {"standard", "high"}


def test_points_are_said_in_the_words_of_the_form() -> None:
    assert question_words("Q08") == "Why does the person think it happened?"
    assert code_words("Q08", "religion") == "Religion or belief"
    assert code_words("C01_on", "2026-01-14") == "14 January 2026"
    assert code_words(RISK, "high") == "High"


def test_a_story_that_is_not_there() -> None:
    with pytest.raises(NoSuchStory):
        story("nothing-here")


def test_a_partnership_without_stories_has_none(tmp_path: Path) -> None:
    assert stories_in(tmp_path) == ()


def test_a_point_at_a_question_that_nobody_is_asked_is_named(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    written = (
        'code = "x"\ntitle = "X"\nabout = "X"\nsays = ["X"]\nlearn = ["X"]\n'
        '[[points]]\nquestion = "Q99"\ncodes = ["yes"]\nwhy = "X"\n'
    )
    (tmp_path / "practice" / "x.toml").write_text(written)
    with pytest.raises(PartnershipDataError, match=r"practice/x\.toml: nobody is asked the question 'Q99'"):
        stories_in(tmp_path)
