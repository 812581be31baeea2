"""What the figures say: who got worse, how far a plan is, and when a difference may be called one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from actionplans.figures import keep_figures
from actionplans.models import Action, ActionPlan, Measure, Priority
from actionplans.rag import RagRating
from actionplans.sog import sentences
from actionplans.sog.standing import plan_standings, with_paths
from insight.counts import Counted
from tests.people import organisation

START, END = date(2026, 4, 1), date(2027, 3, 31)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def plan(db) -> ActionPlan:
    return ActionPlan.objects.create(
        code="plan-x", title="Invented plan", appendix="X", period_start=START, period_end=END, order=1
    )


def add(plan: ActionPlan, ref: str, *told: tuple[date, int], priority: str = "Listening") -> Action:
    """An action for the whole year with what was told about it."""
    under, _ = Priority.objects.get_or_create(
        plan=plan, code=priority.lower(), defaults={"name": priority, "order": plan.priorities.count()}
    )
    action = Action.objects.create(
        plan=plan,
        priority=under,
        ref=ref,
        title=f"Action {ref}",
        lead=organisation("lcc"),
        importance="high",
        starts=START,
        due=END,
        order=plan.actions.count(),
    )
    for day, percent in told:
        action.updates.create(
            as_at=day,
            recorded_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            percent_done=percent,
            organisation=organisation("lcc"),
        )
    return action


def standing_of(*, on: date = OCTOBER, before: date = date(2026, 7, 1)):
    (standing,) = with_paths(plan_standings(on=on, before=before), on=on)
    return standing


def test_an_action_that_stopped_moving_got_worse_and_one_that_caught_up_got_better(plan):
    add(plan, "X1", (date(2026, 6, 20), 25))
    add(plan, "X2", (date(2026, 6, 20), 5), (date(2026, 9, 20), 50))
    add(plan, "X3", (date(2026, 6, 20), 25), (date(2026, 9, 20), 50))
    standing = standing_of()
    moves = {each.action.ref: (each.got_worse, each.got_better) for each in standing.actions}
    assert moves == {"X1": (True, False), "X2": (False, True), "X3": (False, False)}
    assert [each.action.ref for each in standing.needing_attention] == ["X1"]


def test_what_is_told_later_does_not_change_how_it_stood(plan):
    add(plan, "X1", (date(2026, 6, 20), 25), (date(2026, 11, 1), 100))
    assert standing_of().actions[0].rating.rag is RagRating.RED
    assert standing_of(on=date(2026, 11, 1)).actions[0].rating.rag is RagRating.COMPLETE


def test_the_last_of_two_updates_of_one_day_counts(plan):
    add(plan, "X1", (date(2026, 9, 20), 10), (date(2026, 9, 20), 50))
    assert standing_of().actions[0].rating.percent_done == 50


def test_updates_of_the_period_are_those_after_the_day_before_it(plan):
    add(plan, "X1", (date(2026, 7, 1), 20), (date(2026, 7, 2), 25), (OCTOBER, 50), (date(2026, 10, 2), 51))
    assert [told.percent_done for told in standing_of().actions[0].told_since] == [25, 50]


def test_a_plan_s_path_is_the_mean_of_its_actions(plan):
    add(plan, "X1", (date(2026, 9, 1), 60))
    add(plan, "X2")
    standing = standing_of()
    assert (standing.now.day, round(standing.now.expected), standing.now.done) == (OCTOBER, 50, 30)
    assert standing.path[0].day == START
    assert (standing.path[-1].day, standing.path[-1].expected, standing.path[-1].done) == (END, 100, None)
    assert (
        sentences.trajectory(standing)
        == "Plan X has done 30% of its work where 50% was expected: 20 points behind"
    )


def test_the_priority_with_the_worst_actions_is_looked_at_first(plan):
    add(plan, "X1", (date(2026, 9, 20), 40), priority="Listening")
    add(plan, "X2", (date(2026, 9, 20), 40), priority="Listening")
    add(plan, "X3", (date(2026, 9, 20), 0), priority="Teaching")
    add(plan, "X4", (date(2026, 9, 20), 0), priority="Teaching")
    assert sentences.priorities(standing_of()) == (
        "Plan X: 4 of 4 actions need attention; look first at “Teaching”"
    )


def test_a_plan_that_has_not_begun_is_where_it_should_be(plan):
    add(plan, "X1")
    standing = standing_of(on=date(2026, 3, 1))
    assert standing.actions[0].rating.rag is RagRating.NOT_STARTED
    assert (
        sentences.trajectory(standing) == "Plan X has done 0% of its work where 0% was expected: as expected"
    )


def test_a_plan_that_has_ended_is_history(plan):
    add(plan, "X1", (date(2026, 9, 1), 60))
    standing = standing_of(on=END + timedelta(days=1))
    assert standing.has_ended
    assert standing.needing_attention == []
    assert sentences.priorities(standing) == "Plan X has ended"
    assert standing.path[-1].day == END


@pytest.mark.parametrize(("now", "before"), [(0, 0), (3, 0), (12, 10), (5, 9), (60, 45)])
def test_small_differences_are_not_called_differences(now, before):
    assert not sentences.differs(now, before)


@pytest.mark.parametrize(("now", "before"), [(20, 0), (5, 30), (120, 60)])
def test_large_differences_are(now, before):
    assert sentences.differs(now, before)


def test_only_what_stands_out_is_said():
    rows = [Counted("melton", "Melton", 5, 30), Counted("blaby", "Blaby", 20, 21)]
    found = sentences.stands_out(rows, "Reports from", "the same days last year")
    assert len(found) == 1
    assert "lower than in the same days last year: 5 against 30" in found[0]


def test_a_milestone_and_a_measure_are_rated_as_they_were_known_on_the_day(plan):
    action = add(plan, "X1", (date(2026, 6, 20), 30), (date(2026, 9, 20), 60))
    action.milestones.create(title="Draft", due=date(2026, 6, 1), done_on=date(2026, 8, 1))
    measure = Measure.objects.create(
        action=action, text="Visits", unit="visits", source="Entered", baseline=0, target=100
    )
    for day, value in ((date(2026, 6, 1), 5), (date(2026, 9, 1), 60)):
        measure.record_figure(
            organisation("lcc"), Decimal(value), by=None, now=datetime(2026, 9, 1, tzinfo=UTC), on=day
        )
    keep_figures([measure])
    (standing,) = standing_of().actions
    assert standing.before.holds == ("milestone", "measure"), "late then, and at 5 where 25 was due"
    assert (standing.rating.rag, standing.rating.holds) == (RagRating.GREEN, ())
    assert standing.got_better


def test_of_years_of_updates_one_a_month_is_enough(plan):
    """The same standing and path, whether somebody told every day or only what counted by each first."""
    days = [START + timedelta(days=number) for number in range(150)]
    add(plan, "X1", *[(day, number // 3) for number, day in enumerate(days)])
    standing = standing_of(on=OCTOBER, before=date(2026, 8, 14))
    by_hand = {day: max(number // 3 for number, told in enumerate(days) if told <= day) for day in days}
    for point in standing.path:
        if point.done is not None and point.day in by_hand:
            assert point.done == by_hand[point.day], point.day
    assert standing.actions[0].before.percent_done == by_hand[date(2026, 8, 14)]
    assert len(standing.actions[0].told_since) == len([day for day in days if day > date(2026, 8, 14)])


def test_drafts_and_plans_that_ended_before_are_in_no_figure(plan):
    add(plan, "X1")
    ActionPlan.objects.update(is_draft=True)
    assert plan_standings(on=OCTOBER, before=date(2026, 7, 1)) == []
    ActionPlan.objects.update(is_draft=False)
    assert plan_standings(on=date(2028, 1, 1), before=date(2027, 10, 1)) == []
