"""What one asks of actions, asked of the database."""

from datetime import date, timedelta

import pytest

from actionplans.models import Action, NotInvolved
from tests.actionplans.world import plans_as_of
from tests.people import NOW, ngozi, organisation

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
SHIFT = TODAY - date(2019, 1, 31)


@pytest.fixture(autouse=True)
def plans():
    plans_as_of(NOW)


def refs(actions):
    return {action.ref for action in actions}


def test_the_newest_update_is_read_with_the_action_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions = {action.ref: action for action in Action.objects.all()}
    assert actions["C3"].percent_now == 27
    assert actions["C3"].updated_on == date(2019, 1, 17) + SHIFT
    assert (actions["F3"].percent_now or 0) == 0


def test_how_it_stood_on_an_earlier_day():
    before = Action.objects.as_told_by(date(2018, 11, 30) + SHIFT).get(ref="C3")
    assert before.percent_then == 18


def test_an_organisation_s_actions_are_those_it_leads_or_supports():
    assert refs(Action.objects.involving(organisation("charnwood-bc"))) == {
        action.ref for action in Action.objects.all() if action.involves(organisation("charnwood-bc"))
    }
    assert "C2" not in refs(Action.objects.involving(organisation("charnwood-bc")))


def test_the_database_and_the_rule_agree_on_what_is_off_track_on_any_day():
    actions = list(Action.objects.select_related("plan"))
    for days in range(-400, 500, 23):
        today = TODAY + timedelta(days=days)
        by_rule = {action.ref for action in actions if action.rating(today=today).rag.is_off_track}
        assert refs(Action.objects.off_track(today)) == by_rule, today


def test_today_one_is_overdue_and_one_is_off_track():
    assert len(refs(Action.objects.off_track(TODAY))) == 2


def test_charnwood_owes_what_runs_and_was_not_told_this_month():
    charnwood = organisation("charnwood-bc")
    owed = refs(Action.objects.owed_by(charnwood, TODAY))
    assert {"C3", "C9", "D8", "F1"} <= owed
    assert not owed & {"C1", "D1", "D3", "E1"}, "complete ones are not owed"
    assert "F4" not in owed, "nor one that has not started"


def test_telling_this_month_settles_it_until_the_next():
    charnwood = organisation("charnwood-bc")
    action = Action.objects.get(ref="C3")
    action.record_update(
        percent_done=30, what_changed="One more council.", by=ngozi(), organisation=charnwood, now=NOW
    )
    assert "C3" not in refs(Action.objects.owed_by(charnwood, TODAY))
    assert "C3" in refs(Action.objects.owed_by(charnwood, TODAY + timedelta(days=31)))
    assert "C3" in refs(Action.objects.owed_by(organisation("blaby-dc"), TODAY)), "Blaby still owes its own"


def test_nothing_is_owed_on_a_plan_that_has_ended():
    ended = date(2030, 1, 1)
    assert not Action.objects.owed_by(organisation("charnwood-bc"), ended).exists()


def test_an_organisation_that_has_no_part_in_an_action_cannot_report_on_it():
    with pytest.raises(NotInvolved):
        Action.objects.get(ref="C2").record_update(
            percent_done=90,
            what_changed="All done.",
            by=ngozi(),
            organisation=organisation("charnwood-bc"),
            now=NOW,
        )
