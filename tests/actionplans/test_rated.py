"""The database rates as the rule does, on every branch and border, and reads no update for it."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from actionplans.models import Action, ActionPlan, Measure, Milestone, Priority, RagOverride
from actionplans.rag import HOLDS, RULES, RagRating
from actionplans.slipping import has_slipped_twice, last_month_ends
from tests.people import ngozi, organisation

STARTS, DUE = date(2018, 1, 1), date(2018, 4, 11)  # a hundred days
HALF_WAY = date(2018, 2, 20)
DAYS = (
    date(2017, 12, 31),
    STARTS,
    date(2018, 1, 11),
    HALF_WAY,
    date(2018, 3, 7),
    DUE,
    DUE + timedelta(1),
    date(2018, 7, 1),
)
PERCENTS = (None, 0, 34, 35, 44, 45, 69, 70, 89, 90, 99, 100)
COURSES = ("", "ongoing", "deferred")
MILESTONES = ((), ((HALF_WAY, None),), ((STARTS, STARTS), (DUE, None)), ((None, None), (STARTS, None)))
POINTS = [{"on": "2018-01-31", "value": 50}, {"on": "2018-01-11", "value": 10}]
# baseline, target, lower is better, own points, values on both sides of each border
MEASURES = (
    (0, 100, False, [], (0, 44, 45, 89, 90)),
    (40, 80, False, [], (57, 58, 75, 76)),
    (100, 0, True, [], (100, 56, 55, 10, 11)),
    (100, 50, True, [], (100, 78, 77, 55, 56)),
    (5, 5, False, [], (4, 5)),
    (None, 95, False, [], (1, 85, 86, None)),
    (None, 10, True, [], (11, 12)),
    (0, None, False, [], (1,)),
    (0, 100, False, POINTS, (5, 8, 9, 10, 26, 27, None)),
    (0, 120, False, POINTS, (76, 77)),
    (None, 100, False, POINTS, (0, 8, 9, 45)),
    (None, None, False, POINTS, (1, 45)),
    (7, 100, False, [{"on": "2018-01-01", "value": 20}], (0, 18, 19)),
    (0, 100, False, [{"on": "2018-04-12", "value": 60}], (50, 53, 54)),
    (0, 20, True, POINTS, (60, 5)),
)


@pytest.fixture
def priority(db) -> Priority:
    plan = ActionPlan.objects.create(
        code="plan-x", title="Invented plan", period_start=STARTS, period_end=date(2018, 6, 30), order=1
    )
    return Priority.objects.create(plan=plan, code="listening", name="Listening", order=1)


def make(priority: Priority, facts: list[dict]) -> list[Action]:
    lead = organisation("lcc")
    plain = {
        "plan": priority.plan,
        "priority": priority,
        "lead": lead,
        "title": "Invented",
        "importance": "high",
    }
    return Action.objects.bulk_create(
        Action(ref=f"X{number}", order=number, **{"starts": STARTS, "due": DUE, **plain, **each})
        for number, each in enumerate(facts)
    )


def make_every_branch(priority: Priority) -> None:
    """Every percent in every course, closed and not, with and without milestones; then every kind of measure."""
    closings = (None, HALF_WAY)
    facts = [
        {"percent_now": percent, "course": course, "closed_on": closed}
        for percent, course, closed, _ in product(PERCENTS, COURSES, closings, MILESTONES)
    ]
    measured = [
        (percent, course, closed, measure, value)
        for measure in MEASURES
        for value in measure[4]
        for percent, course, closed in product((50, 100), ("", "ongoing"), (None, HALF_WAY))
    ]
    more = [{"percent_now": each[0], "course": each[1], "closed_on": each[2]} for each in measured]
    actions = make(priority, facts + more)
    know_how_many()
    steps = [each[3] for each in product(PERCENTS, COURSES, closings, MILESTONES)]
    Milestone.objects.bulk_create(
        Milestone(action=action, title="Step", due=due, done_on=done, order=order)
        for action, milestones in zip(actions, steps, strict=False)
        for order, (due, done) in enumerate(milestones)
    )
    Measure.objects.bulk_create(
        Measure(
            action=action,
            text="Invented",
            unit="things",
            source="Entered",
            baseline=measure[0],
            target=measure[1],
            is_lower_better=measure[2],
            trajectory=measure[3],
            value_now=value,
        )
        for action, (*_, measure, value) in zip(actions[len(facts) :], measured, strict=True)
    )
    know_how_many()


def know_how_many() -> None:
    """Lets the database count what was made at once: it plans for the empty tables that it saw last."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE actionplans_action, actionplans_milestone, actionplans_measure")


def test_the_database_and_the_rule_agree_on_every_branch(priority: Priority) -> None:
    make_every_branch(priority)
    seen = set()
    for today in DAYS:
        for action in Action.objects.rated(today).with_what_rates():
            by_rule = action.rating(today=today)
            by_database = (action.rag, action.by_progress, action.is_milestone_late, action.is_measure_behind)
            assert by_database == (
                by_rule.rag,
                by_rule.by_progress,
                by_rule.is_milestone_late,
                by_rule.is_measure_behind,
            ), f"{action} on {today}: {by_rule}"
            assert action.rank == by_rule.rag.rank
            seen |= {by_rule.by_progress, *by_rule.holds, f"{by_rule.by_progress} held at {by_rule.rag}"}
    assert seen >= {rule.rag for rule in RULES} | {hold.key for hold in HOLDS}
    assert {f"{rag} held at amber" for rag in ("green", "complete", "ongoing")} <= seen


def test_ten_times_as_many_are_rated_in_one_statement_that_reads_no_update(
    priority: Priority, django_assert_num_queries
) -> None:
    make_every_branch(priority)
    with django_assert_num_queries(1) as asked:
        list(Action.objects.in_force().rated(HALF_WAY).exceptions().with_what_rates().worst_first())
    assert "progressupdate" not in asked[0]["sql"]


def test_the_worst_come_first_and_drafts_are_in_no_list(priority: Priority) -> None:
    make(priority, [{"percent_now": percent} for percent in (100, 50, 40, 10)])
    rated = Action.objects.in_force().rated(HALF_WAY)
    assert [action.rag for action in rated.worst_first()] == ["red", "amber", "green", "complete"]
    assert [action.rag for action in rated.exceptions().worst_first()] == ["red", "amber"]
    ActionPlan.objects.update(is_draft=True)
    assert not rated.all().exists()
    assert not Action.objects.off_track(HALF_WAY).exists()


@pytest.mark.parametrize(
    ("percent", "rule_said", "said", "is_one"),
    [
        (50, "green", "red", True),
        (50, "amber", "red", True),
        (50, "red", "amber", False),
        (50, "overdue", "green", False),
        (10, "red", "green", True),
        (100, "green", "red", False),
    ],
)
def test_an_override_for_the_worse_makes_an_exception_and_one_for_the_better_takes_none_out(
    priority: Priority, percent: int, rule_said: str, said: str, is_one: bool
) -> None:
    (action,) = make(priority, [{"percent_now": percent}])
    now = datetime(2018, 2, 20, 12, tzinfo=UTC)
    RagOverride.objects.create(
        action=action, rag=said, computed=rule_said, reason="The lead left.", by=ngozi(), at=now
    )
    exceptions = Action.objects.rated(HALF_WAY).exceptions()
    assert exceptions.exists() is is_one
    RagOverride.objects.update(ended_at=now)
    assert exceptions.all().exists() is (percent == 10)


def test_slipping_twice_is_asked_of_the_database_as_the_rule_has_it(priority: Priority) -> None:
    """Every mixture of what was told by the two month ends and since, and of how often the date was put off."""
    today = date(2018, 3, 20)
    later, earlier = last_month_ends(today)
    mixtures = list(product((0, 40, 90), (None, 20, 80), (None, 5, 60), (0, 1, 2), ("", "deferred")))
    actions = make(priority, [{"times_put_off": each[3], "course": each[4]} for each in mixtures])
    told = []
    for action, (now, at_later, at_earlier, *_) in zip(actions, mixtures, strict=True):
        for day, percent in ((earlier, at_earlier), (later, at_later), (today, now)):
            if percent is not None:
                told.append(
                    action.updates.model(
                        action=action,
                        as_at=day,
                        recorded_at=datetime(2018, 3, 20, 12, tzinfo=UTC),
                        percent_done=percent,
                        organisation=action.lead,
                    )
                )
    actions[0].updates.model.objects.bulk_create(told)
    rated = Action.objects.rated(today).slipping(today)
    flagged = {action.pk for action in rated if action.slips}
    expected = {
        action.pk
        for action in actions
        if _slips_by_rule(Action.objects.get(pk=action.pk), today, later, earlier)
    }
    assert flagged == expected
    assert 0 < len(flagged) < len(actions)


def _slips_by_rule(action: Action, today: date, later: date, earlier: date) -> bool:
    def on(day: date) -> RagRating:
        told = [each for each in action.updates.all() if each.as_at <= day]
        action.percent_now = told[0].percent_done if told else None
        return action.rating(today=day).by_progress

    return has_slipped_twice(
        times_put_off=action.times_put_off, now=on(today), month_ends=(on(later), on(earlier))
    )


def test_a_milestone_that_is_done_moved_or_gone_changes_what_the_action_waits_for(priority: Priority) -> None:
    (action,) = make(priority, [{}])

    def waits_for() -> date | None:
        return Action.objects.get(pk=action.pk).milestone_due

    step = action.milestones.create(title="Agree the text", due=HALF_WAY)
    action.milestones.create(title="Publish it", due=DUE)
    action.milestones.create(title="Some day", due=None)
    assert waits_for() == HALF_WAY
    Milestone.objects.filter(pk=step.pk).update(done_on=STARTS)
    assert waits_for() == DUE
    Milestone.objects.filter(pk=step.pk).update(done_on=None, due=STARTS)
    assert waits_for() == STARTS
    action.milestones.exclude(due=None).delete()
    assert waits_for() is None
