"""The partnership's folder becomes plans; loading it again loses nothing and doubles nothing."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from actionplans.loading import load_plans
from actionplans.models import (
    Action,
    ActionPlan,
    Contribution,
    Measure,
    Milestone,
    Priority,
    ProgressUpdate,
    StrategyStatement,
)
from actionplans.rag import RagRating, count
from partners.data import PartnershipDataError
from tests.people import NOW, PARTNERSHIP, make_partnership, ngozi

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
SHIFT = TODAY - date(2019, 1, 31)
TABLES = (Action, ActionPlan, Contribution, Measure, Milestone, Priority, ProgressUpdate, StrategyStatement)


def how_many():
    return {table.__name__: table.objects.count() for table in TABLES}


@pytest.fixture
def plans():
    make_partnership()
    load_plans(PARTNERSHIP, SHIFT, NOW)


def test_all_plans_and_the_strategy_are_there(plans):
    assert [(plan.code, plan.actions.count()) for plan in ActionPlan.objects.all()] == [
        ("appendix-c", 12),
        ("appendix-d", 10),
        ("appendix-e", 10),
        ("cohesion", 6),
    ]
    assert all(plan.is_illustrative and plan.notice for plan in ActionPlan.objects.all())
    statement = StrategyStatement.objects.get()
    assert statement.adoptions.filter(adopted_on__isnull=False).count() == 11
    assert statement.content["priorities"][0]["police_and_crime_plan_theme"]


def test_dates_move_so_that_31_january_2019_is_today(plans):
    definition = Action.objects.get(ref="C1")
    assert definition.starts == date(2018, 4, 1) + SHIFT
    assert definition.updates.first().as_at == date(2018, 12, 20) + SHIFT
    assert definition.milestones.get().done_on == date(2018, 11, 27) + SHIFT
    cell = definition.measure.contributions.first()
    assert (cell.as_at, cell.by) == (TODAY, None)


def test_on_that_day_the_rule_gives_what_the_field_reckoned(plans):
    actions = Action.objects.select_related("plan")
    found = count(action.rating(today=TODAY) for action in actions)
    assert {rag.value: number for rag, number in found.items() if number} == {
        "overdue": 1,
        "red": 1,
        "amber": 7,
        "green": 19,
        "not_started": 3,
        "complete": 7,
    }


def test_loading_twice_changes_nothing(plans):
    before, ids = how_many(), set(ProgressUpdate.objects.values_list("id", "recorded_at"))
    load_plans(PARTNERSHIP, SHIFT, NOW + timedelta(days=3))
    assert how_many() == before
    assert set(ProgressUpdate.objects.values_list("id", "recorded_at")) == ids


def test_loading_again_keeps_what_ngozi_reported(plans):
    action = Action.objects.get(ref="C3")
    action.record_update(
        percent_done=44,
        what_changed="Two more councils are live.",
        by=ngozi(),
        organisation=action.lead,
        now=NOW,
    )
    load_plans(PARTNERSHIP, SHIFT, NOW + timedelta(days=1))
    assert Action.objects.get(ref="C3").percent_now == 44


def test_a_changed_word_in_the_folder_reaches_the_plan(plans, tmp_path):
    folder = shutil.copytree(PARTNERSHIP, tmp_path / "llr")
    file = folder / "plans" / "cohesion.toml"
    file.write_text(file.read_text("utf-8").replace("A community profile", "A short profile"), "utf-8")
    before = how_many()
    load_plans(folder, SHIFT, NOW)
    assert Action.objects.get(ref="F1").title.startswith("A short profile")
    assert how_many() == before


def test_a_mistake_in_the_folder_is_one_sentence_and_loads_nothing(tmp_path):
    make_partnership()
    folder = shutil.copytree(PARTNERSHIP, tmp_path / "llr")
    file = folder / "plans" / "cohesion.toml"
    file.write_text(file.read_text("utf-8").replace('lead = "police"', 'lead = "polcie"', 1), "utf-8")
    with pytest.raises(
        PartnershipDataError, match="plans/cohesion.toml, entry 'F2': the lead organisation 'polcie'"
    ):
        load_plans(folder, SHIFT, NOW)
    assert not ActionPlan.objects.exists()


def test_without_a_shift_the_plans_are_history():
    make_partnership()
    load_plans(PARTNERSHIP, timedelta(0), datetime(2026, 3, 10, tzinfo=UTC))
    actions = Action.objects.select_related("plan")
    assert {action.rating(today=TODAY).rag for action in actions} == {RagRating.ENDED}
