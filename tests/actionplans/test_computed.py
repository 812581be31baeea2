"""What the portal counts itself is never typed, and is true the moment something is recorded."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from actionplans import campaigning
from actionplans.computed import (
    COMPUTED,
    OF_REPORTS,
    OF_UPDATES,
    NotCounted,
    computed,
)
from actionplans.figures import figure_of, own_holders
from actionplans.keeping_counts import cells_of, count_again, keep_counts
from actionplans.models import Action, CampaignEvent, Evidence, Measure, TrainingSession
from actionplans.naming_contacts import end_contact, name_contact
from actionplans.recording_sessions import record_session, take_back
from llr_hate.demo.communications import leave_communications
from llr_hate.demo.staff import make_staff
from partners.models import District
from tests.actionplans.world import plans_as_of
from tests.casework.world import told, triaged
from tests.people import NOW, district, farah, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def plans() -> None:
    plans_as_of()


def counted(ref: str, indicator: str, **facts: Any) -> Measure:
    """The measure of an action, counted by the portal from now on."""
    measure = Measure.objects.get(action__ref=ref)
    measure.indicator, measure.indicator_facts = indicator, facts
    measure.save()
    keep_counts([measure], now=NOW)
    return now_of(ref)


def now_of(ref: str) -> Measure:
    return Measure.objects.select_related("action__lead").get(action__ref=ref)


def grid(ref: str) -> dict[str, Decimal | None]:
    figure = figure_of(now_of(ref), District.objects.all())
    return {cell.holder.code: cell.value for cell in figure.cells}


def a_session(**said: Any) -> TrainingSession:
    usual = {
        "kind": "workshop",
        "title": "Different together",
        "held_on": TODAY,
        "delivered_by": organisation("lcc"),
        "people_reached": 28,
        "venue": "Ferneley Primary",
    }
    return record_session(by=farah(), now=NOW, **{**usual, **said})


def test_a_school_counts_once_however_often_it_is_named_and_however_it_is_written() -> None:
    counted("C2", "schools_reached", own=True)
    pack = Action.objects.get(ref="C2")
    for venue in ("Ferneley Primary", "ferneley primary ", "Saddlers Hill School"):
        a_session(venue=venue, action=pack)
    assert now_of("C2").value_now == 2


def test_a_session_counts_in_the_same_breath_and_no_longer_once_it_is_taken_back() -> None:
    counted("C11", "people_reached", own=True)
    briefing = Action.objects.get(ref="C11")
    first = a_session(kind="briefing", action=briefing, district=district("melton"), people_reached=14)
    a_session(kind="briefing", action=briefing, district=district("rutland"), people_reached=3)
    assert (grid("C11")["melton"], grid("C11")["blaby"]) == (14, 0)
    assert now_of("C11").value_now == 17
    take_back(first, why="Entered twice", by=farah(), now=NOW)
    assert now_of("C11").value_now == 3


def test_what_was_recorded_for_another_action_does_not_count_for_this_one() -> None:
    counted("C2", "schools_reached", own=True)
    a_session(action=Action.objects.get(ref="F5"))
    a_session()
    assert now_of("C2").value_now == 0


def test_without_own_all_sessions_of_the_plan_s_period_count_narrowed_by_kind() -> None:
    counted("C11", "sessions_delivered", kind="theatre")
    plan = now_of("C11").action.plan
    for held_on in (TODAY, plan.period_start, plan.period_start - timedelta(days=1)):
        a_session(kind="theatre", held_on=held_on, district=district("melton"))
    a_session(kind="workshop", district=district("melton"))
    assert grid("C11")["melton"] == 2


def test_a_session_that_is_still_to_come_does_not_count_yet() -> None:
    counted("C11", "sessions_delivered")
    a_session(held_on=TODAY + timedelta(days=1), district=district("melton"))
    assert grid("C11")["melton"] == 0


def test_nobody_types_what_the_portal_counts() -> None:
    lead = organisation("lcc")
    assert own_holders(Action.objects.get(ref="C1"), lead, []) == [lead]
    counted("C1", "contacts_named")
    assert own_holders(Action.objects.get(ref="C1"), lead, []) == []


def test_a_district_has_an_event_once_it_was_held_and_not_cancelled() -> None:
    counted("D3", "districts_with_an_event", kind="awareness-week")
    week = a_week()
    stall = an_event(week, "melton", TODAY)
    an_event(week, "melton", TODAY)
    an_event(week, "rutland", TODAY + timedelta(days=1))
    assert (grid("D3")["melton"], grid("D3")["rutland"], now_of("D3").value_now) == (1, 0, 1)
    campaigning.cancel_event(stall, by=farah(), now=NOW)
    assert grid("D3")["melton"] == 1
    campaigning.cancel_campaign(week, why="Floods", by=farah(), now=NOW)
    assert now_of("D3").value_now == 0


def test_events_of_another_kind_of_campaign_do_not_count() -> None:
    counted("D3", "districts_with_an_event", kind="awareness-week")
    an_event(a_week(kind="campaign"), "melton", TODAY)
    assert now_of("D3").value_now == 0


def a_week(kind: str = "awareness-week") -> Any:
    return campaigning.plan_campaign(
        kind=kind,
        name="A week together",
        starts=TODAY,
        ends=TODAY + timedelta(days=7),
        lead=organisation("lcc"),
        partners=(),
        districts=(),
        by=farah(),
        now=NOW,
    )


def an_event(week: Any, where: str, held_on: date) -> Any:
    return campaigning.add_event(
        week,
        name="A stall",
        held_on=held_on,
        district=district(where),
        organisation=organisation("lcc"),
        by=farah(),
        now=NOW,
    )


def test_contacts_are_counted_as_they_are_named_replaced_and_ended() -> None:
    counted("D6", "contacts_named")
    charnwood = organisation("charnwood-bc")
    name_contact(charnwood, ngozi(), by=ngozi(), now=NOW)
    name_contact(charnwood, member("Ada Flint", charnwood, "officer"), by=ngozi(), now=NOW)
    assert (grid("D6")["charnwood-bc"], now_of("D6").value_now) == (1, 1)
    end_contact(charnwood, by=ngozi(), now=NOW)
    assert now_of("D6").value_now == 0


def test_only_the_newest_update_s_evidence_counts() -> None:
    measure = counted("D1", "updates_with_evidence")
    action = measure.action
    update = action.record_update(
        percent_done=100, what_changed="Done.", by=farah(), organisation=organisation("lcc"), now=NOW
    )
    Evidence.objects.create(
        action=action, update=update, title="Paper", link="https://a.example/", added_at=NOW
    )
    count_again(OF_UPDATES, now=NOW)
    assert grid("D1")["lcc"] == 1
    action.record_update(
        percent_done=100, what_changed="More.", by=farah(), organisation=organisation("lcc"), now=NOW
    )
    count_again(OF_UPDATES, now=NOW)
    assert grid("D1")["lcc"] == 0


def test_a_share_of_too_few_is_not_told_and_is_not_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    case = triaged(told(), by=ngozi())
    assert case.lead_organisation.code
    counted("E10", "contacted_in_time")
    assert set(grid("E10").values()) == {None}
    assert now_of("E10").value_now is None


def test_reports_are_counted_whoever_asks_and_whosever_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actionplans.computed.SMALLEST_BASE", 2)
    for where in ("leicester", "charnwood"):
        told(Q14=where, Q24=["no_one"])
    counted("C12", "online_answered")
    assert now_of("C12").value_now == 100


def test_online_reports_with_a_link_are_counted_and_what_happened_elsewhere_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("actionplans.computed.SMALLEST_BASE", 2)
    online = {"Q06": ["online"]}
    shown = told(**online, Q06a_link="https://posts.example/1")
    for _ in range(3):
        told(**online)
    told(Q06=["theft"], Q06a_link="https://posts.example/2")
    told()
    assert shown.gave_link is True
    counted("C10", "online_with_link")
    assert now_of("C10").value_now == 25


def test_disability_reports_are_compared_with_the_same_days_a_year_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("actionplans.computed.SMALLEST_BASE", 2)
    for _ in range(2):
        told(Q08=["disability"], now=NOW - timedelta(days=370))
    for _ in range(3):
        told(Q08=["disability", "race"])
    told(Q08=["race"])
    counted("D9", "disability_change")
    assert now_of("D9").value_now == 50


def test_after_a_plan_has_ended_its_counts_stay_as_they_were() -> None:
    counted("C2", "schools_reached", own=True)
    plan = Action.objects.get(ref="C2").plan
    plan.period_end = TODAY - timedelta(days=1)
    plan.save()
    a_session(action=Action.objects.get(ref="C2"))
    assert now_of("C2").value_now == 0
    assert now_of("C2").value_as_at == TODAY - timedelta(days=1)


def test_what_is_counted_again_each_hour_is_what_stands() -> None:
    counted("D6", "contacts_named")
    Measure.objects.filter(action__ref="D6").update(cells_now={})
    assert count_again(now=NOW) >= 1
    assert now_of("D6").cells_now["as_at"] == TODAY.isoformat()


@pytest.mark.parametrize(
    ("key", "facts", "by", "words"),
    [
        ("moonshine", {}, "", "no count called moonshine"),
        ("contacts_named", {"kind": "workshop"}, "", "cannot be narrowed by kind"),
        ("online_answered", {}, "district", "not counted by district"),
    ],
)
def test_a_count_that_the_portal_does_not_have_is_refused(
    key: str, facts: dict[str, str], by: str, words: str
) -> None:
    with pytest.raises(NotCounted, match=words):
        computed(key, facts, by)


def test_counts_of_reports_may_not_be_published_and_those_of_our_own_work_may() -> None:
    of_reports = {each.indicator.key for each in OF_REPORTS}
    # What one visitor thought of the one centre of a district is not the public's.
    kept_back = of_reports | {"centres_scoring_well"}
    assert {key for key, each in COMPUTED.items() if each.is_publishable} == set(COMPUTED) - kept_back
    assert all(COMPUTED[key].is_about_reports for key in of_reports)


def test_every_count_can_be_made_in_each_way_it_says(django_assert_max_num_queries: Any) -> None:
    gwen()
    measure = now_of("C11")
    measure.action.plan.period_start = TODAY - timedelta(days=300)
    for key, each in COMPUTED.items():
        for by in each.counted_by:
            measure.indicator, measure.counted_by = key, by
            measure.indicator_facts = {"own": True} if "own" in each.narrows else {}
            with django_assert_max_num_queries(6):
                assert cells_of(measure, now=NOW)["as_at"] == TODAY.isoformat()


@pytest.mark.slow
def test_what_the_demonstration_records_adds_up_to_what_its_plans_tell() -> None:
    make_staff(NOW)
    leave_communications(shift=TODAY - date(2019, 1, 31), now=NOW)
    count_again(now=NOW)
    told_in_words = {"C2": 31, "C11": 48, "D3": 9, "D6": 11, "E5": 6, "F5": 0}
    assert {ref: now_of(ref).value_now for ref in told_in_words} == told_in_words
    assert grid("C11") == {
        "leicester": 14,
        "blaby": 5,
        "charnwood": 9,
        "harborough": 3,
        "hinckley-bosworth": 6,
        "melton": 1,
        "north-west-leicestershire": 5,
        "oadby-wigston": 4,
        "rutland": 1,
    }
    assert CampaignEvent.objects.filter(campaign__kind="awareness-week").count() == 31
    schools_in_october = TrainingSession.objects.filter(
        action__ref="C2", held_on__lte=date(2018, 10, 25) + (TODAY - date(2019, 1, 31))
    )
    assert schools_in_october.filter(held_on__gte=date(2018, 9, 1) + (TODAY - date(2019, 1, 31))).count() == 6
