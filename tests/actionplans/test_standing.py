"""What is kept of how actions stand is what the rule says, on every branch and day, whatever was changed how."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from actionplans.models import Action, Edition, Measure, Milestone, Priority, RagOverride, Standing
from actionplans.standings import disagreements, forget_connections_that_ended, keep_all
from partners.models import District
from tests.actionplans.test_rated import DAYS, HALF_WAY, STARTS, make, make_every_branch, priority  # noqa: F401
from tests.actionplans.world import plans_as_of
from tests.people import NOW, ngozi, organisation

TODAY = timezone.localdate(NOW)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_what_is_kept_is_what_the_rule_says_on_every_branch_and_day(priority: Priority) -> None:  # noqa: F811
    make_every_branch(priority)
    for today in (*DAYS, DAYS[3]):
        assert keep_all(today) == Standing.objects.count() == Action.objects.count()
        assert list(disagreements(today)) == []
        kept = Action.objects.standing(today).with_what_rates()
        assert all(action.rag == action.rating(today=today).rag for action in kept)
        assert keep_all(today) == 0


Change = Callable[[Action], object]
CHANGES: dict[str, Change] = {
    "due": lambda action: Action.objects.filter(pk=action.pk).update(due=TODAY + timedelta(2000)),
    "title": lambda action: Action.objects.filter(pk=action.pk).update(title="Another"),
    "put off": lambda action: Action.objects.filter(pk=action.pk).update(times_put_off=2),
    "closed": lambda action: Action.objects.filter(pk=action.pk).update(closed_on=TODAY),
    "told": lambda action: told(action, 3, TODAY),
    "told of an earlier day": lambda action: told(action, 3, TODAY - timedelta(400)),
    "a step is late": lambda action: action.milestones.create(
        title="Step", due=TODAY - timedelta(1), order=9
    ),
    "a step is done": lambda action: Milestone.objects.filter(action=action).update(done_on=TODAY),
    "its figure": lambda action: Measure.objects.filter(action=action).update(value_now=Decimal(1)),
    "its target": lambda action: Measure.objects.filter(action=action).update(target=Decimal(90_000)),
    "its measure gone": lambda action: Measure.objects.filter(action=action).delete(),
    "a cell": lambda action: action.measure.record_figure(
        action.lead, Decimal(1), by=None, now=NOW, on=TODAY
    ),
    "its plan ends": lambda action: (
        type(action.plan).objects.filter(pk=action.plan_id).update(period_end=TODAY - timedelta(1))
    ),
    "its priority": lambda action: Priority.objects.filter(pk=action.priority_id).update(name="Another"),
    "the owner's word": lambda action: RagOverride.objects.create(
        action=action, rag="red", computed="green", reason="So.", by=ngozi(now=NOW), at=NOW
    ),
    "its supporters": lambda action: action.supporting.add(organisation("opcc")),
    "its districts": lambda action: action.districts.set([District.objects.all()[0]]),
}


def newest() -> str:
    return Edition.objects.newest(TODAY).edition


def told(action: Action, percent: int, on: date) -> None:
    action.updates.create(percent_done=percent, as_at=on, recorded_at=NOW, organisation=action.lead)


@pytest.mark.django_db
@pytest.mark.timeout(240)
def test_whatever_changes_an_action_voids_what_is_kept_of_it() -> None:
    plans_as_of()
    chosen = Action.objects.filter(measure__counted_by="", milestones__done_on=None, closed_on=None)
    action = chosen.filter(plan__period_end__gt=TODAY, milestones__due__gt=TODAY).first()
    assert action
    for name, change in CHANGES.items():
        keep_all(TODAY)
        before, edition = Standing.objects.get(action=action), newest()
        with transaction.atomic():
            change(Action.objects.get(pk=action.pk))
            after = Standing.objects.get(action=action)
            assert (after.rated_on, after.before_on) == (None, None), name
            assert after.turn > before.turn
            assert newest() != edition
            if name not in ("its plan ends", "its priority"):
                assert Standing.objects.filter(rated_on=TODAY).count() == Standing.objects.count() - 1, name
            keep_all(TODAY)
            assert list(disagreements(TODAY)) == [], name
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_nothing_is_worked_out_twice(django_assert_num_queries) -> None:
    plans_as_of()
    keep_all(TODAY)
    with django_assert_num_queries(2):
        list(Action.objects.in_force().standing(TODAY).exceptions().worst_first())


@pytest.mark.django_db
def test_a_day_at_the_last_meeting_is_kept_beside_today() -> None:
    plans_as_of()
    day = TODAY - timedelta(40)
    by_rule = {each.pk: each.before for each in Action.objects.rated_before(day)}
    assert {each.pk: each.before for each in Action.objects.standing_before(day)} == by_rule
    assert len(set(by_rule.values())) > 2
    action = Action.objects.filter(plan__period_end__gt=TODAY, closed_on=None, percent_now__gt=0).first()
    assert action
    told(action, 100, day)
    assert Action.objects.standing_before(day).get(pk=action.pk).before == "complete"


def test_what_somebody_else_changes_this_moment_is_rated_live(committed: None) -> None:
    plans_as_of()
    keep_all(TODAY)
    tomorrow = TODAY + timedelta(1)
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT 1 FROM actionplans_standing ORDER BY action_id LIMIT 1 FOR UPDATE")
        seen = {each.pk: each.rag for each in Action.objects.standing(tomorrow)}
        assert Standing.objects.not_of("rated_on", tomorrow).count() == 1
    assert seen == {each.pk: each.rag for each in Action.objects.rated(tomorrow)}
    assert len(seen) == Action.objects.count()


@pytest.mark.django_db
def test_an_edition_never_has_the_name_of_an_earlier_one() -> None:
    plans_as_of()
    names = [newest()]
    with transaction.atomic():
        Action.objects.update(title="Not kept")
        names.append(newest())
        transaction.set_rollback(True)
    assert newest() == names[0], "what was taken back is not there"
    Action.objects.update(title="Kept")
    names.append(newest())
    Edition.objects.create(connection=-1, mark=1)
    names.append(newest())
    assert forget_connections_that_ended() == 1
    names.append(newest())
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_whoever_looks_finds_what_is_kept_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    plans_as_of(timezone.now())
    call_command("check_ratings")
    assert "as the rule says" in capsys.readouterr().out
    ref = Action.objects.filter(standing__rag="red").values_list("ref", flat=True)[0]
    Standing.objects.filter(action__ref=ref).update(rag="green")
    with pytest.raises(SystemExit):
        call_command("check_ratings")
    assert f" {ref}: kept ('green'" in capsys.readouterr().out


def test_a_plan_that_ended_yesterday_is_history_today(priority: Priority) -> None:  # noqa: F811
    make(priority, [{"percent_now": 50}])
    last = priority.plan.period_end
    assert [each.rag for each in Action.objects.standing(last)] == ["overdue"]
    assert [each.rag for each in Action.objects.standing(last + timedelta(1))] == ["ended"]
    assert [each.rag for each in Action.objects.standing(HALF_WAY)] == ["green"]
    assert [each.rag for each in Action.objects.standing(STARTS - timedelta(1))] == ["not_started"]
