"""What the Delivery Group looks at: exceptions, what moved since its last meeting, what waits for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans import steering
from actionplans.boards import boards_on
from actionplans.day import Day
from actionplans.models import Action, ChangeRequest, Group
from actionplans.rag import RagRating
from actionplans.steering import Kind
from tests.actionplans.meeting_world import closed, entry
from tests.actionplans.world import plans_as_of, tight
from tests.people import client_for, farah, gwen, organisation, sog_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
PAGES = ("steering", "since_last_meeting", "waiting_for")


@pytest.fixture(autouse=True)
def world():
    plans_as_of(NOW)


@pytest.fixture
def browser():
    return client_for(sog_member(now=NOW))


def page(browser, name="steering", **query):
    response = browser.get(reverse(f"actionplans:{name}"), query)
    assert response.status_code == 200
    return tight(response.content.decode())


def action(ref):
    return Action.objects.get(ref=ref, plan__period_end__gte=TODAY)


def counted():
    return steering.counted(boards_on(Day(TODAY)), TODAY)


def moved(day):
    return steering.moved_since(day, boards_on(Day(TODAY)), Day(TODAY), first=99)


def running():
    return [each for each in Action.objects.running(TODAY) if (each.percent_now or 0) < 100]


@pytest.mark.parametrize("kind", [Kind.OVERDUE, Kind.OFF_TRACK, Kind.SLIPPING])
def test_the_counts_are_those_of_the_rule(kind):
    said = [each for each in Action.objects.in_force() if each.rating(today=TODAY).rag.value == kind]
    assert counted()[kind] == len(said)
    assert set(steering.needing_attention(kind, TODAY)) == set(said)
    assert len(said) > 0 or kind is not Kind.OVERDUE


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind])
def test_each_count_is_as_long_as_its_list(kind):
    waits, other = running()[:2]
    waits.blocked_by.add(other)
    Action.objects.filter(pk=other.pk).update(times_put_off=2)
    assert counted()[kind] == steering.needing_attention(kind, TODAY).count()


def test_the_worst_stand_first_and_each_kind_has_its_own_list(browser):
    text = page(browser)
    first = steering.needing_attention(Kind.ALL, TODAY).first()
    assert first.rag == RagRating.OVERDUE
    refs = [each.title for each in steering.needing_attention(Kind.ALL, TODAY)]
    places = [text.index(title) for title in refs]
    assert places == sorted(places)
    only = page(browser, show="overdue")
    assert first.title in only
    slipping = steering.needing_attention(Kind.SLIPPING, TODAY).first()
    assert slipping is None or slipping.title not in only
    assert "All that need attention:" in page(browser, show="nonsense")


def test_an_action_is_blocked_until_what_it_waits_for_is_done(browser):
    steering.BLOCKING.objects.all().delete()
    Action.objects.update(blocked_by_text="")
    assert "No action waits for another" in page(browser, "waiting_for")
    waits, other = running()[:2]
    waits.blocked_by.add(other)
    assert list(steering.needing_attention(Kind.BLOCKED, TODAY)) == [waits]
    text = page(browser, "waiting_for")
    assert "1 action waiting for another" in text
    assert text.index(str(waits)) < text.index(str(other), text.index("waiting for another"))
    other.record_update(
        percent_done=100, what_changed="", by=farah(now=NOW), organisation=other.lead, now=NOW
    )
    assert waits not in steering.needing_attention(Kind.BLOCKED, TODAY)
    assert "No action waits for another" in page(browser, "waiting_for")


def test_what_moved_since_the_last_meeting_is_told_with_how_it_stood_then(browser):
    closed(now=NOW - timedelta(days=2))
    late = steering.needing_attention(Kind.OVERDUE, TODAY).first()
    assert late.pk not in [each.pk for each in moved(TODAY - timedelta(days=2)).first]
    late.record_update(percent_done=100, what_changed="", by=farah(now=NOW), organisation=late.lead, now=NOW)
    found = {each.pk: each for each in moved(TODAY - timedelta(days=2)).first}
    assert (found[late.pk].before, found[late.pk].now) == (RagRating.OVERDUE, RagRating.COMPLETE)
    assert not found[late.pk].is_worse
    text = page(browser, "since_last_meeting")
    assert late.title in text
    told = [
        each
        for each in Action.objects.all()
        if each.updated_on and each.updated_on > TODAY - timedelta(days=2)
    ]
    assert f"{len(told)} action" in text


def test_time_alone_moves_an_action_and_that_is_worse():
    plan = running()[0].plan
    late = steering.needing_attention(Kind.OVERDUE, TODAY).filter(plan=plan).first() or (
        steering.needing_attention(Kind.OVERDUE, TODAY).first()
    )
    before = late.due
    shown = moved(before).first
    found = next(each for each in shown if each.pk == late.pk)
    assert found.now is RagRating.OVERDUE
    assert found.before is not RagRating.OVERDUE
    assert found.is_worse


def test_decided_changes_and_new_log_entries_are_told(browser):
    closed(now=NOW - timedelta(days=2))
    asked = ChangeRequest.objects.create(
        action=running()[0],
        kind="due",
        new_due=TODAY + timedelta(days=90),
        reason="Later.",
        asked_by=gwen(now=NOW),
        asked_at=NOW - timedelta(days=1),
    )
    assert "No change of a plan was decided" in page(browser, "since_last_meeting")
    ChangeRequest.objects.filter(pk=asked.pk).update(
        decision="approved", decided_by=farah(now=NOW), decided_at=NOW
    )
    new = entry(what="Ring the school", now=NOW)
    text = page(browser, "since_last_meeting")
    assert "1 change of plans decided" in text
    assert "approved by Farah Whitlow" in text
    assert f"{new}" in text
    assert "1 new log entry" in text


def test_the_first_month_has_no_meeting_before_it(browser):
    assert "No meeting has been closed yet" in page(browser, "since_last_meeting")


def test_decisions_that_are_asked_of_the_sog_stand_with_their_words(browser):
    asked = [each for each in running() if each.decision_needed]
    assert asked
    text = page(browser, "waiting_for")
    assert f"{len(asked)} decision" in text
    for each in asked:
        assert each.title in text


def test_an_exception_that_also_asks_for_a_decision_says_so_on_the_agenda():
    late = steering.needing_attention(Kind.ALL, TODAY).first()
    Action.objects.filter(pk=late.pk).update(decision_needed="Agree a new date.")
    why = dict(steering.worst(TODAY, most=3))[late]
    assert why.startswith("Overdue: ")
    assert why.endswith("Decision asked of the Senior Officer Group: Agree a new date.")


def test_who_has_not_told_is_counted_by_organisation():
    expected = {
        house: Action.objects.owed_by(house, TODAY).count()
        for house in (organisation(code) for code in ("police", "lcc", "melton-bc", "charnwood-bc"))
    }
    found = dict(steering.not_told(boards_on(Day(TODAY))))
    assert {house: found.get(house, 0) for house in expected} == expected
    assert sum(expected.values()) > 0


def test_log_entries_that_are_due_soon_stand_with_the_overdue_marked(browser):
    entry(what="Ring the school", due=TODAY - timedelta(days=1), now=NOW)
    entry(what="Far away", due=TODAY + timedelta(days=60), now=NOW)
    entry(what="Of the Board", group=Group.BOARD, due=TODAY, now=NOW)
    text = page(browser, "waiting_for")
    assert "Ring the school" in text
    assert "<strong>Overdue</strong>" in text
    assert "Far away" not in text
    assert "Of the Board" not in text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_twelve_times(browser, name):
    closed(now=NOW - timedelta(days=2))
    page(browser, name)
    with CaptureQueriesContext(connection) as asked:
        page(browser, name)
    assert len(asked) <= 12, "\n".join(each["sql"][:90] for each in asked.captured_queries)


@pytest.mark.parametrize("name", PAGES)
def test_those_who_run_meetings_are_led_on_from_each_page(name):
    text = page(client_for(farah(now=NOW)), name)
    assert reverse("actionplans:meetings") in text
    assert name != "waiting_for" or reverse("actionplans:updates_waiting") in text
    assert name != "since_last_meeting" or reverse("actionplans:plan_meeting") in text


@pytest.mark.parametrize("name", PAGES)
def test_who_does_not_steer_finds_nothing(name):
    assert client_for(gwen(now=NOW)).get(reverse(f"actionplans:{name}")).status_code == 404
