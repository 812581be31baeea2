"""Indicators say what they count; figures say of how many."""

from datetime import UTC, date, datetime

from insight.indicators import CONTACTED_IN_TIME, INDICATORS, REPORTS_RECEIVED, Figure
from insight.periods import ReportingPeriod

QUARTER = ReportingPeriod.quarter_containing(date(2026, 8, 1))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_reports_received_are_neither_good_nor_bad():
    neutral = {indicator.key for indicator in INDICATORS if indicator.is_neutral}
    assert neutral == {"reports_received", "mentions_by_strand", "reports_by_area", "disability_change"}


def test_every_indicator_is_defined_in_a_sentence_with_its_source():
    for indicator in INDICATORS:
        assert indicator.definition.endswith(".")
        assert indicator.source
    assert len({indicator.key for indicator in INDICATORS}) == len(INDICATORS)


def test_a_share_says_of_how_many_and_how_sure_we_are():
    share = Figure(CONTACTED_IN_TIME, QUARTER, NOW, 90, 120)
    assert (share.in_words, share.base_in_words) == ("75%", "90 of 120")
    assert round(share.interval.low, 3) == 0.666


def test_a_share_of_fewer_than_twenty_is_not_shown():
    share = Figure(CONTACTED_IN_TIME, QUARTER, NOW, 19, 19)
    assert (share.value, share.in_words, share.interval) == (None, "too few to say", None)


def test_a_count_is_a_count():
    count = Figure(REPORTS_RECEIVED, QUARTER, NOW, 1283, before=1271)
    assert (count.in_words, count.base_in_words, count.interval) == ("1,283", "", None)
