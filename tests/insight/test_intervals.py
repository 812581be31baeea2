"""Intervals agree with R to the digits promised."""

import csv
from pathlib import Path

import pytest

from insight.stats.intervals import Interval, poisson_at_least, poisson_at_most, poisson_interval, wilson

REFERENCE = Path(__file__).parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open() as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", rows("proportion_wilson.csv"), ids=lambda row: f"{row['x']} of {row['n']}")
def test_a_share_has_wilsons_interval(row):
    found = wilson(int(row["x"]), int(row["n"]))
    assert found.low == pytest.approx(float(row["wilson_lo"]), abs=1e-10)
    assert found.high == pytest.approx(float(row["wilson_hi"]), abs=1e-10)


def test_every_upper_tail_agrees_with_r():
    reference = rows("poisson_upper.csv")
    assert len(reference) == 104
    for row in reference:
        found = poisson_at_least(int(row["obs"]), float(row["mu"]))
        assert found == pytest.approx(float(row["p_upper"]), rel=1e-12), row


@pytest.mark.parametrize("row", rows("poisson_exact_interval.csv"), ids=lambda row: row["area"])
def test_a_count_has_its_exact_interval(row):
    found = poisson_interval(int(row["observed"]))
    per_1_000 = 1000 / float(row["population_illustrative"])
    assert found.low * per_1_000 == pytest.approx(float(row["lo95_exact"]), abs=1e-10)
    assert found.high * per_1_000 == pytest.approx(float(row["hi95_exact"]), abs=1e-10)


def test_no_incident_at_all_still_allows_nearly_four():
    assert poisson_interval(0) == Interval(0.0, pytest.approx(3.688879454113936, rel=1e-12))


@pytest.mark.parametrize("mean", [0.0, 0.3, 7.0, 950.0])
def test_at_most_and_more_than_are_everything(mean):
    assert poisson_at_most(6, mean) + poisson_at_least(7, mean) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (5, 4), (-1, 4)])
def test_what_is_no_share_is_refused(part, whole):
    with pytest.raises(ValueError, match="is not a share"):
        wilson(part, whole)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="is not a count"):
        poisson_interval(-1)
