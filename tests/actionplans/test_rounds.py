"""Each day belongs to one round, and each stage of reminding has its days."""

from datetime import date

import pytest

from actionplans.rounds import Audience, opened_on, round_of, rule, stages_on
from partners.data import PartnershipDataError


def test_a_round_is_a_calendar_month_where_it_opens_on_the_first() -> None:
    found = round_of(date(2026, 11, 30))
    assert (found.month, found.opens_on) == (date(2026, 11, 1), date(2026, 11, 1))
    assert (found.due_on, found.closes_on) == (date(2026, 11, 15), date(2026, 11, 25))
    assert opened_on(date(2026, 12, 1)) == date(2026, 12, 1)


def test_the_stages_come_in_order_before_on_and_after_the_due_date_and_then_go_higher() -> None:
    stages = rule().stages
    assert [stage.days for stage in stages] == sorted(stage.days for stage in stages)
    assert [stage.to for stage in stages if stage.days <= 0] == [Audience.CONTRIBUTORS] * 2
    later = [stage.to for stage in stages if stage.days > 0]
    assert later == [Audience.CONTRIBUTORS, Audience.PLAN_OWNERS, Audience.DELIVERY_GROUP]


@pytest.mark.parametrize(
    ("day", "codes"),
    [(9, []), (10, ["soon"]), (11, ["soon"]), (12, []), (15, ["due"]), (18, ["late"]), (20, ["plan-owners"])],
)
def test_a_stage_is_for_its_day_and_the_next_so_that_a_stopped_portal_says_it_late_but_never_stale(
    day: int, codes: list[str]
) -> None:
    found = stages_on(date(2026, 11, day), date(2026, 11, 15))
    assert [stage.code for stage in found] == codes


STAGE = '[[stages]]\ncode = "soon"\ndays = -5\nto = "contributors"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("opens = 1\ndue = 31\ncloses = 25\nreminds_from_hour = 8\n" + STAGE, "due must be a whole number"),
        (
            "opens = 5\ndue = 4\ncloses = 25\nreminds_from_hour = 8\n" + STAGE,
            "opens, then is due, then closes",
        ),
        ("opens = 1\ndue = 5\ncloses = 25\nreminds_from_hour = 8\n" + STAGE, "falls into its own month"),
        ("opens = 1\ndue = 15\ncloses = 25\nreminds_from_hour = 8\n" + STAGE * 2, "stands there twice"),
        (
            "opens = 1\ndue = 15\ncloses = 25\nreminds_from_hour = 8\n"
            + STAGE.replace("contributors", "all"),
            "nobody whom we can remind",
        ),
        ("opens = 1\ndue = 15\ncloses = 25\nreminds_from_hour = 8\n", "no entries called stages"),
    ],
)
def test_a_folder_that_makes_no_round_is_refused_in_one_sentence(settings, tmp_path, text, why) -> None:
    (tmp_path / "update_cycle.toml").write_text(text)
    settings.PARTNERSHIP_DIR = tmp_path
    with pytest.raises(PartnershipDataError, match=why):
        rule()


def test_a_partnership_whose_round_opens_on_the_fifth_counts_the_fourth_to_the_month_before(
    settings, tmp_path
) -> None:
    text = "opens = 5\ndue = 15\ncloses = 25\nreminds_from_hour = 8\n" + STAGE
    (tmp_path / "update_cycle.toml").write_text(text)
    settings.PARTNERSHIP_DIR = tmp_path
    assert round_of(date(2027, 1, 4)).month == date(2026, 12, 1)
    assert round_of(date(2027, 1, 5)).month == date(2027, 1, 1)
