"""The invented world is the same each time, fits its frame, and could have been told by real people."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from llr_hate.demo.frame import Frame, read_frame
from llr_hate.demo.telling import answers_of
from llr_hate.demo.years import invent, planted_cluster, told
from reporting.journey.route import unfinished

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def frame() -> Frame:
    return read_frame(Path(__file__).resolve().parents[2] / "partnership" / "llr")


def test_five_years_have_the_numbers_that_the_frame_asks_for(frame: Frame) -> None:
    earlier, last = invent(frame, now=NOW)
    assert (len(earlier), len(last)) == (1060 + 1120 + 1170 + 1210, 1240)
    assert max(report.received_at for report in last) < NOW


def test_the_same_world_is_invented_twice(frame: Frame) -> None:
    assert invent(frame, now=NOW) == invent(frame, now=NOW)


def test_at_least_eighty_different_accounts_are_told_in_the_last_year(frame: Frame) -> None:
    _, last = invent(frame, now=NOW)
    assert len({report.narrative.id for report in last if report.narrative}) >= 80


def test_more_is_told_in_the_weeks_after_awareness_week_than_before(frame: Frame) -> None:
    earlier, last = invent(frame, now=NOW)
    days = [report.received_at.date() for report in earlier + last]
    weeks = [
        (first - timedelta(days=14), first, first + timedelta(days=14)) for first, _ in frame.awareness_weeks
    ]
    before = sum(start <= day < first for day in days for start, first, _ in weeks)
    after = sum(first <= day < end for day in days for _, first, end in weeks)
    assert after > before * 1.15


def test_eight_small_things_are_planted_in_one_place_within_four_weeks(frame: Frame) -> None:
    cluster = planted_cluster(frame, now=NOW)
    assert len(cluster) == 8
    assert {report.area for report in cluster} == {"north-west-leicestershire"}
    assert (cluster[-1].received_at - cluster[0].received_at).days < 28


def test_every_narrative_can_be_told_through_the_journey_online_and_at_a_centre(frame: Frame) -> None:
    for narrative in frame.narratives:
        for channel in ("online", "centre"):
            area = next((area for area in narrative.areas if area != "any"), "leicester")
            answers = answers_of(told(narrative, NOW, area, channel), Random(1))
            assert [page.name for page in unfinished(answers)] == [], (narrative.id, channel)
