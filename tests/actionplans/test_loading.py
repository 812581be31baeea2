"""The partnership's folder becomes plans; loading it again loses nothing and doubles nothing."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from actionplans.history import keep_version
from actionplans.loading import load_plans
from actionplans.models import (
    Action,
    ActionPlan,
    ActionVersion,
    Contribution,
    Measure,
    Milestone,
    Priority,
    ProgressUpdate,
    StrategyStatement,
)
from actionplans.rag import RagRating, count, count_by_progress
from partners.data import PartnershipDataError
from tests.people import NOW, PARTNERSHIP, make_partnership, member, ngozi, organisation

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
    ratings = [action.rating(today=TODAY) for action in Action.objects.with_what_rates()]
    assert {rag.value: number for rag, number in count_by_progress(ratings).items() if number} == {
        "overdue": 1,
        "red": 1,
        "amber": 7,
        "green": 19,
        "not_started": 3,
        "complete": 7,
    }


def test_what_milestones_and_measures_take_back_on_that_day_is_this_and_no_more(plans):
    ratings = {action.ref: action.rating(today=TODAY) for action in Action.objects.with_what_rates()}
    held = {ref: (rating.by_progress, rating.word) for ref, rating in ratings.items() if rating.is_held_back}
    assert held == {"D5": (RagRating.GREEN, "Measure behind")}
    assert {ref for ref, rating in ratings.items() if rating.also} == {"C3"}, "slipping, and its measure too"
    found = count(ratings.values())
    assert (found[RagRating.GREEN], found[RagRating.AMBER]) == (18, 8)


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


def test_what_the_files_made_is_the_first_version_of_every_action_and_the_figure_of_every_measure(plans):
    assert ActionVersion.objects.count() == Action.objects.count()
    first = ActionVersion.objects.get(action__ref="C3")
    assert (first.number, first.by, first.act) == (1, None, "loaded from the partnership’s folder")
    assert first.data["measure"]["target"] == "85.00"
    assert Measure.objects.get(action__ref="C3").value_now == 23
    load_plans(PARTNERSHIP, SHIFT, NOW + timedelta(days=3))
    assert ActionVersion.objects.count() == Action.objects.count(), "nothing changed, so no version"


def test_an_action_that_odile_changed_stays_as_she_left_it(plans, tmp_path):
    action = Action.objects.get(ref="F1")
    action.title, action.due = "Her title", action.due + timedelta(days=30)
    action.save()
    action.milestones.all().delete()
    action.supporting.clear()
    Measure.objects.filter(action=action).update(target=5)
    odile = member("Odile Marsh", organisation("lcc"), "plan_owner")
    keep_version(action, "changed", by=odile, now=NOW)
    folder = shutil.copytree(PARTNERSHIP, tmp_path / "llr")
    file = folder / "plans" / "cohesion.toml"
    file.write_text(file.read_text("utf-8").replace("A community profile", "A short profile"), "utf-8")
    load_plans(folder, SHIFT, NOW + timedelta(days=1))
    action = Action.objects.get(ref="F1")
    assert (action.title, action.measure.target) == ("Her title", 5)
    assert not action.milestones.exists()
    assert not action.supporting.exists()
    assert action.versions.count() == 2


def test_a_trajectory_moves_with_all_dates_and_what_an_action_waits_for_is_a_link(plans):
    profiles = Action.objects.select_related("measure").get(ref="F1")
    assert profiles.measure.trajectory == [
        {"on": (date(2019, 3, 31) + SHIFT).isoformat(), "value": 2},
        {"on": (date(2019, 5, 31) + SHIFT).isoformat(), "value": 6},
    ]
    assert [each.ref for each in Action.objects.get(ref="E5").blocked_by.all()] == ["E9"]
    assert "lawyers" in Action.objects.get(ref="E8").blocked_by_text


@pytest.mark.parametrize(
    ("was", "became", "sentence"),
    [
        (
            'blocked_by = ["appendix-c C2"]',
            'blocked_by = ["appendix-c C99"]',
            "action that it waits for 'appendix-c C99'",
        ),
        ("{ on = 2019-05-31, value = 6 }", "{ on = 2019-03-31, value = 6 }", "day of a trajectory"),
        ('ref = "F6"', 'ref = "F6"\ncourse = "paused"', "the course 'paused' is not known"),
        ('indicator = "schools_reached"', 'indicator = "schools"', "schools"),
    ],
)
def test_a_mistake_in_what_is_new_is_one_sentence_too(tmp_path, was, became, sentence):
    make_partnership()
    folder = shutil.copytree(PARTNERSHIP, tmp_path / "llr")
    file = folder / "plans" / "cohesion.toml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, became), "utf-8")
    with pytest.raises(PartnershipDataError, match=sentence):
        load_plans(folder, SHIFT, NOW)
    assert not ActionPlan.objects.exists()
