"""The small picture beside an action: what was told against an even pace."""

from datetime import date, timedelta

from actionplans.sparkline import sparkline

STARTS, DUE = date(2018, 1, 1), date(2018, 4, 11)  # a hundred days
HALF_WAY = date(2018, 2, 20)


def test_half_done_half_way_stands_in_the_middle():
    spark = sparkline(starts=STARTS, due=DUE, today=HALF_WAY, updates=[(HALF_WAY, 50)])
    assert spark.told == "3.0,27.0 60.0,15.0"
    assert spark.dot == ("60.0", "15.0")
    assert spark.today == "60.0"


def test_what_was_told_last_still_holds_today():
    spark = sparkline(starts=STARTS, due=DUE, today=HALF_WAY, updates=[(STARTS + timedelta(days=25), 50)])
    assert spark.told == "3.0,27.0 31.5,15.0 60.0,15.0"


def test_before_the_start_there_is_a_pace_but_no_dot():
    spark = sparkline(starts=STARTS, due=DUE, today=date(2017, 12, 1), updates=[(date(2017, 11, 1), 0)])
    assert (spark.dot, spark.told) == (None, "3.0,27.0")


def test_nothing_leaves_the_box_after_the_due_date():
    spark = sparkline(
        starts=STARTS, due=DUE, today=date(2019, 1, 1), updates=[(DUE, 90), (date(2018, 12, 1), 100)]
    )
    assert spark.dot == ("117.0", "3.0")
