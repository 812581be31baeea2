"""What a process remembers of the plans is what the database says now, whatever was changed how; the others stay."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans import boards
from actionplans.boards import boards_on
from actionplans.day import Day
from actionplans.entries import Entry
from actionplans.models import Action, ActionPlan, Milestone
from actionplans.sog import remembered
from actionplans.sog.standing import PlanStanding, plan_standings, with_paths
from partners.models import User
from tests.actionplans.test_standing import CHANGES
from tests.actionplans.world import plans_as_of
from tests.people import NOW, gwen

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
BEFORE = TODAY - timedelta(40)
MORE = {
    "an owner named": lambda action: Action.objects.filter(pk=action.pk).update(owner=gwen(now=NOW)),
    "a plan named": lambda action: ActionPlan.objects.filter(pk=action.plan_id).update(title="Another plan"),
    "a step done then": lambda action: Milestone.objects.filter(action=action).update(done_on=BEFORE),
}


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    boards.forget()
    remembered.forget()
    yield
    boards.forget()
    remembered.forget()


@pytest.fixture
def action() -> Action:
    plans_as_of()
    chosen = Action.objects.filter(measure__counted_by="", milestones__done_on=None, closed_on=None)
    found = chosen.filter(plan__period_end__gt=TODAY, milestones__due__gt=TODAY).first()
    assert found
    return found


def read() -> list[Entry]:
    """As a page reads that saw one action unrated."""
    return [entry for each in boards_on(Day(TODAY, "names", 1)).every for entry in each.entries]


def by_the_rule() -> dict[int, tuple[object, ...]]:
    found = Action.objects.rated(TODAY).slipping(TODAY)
    return {
        each.pk: (each.rag, each.rank, each.by_progress, each.is_measure_behind, each.slips) for each in found
    }


def standings() -> list[PlanStanding]:
    return remembered.standings(on=TODAY, before=BEFORE, names="")


def paths_of(plans: list[PlanStanding]) -> list[PlanStanding]:
    return remembered.drawn(plans, on=TODAY, before=BEFORE, names="")


def test_a_board_is_read_anew_after_each_change_and_says_what_the_rule_says(action: Action) -> None:
    boards_on(Day(TODAY))
    for name, change in (CHANGES | MORE).items():
        with transaction.atomic():
            change(Action.objects.get(pk=action.pk))
            found = read()
            said = {
                each.pk: (each.rag, each.rank, each.by_progress, each.is_measure_behind, each.slips)
                for each in found
            }
            assert said == by_the_rule(), name
            boards.forget()
            assert [each._replace(turn=0) for each in found] == [each._replace(turn=0) for each in read()], (
                name
            )
            transaction.set_rollback(True)


def test_the_dashboards_figures_follow_each_change(action: Action) -> None:
    before = standings()
    for name, change in (CHANGES | MORE).items():
        with transaction.atomic():
            change(Action.objects.get(pk=action.pk))
            assert standings() == plan_standings(on=TODAY, before=BEFORE), name
            transaction.set_rollback(True)
    assert standings() == before


def test_paths_are_drawn_whatever_days_others_looked_at_meanwhile(action: Action) -> None:
    mine = standings()
    for days in (1, 2, 3):
        remembered.standings(on=TODAY - timedelta(days), before=BEFORE, names="")
    assert paths_of(mine) == with_paths(mine, on=TODAY) != []


def test_a_path_belongs_to_the_standing_that_it_was_drawn_of(action: Action) -> None:
    earlier = standings()
    Action.objects.filter(pk=action.pk).update(due=action.due + timedelta(20))
    now = standings()
    paths_of(earlier)  # by a thread that had looked before
    assert paths_of(now) == with_paths(now, on=TODAY)
    assert {each.plan.pk for each in paths_of(now)} == {each.plan.pk for each in now}


def test_a_change_of_one_plan_leaves_what_is_remembered_of_the_others(action: Action) -> None:
    first = boards_on(Day(TODAY))
    Action.objects.filter(pk=action.pk).update(title="Another")
    with CaptureQueriesContext(connection) as asked:
        second = boards_on(Day(TODAY, "names", 1))
    assert len(asked) == 2, "which plans are others, and the actions of that one"
    same = [old is new for old, new in zip(first.every, second.every, strict=True)]
    assert same.count(False) == 1
    assert second.every[same.index(False)].plan == action.plan


def test_another_name_is_on_every_board(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(owner=gwen(now=NOW))
    read()
    User.objects.filter(pk=gwen(now=NOW).pk).update(name="Rosalind Marsh")
    assert {each.owner_name for each in read() if each.owner} == {"Rosalind Marsh"}


def test_a_plan_that_is_gone_is_on_no_board(action: Action) -> None:
    made = ActionPlan.objects.create(code="x", title="X", period_start=TODAY, period_end=TODAY + timedelta(9))
    assert made in [each.plan for each in boards_on(Day(TODAY)).every]
    made.delete()
    assert made.code not in [each.plan.code for each in boards_on(Day(TODAY)).every]
