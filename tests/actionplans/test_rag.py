"""One rule rates every action, from how much is done against how much time is gone."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from actionplans.rag import RagRating, count, percent_of_time_gone, rate

PLANS = Path(__file__).parents[2] / "partnership" / "llr" / "plans"
STARTS, DUE = date(2018, 1, 1), date(2018, 4, 11)  # a hundred days
HALF_WAY = date(2018, 2, 20)


@pytest.mark.parametrize(
    ("percent_done", "today", "plan_ended", "rag", "reason"),
    [
        (100, HALF_WAY, False, RagRating.COMPLETE, "100% done"),
        (100, date(2017, 12, 1), False, RagRating.COMPLETE, "100% done"),
        (100, date(2019, 1, 1), False, RagRating.COMPLETE, "100% done"),
        (0, date(2017, 12, 31), False, RagRating.NOT_STARTED, "Starts 1 day from now"),
        (30, date(2017, 12, 1), False, RagRating.NOT_STARTED, "Starts 31 days from now"),
        (None, date(2017, 12, 1), False, RagRating.NOT_STARTED, "Starts 31 days from now"),
        (0, STARTS, False, RagRating.GREEN, "0% done, 0% of the time gone"),
        (99, DUE, False, RagRating.GREEN, "99% done, 100% of the time gone"),
        (90, DUE, False, RagRating.GREEN, "90% done, 100% of the time gone"),
        (89, DUE, False, RagRating.AMBER, "89% done, 100% of the time gone"),
        (70, DUE, False, RagRating.AMBER, "70% done, 100% of the time gone"),
        (69, DUE, False, RagRating.RED, "69% done, 100% of the time gone"),
        (99, date(2018, 4, 12), False, RagRating.OVERDUE, "99% done, 1 day past its due date"),
        (0, date(2018, 4, 21), False, RagRating.OVERDUE, "0% done, 10 days past its due date"),
        (45, HALF_WAY, False, RagRating.GREEN, "45% done, 50% of the time gone"),
        (44, HALF_WAY, False, RagRating.AMBER, "44% done, 50% of the time gone"),
        (35, HALF_WAY, False, RagRating.AMBER, "35% done, 50% of the time gone"),
        (34, HALF_WAY, False, RagRating.RED, "34% done, 50% of the time gone"),
        (None, HALF_WAY, False, RagRating.RED, "No progress told yet: 0% done, 50% of the time gone"),
        (60, date(2019, 1, 1), True, RagRating.ENDED, "Last told: 60% done"),
        (
            100,
            date(2019, 1, 1),
            True,
            RagRating.ENDED,
            "Last told: 100% done",
        ),
    ],
)
def test_the_rule_and_its_reason(percent_done, today, plan_ended, rag, reason):
    rating = rate(starts=STARTS, due=DUE, percent_done=percent_done, today=today, plan_ended=plan_ended)
    assert (rating.rag, rating.reason) == (rag, reason)


def test_time_gone_never_leaves_nought_to_a_hundred():
    assert percent_of_time_gone(STARTS, DUE, date(2010, 1, 1)) == 0
    assert percent_of_time_gone(STARTS, DUE, HALF_WAY) == 50
    assert percent_of_time_gone(STARTS, DUE, date(2030, 1, 1)) == 100


def test_each_state_has_its_own_word_and_shape():
    assert len({rag.word for rag in RagRating}) == len(RagRating)
    assert len({rag.shape for rag in RagRating}) == len(RagRating)


def test_the_worst_comes_first():
    assert sorted(RagRating, key=lambda rag: rag.rank)[:3] == ["overdue", "red", "amber"]
    assert {rag for rag in RagRating if rag.is_off_track} == {"overdue", "red"}
    assert {rag for rag in RagRating if rag.is_exception} == {"overdue", "red", "amber"}


def test_the_illustrative_plans_on_31_january_2019():
    """The figures that the field's own reckoning of the 38 actions gives for that day."""
    actions = [
        action
        for path in PLANS.glob("*.toml")
        for action in tomllib.loads(path.read_text("utf-8"))["actions"]
    ]
    ratings = [
        rate(
            starts=action["starts"],
            due=action["due"],
            percent_done=action["progress_31_jan_2019"],
            today=date(2019, 1, 31),
        )
        for action in actions
    ]
    assert count(ratings) == {
        RagRating.OVERDUE: 1,
        RagRating.RED: 1,
        RagRating.AMBER: 7,
        RagRating.GREEN: 19,
        RagRating.NOT_STARTED: 3,
        RagRating.COMPLETE: 7,
        RagRating.ENDED: 0,
    }
