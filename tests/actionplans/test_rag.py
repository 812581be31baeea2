"""One rule rates every action, from how much is done, how much time is gone, and what is late or behind beside it."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from actionplans.rag import (
    HOLDS,
    OVERRIDABLE,
    RULES,
    SAYABLE,
    RagRating,
    count,
    count_by_progress,
    is_override_needed,
    percent_of_time_gone,
    rate,
)
from actionplans.slipping import has_slipped_twice, last_month_ends
from actionplans.trajectory import Measured, MeasureStanding, forecast, points_from

PLANS = Path(__file__).parents[2] / "partnership" / "llr" / "plans"
STARTS, DUE = date(2018, 1, 1), date(2018, 4, 11)  # a hundred days
HALF_WAY = date(2018, 2, 20)
BEFORE, AFTER = date(2017, 12, 1), date(2018, 4, 12)
BEHIND = Measured(baseline=0, target=100, value=44)
ON = Measured(baseline=0, target=100, value=45)


def rated(percent_done, today, **more):
    return rate(starts=STARTS, due=DUE, percent_done=percent_done, today=today, **more)


@pytest.mark.parametrize(
    ("percent_done", "today", "rag", "reason"),
    [
        (100, HALF_WAY, RagRating.COMPLETE, "100% done"),
        (100, BEFORE, RagRating.COMPLETE, "100% done"),
        (100, date(2019, 1, 1), RagRating.COMPLETE, "100% done"),
        (0, date(2017, 12, 31), RagRating.NOT_STARTED, "Starts 1 day from now"),
        (30, BEFORE, RagRating.NOT_STARTED, "Starts 31 days from now"),
        (None, BEFORE, RagRating.NOT_STARTED, "Starts 31 days from now"),
        (0, STARTS, RagRating.GREEN, "0% done, 0% of the time gone"),
        (99, DUE, RagRating.GREEN, "99% done, 100% of the time gone"),
        (90, DUE, RagRating.GREEN, "90% done, 100% of the time gone"),
        (89, DUE, RagRating.AMBER, "89% done, 100% of the time gone"),
        (70, DUE, RagRating.AMBER, "70% done, 100% of the time gone"),
        (69, DUE, RagRating.RED, "69% done, 100% of the time gone"),
        (0, DUE, RagRating.RED, "0% done, 100% of the time gone"),
        (99, AFTER, RagRating.OVERDUE, "99% done, 1 day past its due date"),
        (0, date(2018, 4, 21), RagRating.OVERDUE, "0% done, 10 days past its due date"),
        (45, HALF_WAY, RagRating.GREEN, "45% done, 50% of the time gone"),
        (44, HALF_WAY, RagRating.AMBER, "44% done, 50% of the time gone"),
        (35, HALF_WAY, RagRating.AMBER, "35% done, 50% of the time gone"),
        (34, HALF_WAY, RagRating.RED, "34% done, 50% of the time gone"),
        (None, HALF_WAY, RagRating.RED, "No progress told yet: 0% done, 50% of the time gone"),
    ],
)
def test_progress_against_time_and_its_reason(percent_done, today, rag, reason):
    rating = rated(percent_done, today)
    assert (rating.rag, rating.reason, rating.word) == (rag, reason, rag.word)
    assert (rating.by_progress, rating.holds) == (rag, ())


@pytest.mark.parametrize(
    ("percent_done", "today", "more", "rag", "reason"),
    [
        (60, AFTER, {"plan_ended": True}, RagRating.ENDED, "Last told: 60% done"),
        (100, AFTER, {"plan_ended": True}, RagRating.ENDED, "Last told: 100% done"),
        (None, AFTER, {"plan_ended": True}, RagRating.ENDED, "Last told: 0% done"),
        (60, HALF_WAY, {"plan_ended": True, "closed_on": STARTS}, RagRating.ENDED, "Last told: 60% done"),
        (100, HALF_WAY, {"closed_on": HALF_WAY}, RagRating.COMPLETE, "100% done, and closed"),
        (60, HALF_WAY, {"closed_on": HALF_WAY}, RagRating.CLOSED, "Closed at 60% done"),
        (60, AFTER, {"closed_on": HALF_WAY}, RagRating.CLOSED, "Closed at 60% done"),
        (
            60,
            HALF_WAY,
            {"closed_on": HALF_WAY + timedelta(1)},
            RagRating.GREEN,
            "60% done, 50% of the time gone",
        ),
        (60, HALF_WAY, {"closed_on": STARTS, "course": "deferred"}, RagRating.CLOSED, "Closed at 60% done"),
        (
            10,
            AFTER,
            {"course": "deferred"},
            RagRating.DEFERRED,
            "Deferred at 10% done; not rated by time",
        ),
        (10, BEFORE, {"course": "deferred"}, RagRating.DEFERRED, "Deferred at 10% done; not rated by time"),
        (100, AFTER, {"course": "deferred"}, RagRating.COMPLETE, "100% done"),
        (10, AFTER, {"course": "ongoing"}, RagRating.ONGOING, "Ongoing; not rated by time"),
        (
            None,
            AFTER,
            {"course": "ongoing"},
            RagRating.ONGOING,
            "No progress told yet: ongoing; not rated by time",
        ),
        (10, BEFORE, {"course": "ongoing"}, RagRating.NOT_STARTED, "Starts 31 days from now"),
        (100, AFTER, {"course": "ongoing"}, RagRating.COMPLETE, "100% done"),
    ],
)
def test_what_is_not_rated_by_time(percent_done, today, more, rag, reason):
    rating = rated(percent_done, today, **more)
    assert (rating.rag, rating.reason) == (rag, reason)


@pytest.mark.parametrize(
    ("percent_done", "today", "more", "by_progress", "rag", "word"),
    [
        # What looks better than it is, is held at amber.
        (50, HALF_WAY, {"milestone_due": date(2018, 2, 19)}, "green", "amber", "Milestone late"),
        (50, HALF_WAY, {"milestone_due": HALF_WAY}, "green", "green", "On track"),
        (50, HALF_WAY, {"milestone_due": AFTER}, "green", "green", "On track"),
        (50, HALF_WAY, {"measured": BEHIND}, "green", "amber", "Measure behind"),
        (50, HALF_WAY, {"measured": ON}, "green", "green", "On track"),
        (100, HALF_WAY, {"measured": BEHIND}, "complete", "amber", "Measure behind"),
        (100, HALF_WAY, {"milestone_due": STARTS}, "complete", "amber", "Milestone late"),
        (10, HALF_WAY, {"course": "ongoing", "measured": BEHIND}, "ongoing", "amber", "Measure behind"),
        (10, AFTER, {"course": "ongoing", "milestone_due": DUE}, "ongoing", "amber", "Milestone late"),
        # What is amber or worse stays what it is.
        (40, HALF_WAY, {"measured": BEHIND}, "amber", "amber", "Slipping"),
        (10, HALF_WAY, {"measured": BEHIND}, "red", "red", "Off track"),
        (10, AFTER, {"measured": BEHIND}, "overdue", "overdue", "Overdue"),
        # What is settled is no longer looked at.
        (100, HALF_WAY, {"measured": BEHIND, "closed_on": STARTS}, "complete", "complete", "Complete"),
        (50, HALF_WAY, {"measured": BEHIND, "closed_on": STARTS}, "closed", "closed", "Closed"),
        (50, HALF_WAY, {"milestone_due": STARTS, "plan_ended": True}, "ended", "ended", "Ended"),
        (50, HALF_WAY, {"milestone_due": STARTS, "course": "deferred"}, "deferred", "deferred", "Deferred"),
        (0, BEFORE, {"milestone_due": date(2017, 11, 1)}, "not_started", "not_started", "Not started"),
    ],
)
def test_a_late_milestone_or_a_measure_behind_takes_back_what_looks_good(
    percent_done, today, more, by_progress, rag, word
):
    rating = rated(percent_done, today, **more)
    assert (rating.by_progress, rating.rag, rating.word) == (by_progress, rag, word)
    assert rating.is_held_back == (by_progress != rag)


def test_a_rating_held_back_says_what_progress_alone_says_and_what_is_behind():
    rating = rated(50, HALF_WAY, measured=BEHIND, milestone_due=date(2018, 2, 10))
    assert rating.reason == (
        "On track by progress (50% done, 50% of the time gone), but a milestone is 10 days late "
        "and its measure is behind: 44 where 50 was due by now"
    )
    assert (rating.word, rating.also) == ("Milestone late", ("Measure behind",))
    assert rating.is_measure_behind
    assert rating.is_milestone_late


def test_a_slipping_action_also_says_that_its_measure_is_behind():
    rating = rated(40, HALF_WAY, measured=Measured(baseline=0, target=100, value=0))
    assert rating.also == ("Measure behind",)
    assert rating.reason == (
        "40% done, 50% of the time gone; its measure is behind: 0 where 50 was due by now"
    )


POINTS = ((date(2018, 1, 11), 10), (date(2018, 1, 31), 50))


@pytest.mark.parametrize(
    ("measured", "today", "expected", "standing"),
    [
        (Measured(baseline=0, target=100, value=45), HALF_WAY, 50, "on"),
        (Measured(baseline=0, target=100, value=44), HALF_WAY, 50, "behind"),
        (Measured(baseline=0, target=100, value=0), STARTS, 0, "on"),
        (Measured(baseline=0, target=100, value=None), HALF_WAY, 50, "not_told"),
        (Measured(baseline=0, target=100, value=89), DUE, 100, "behind"),
        (Measured(baseline=0, target=100, value=90), DUE, 100, "on"),
        (Measured(baseline=0, target=100, value=89), AFTER, 100, "behind"),
        (Measured(baseline=0, target=100, value=0), BEFORE, None, "no_trajectory"),
        # The way begins at the baseline: of the 20 up to 60, 2 may be missing.
        (Measured(baseline=40, target=80, value=58), HALF_WAY, 60, "on"),
        (Measured(baseline=40, target=80, value=57), HALF_WAY, 60, "behind"),
        # Lower is better.
        (Measured(baseline=100, target=0, value=55, is_lower_better=True), HALF_WAY, 50, "on"),
        (Measured(baseline=100, target=0, value=56, is_lower_better=True), HALF_WAY, 50, "behind"),
        (Measured(baseline=100, target=0, value=20, is_lower_better=True), HALF_WAY, 50, "on"),
        # A target that the baseline has already met is kept by standing still.
        (Measured(baseline=5, target=5, value=5), HALF_WAY, 5, "on"),
        (Measured(baseline=5, target=5, value=4), HALF_WAY, 5, "behind"),
        # Nobody knows where it began: it is compared with the target from the due date on.
        (Measured(baseline=None, target=95, value=1), HALF_WAY, None, "no_trajectory"),
        (Measured(baseline=None, target=95, value=85), DUE, 95, "behind"),
        (Measured(baseline=None, target=95, value=86), DUE, 95, "on"),
        (Measured(baseline=None, target=10, value=11, is_lower_better=True), DUE, 10, "on"),
        (Measured(baseline=None, target=10, value=12, is_lower_better=True), DUE, 10, "behind"),
        # No target.
        (Measured(baseline=0, target=None, value=1), HALF_WAY, 0, "no_target"),
        (Measured(baseline=None, target=None, value=None), HALF_WAY, None, "no_target"),
        (Measured(baseline=None, target=None, value=1, points=POINTS), date(2018, 1, 21), 30, "behind"),
        (Measured(baseline=None, target=None, value=50, points=POINTS), AFTER, 50, "on"),
        # Its own trajectory: straight between its points, from the baseline and on to the target.
        (Measured(baseline=0, target=100, value=9, points=POINTS), date(2018, 1, 11), 10, "on"),
        (Measured(baseline=0, target=100, value=5, points=POINTS), date(2018, 1, 6), 5, "on"),
        (Measured(baseline=0, target=100, value=26, points=POINTS), date(2018, 1, 21), 30, "behind"),
        (Measured(baseline=0, target=100, value=27, points=POINTS), date(2018, 1, 21), 30, "on"),
        (Measured(baseline=0, target=120, value=76, points=POINTS), date(2018, 3, 7), 85, "behind"),
        (Measured(baseline=0, target=120, value=77, points=POINTS), date(2018, 3, 7), 85, "on"),
        (
            Measured(baseline=None, target=100, value=0, points=POINTS),
            date(2018, 1, 10),
            None,
            "no_trajectory",
        ),
        (Measured(baseline=7, target=100, value=0, points=((STARTS, 20),)), STARTS, 20, "behind"),
        (Measured(baseline=0, target=100, value=50, points=((AFTER, 60),)), AFTER, 60, "behind"),
    ],
)
def test_a_measure_against_its_trajectory(measured, today, expected, standing):
    assert measured.expected(STARTS, DUE, today) == expected
    assert measured.standing(STARTS, DUE, today) == standing


def test_every_standing_of_a_measure_has_its_own_words():
    assert len({standing.words for standing in MeasureStanding}) == len(MeasureStanding)


def test_points_are_read_as_they_are_kept():
    assert points_from([{"on": "2018-01-11", "value": 12.5}]) == ((date(2018, 1, 11), Fraction(25, 2)),)


@pytest.mark.parametrize(
    ("percent_done", "today", "day"),
    [
        (50, HALF_WAY, DUE),
        (25, HALF_WAY, date(2018, 7, 20)),
        (33, HALF_WAY, date(2018, 6, 2)),  # 151.5 days, rounded up
        (99, AFTER, date(2018, 4, 14)),
        (100, HALF_WAY, None),
        (0, HALF_WAY, None),
        (None, HALF_WAY, None),
        (50, STARTS, None),
        (50, BEFORE, None),
        (1, date(2019, 1, 1), None),  # a hundred years say nothing
    ],
)
def test_the_pace_so_far_gives_the_day_on_which_it_will_be_done(percent_done, today, day):
    assert forecast(starts=STARTS, percent_done=percent_done, today=today) == day


AMBER, GREEN, RED = RagRating.AMBER, RagRating.GREEN, RagRating.RED


@pytest.mark.parametrize(
    ("times_put_off", "now", "month_ends", "flagged"),
    [
        (0, GREEN, (GREEN, GREEN), False),
        (1, GREEN, (RED, RED), False),
        (2, GREEN, (GREEN, GREEN), True),
        (3, RagRating.NOT_STARTED, (GREEN, GREEN), True),
        (0, AMBER, (RED, AMBER), True),
        (0, RagRating.OVERDUE, (RED, AMBER), True),
        (0, AMBER, (AMBER, GREEN), False),
        (0, AMBER, (GREEN, AMBER), False),
        (5, RagRating.COMPLETE, (RED, RED), False),
        (5, RagRating.CLOSED, (RED, RED), False),
        (5, RagRating.DEFERRED, (RED, RED), False),
        (5, RagRating.ENDED, (RED, RED), False),
    ],
)
def test_slipping_twice_is_flagged(times_put_off, now, month_ends, flagged):
    assert has_slipped_twice(times_put_off=times_put_off, now=now, month_ends=month_ends) is flagged


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2019, 1, 31), (date(2018, 12, 31), date(2018, 11, 30))),
        (date(2020, 3, 1), (date(2020, 2, 29), date(2020, 1, 31))),
    ],
)
def test_month_ends(today, ends):
    assert last_month_ends(today) == ends


@pytest.mark.parametrize(
    ("rule_said", "said", "rule_says", "needed"),
    [
        (RED, GREEN, RED, True),
        (RED, GREEN, AMBER, True),
        (RED, GREEN, GREEN, False),
        (RED, AMBER, AMBER, False),
        (RED, AMBER, GREEN, False),
        (RagRating.OVERDUE, AMBER, RED, True),
        (GREEN, RED, GREEN, True),
        (GREEN, RED, AMBER, True),
        (GREEN, RED, RED, False),
        (GREEN, AMBER, RagRating.OVERDUE, False),
        (RED, GREEN, RagRating.COMPLETE, False),
        (GREEN, RED, RagRating.ENDED, False),
    ],
)
def test_what_a_person_said_stands_until_the_rule_is_as_good_or_as_bad(rule_said, said, rule_says, needed):
    assert is_override_needed(said=said, rule_said=rule_said, rule_says=rule_says) is needed


def test_nobody_can_say_that_an_action_is_complete_or_not_yet_due():
    assert set(SAYABLE) == {RED, AMBER, GREEN}
    assert {*SAYABLE, RagRating.OVERDUE} == OVERRIDABLE


def test_time_gone_never_leaves_nought_to_a_hundred():
    assert percent_of_time_gone(STARTS, DUE, date(2010, 1, 1)) == 0
    assert percent_of_time_gone(STARTS, DUE, HALF_WAY) == 50
    assert percent_of_time_gone(STARTS, DUE, date(2030, 1, 1)) == 100


def test_each_state_has_its_own_word_and_shape_and_a_rule_that_gives_it():
    assert len({rag.word for rag in RagRating}) == len(RagRating)
    assert len({rag.shape for rag in RagRating}) == len(RagRating)
    assert {rule.rag for rule in RULES} == set(RagRating)
    assert len({part.key for part in (*RULES, *HOLDS)}) == len(RULES) + len(HOLDS)


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
    counted = {rag: number for rag, number in count_by_progress(ratings).items() if number}
    assert counted == {
        RagRating.OVERDUE: 1,
        RagRating.RED: 1,
        RagRating.AMBER: 7,
        RagRating.GREEN: 19,
        RagRating.NOT_STARTED: 3,
        RagRating.COMPLETE: 7,
    }
    assert counted == {rag: number for rag, number in count(ratings).items() if number}
