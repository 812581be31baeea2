"""Pages on which plans are read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Action, ActionPlan
from tests.actionplans.world import plans_as_of, tight
from tests.people import asha, client_for, ngozi, sog_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    plans_as_of(timezone.now())


@pytest.fixture
def browser(world):
    return client_for(sog_member(now=timezone.now()))


def page(browser, name, *args, **query):
    response = browser.get(reverse(f"actionplans:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_all_plans_show_how_they_stand_and_what_is_off_track_first(browser):
    text = page(browser, "plans")
    assert "2 actions are overdue or off track" in text
    for plan in ActionPlan.objects.all():
        assert plan.title in text
    assert text.index("D10") < text.index("The plans")
    assert reverse("actionplans:strategy") in text


def test_the_strategy_page_says_what_is_illustrative_and_where_each_part_comes_from(browser):
    text = page(browser, "strategy")
    for words in (
        "Our vision",
        "any other perceived difference",
        "Melton Borough Council",
        "Victim services",
        "Visible policing",
        "LLR Senior Officer Group",
        "Hate and Prevent Delivery Group",
    ):
        assert words in text
    assert text.count("Illustrative.") >= 10
    assert "LSCSB 2018, paragraph 10" in text


def test_the_plan_shows_the_worst_first_and_its_reason(browser):
    text = page(browser, "plan", "appendix-d")
    rows = [text.index(f">{ref}</span>") for ref in ("D10", "D1")]
    assert rows == sorted(rows), "the overdue one stands above the complete one"
    assert "past its due date" in text or "% of the time gone" in text
    assert "Illustrative." in text
    assert "<polyline" in text
    assert "style=" not in text


def test_filters_narrow_the_plan_and_stay_chosen(browser):
    text = page(browser, "plan", "appendix-c", lead="police")
    assert "3 of 12 actions" in text
    assert '<option value="police" selected>' in text
    assert "No action matches" in page(browser, "plan", "appendix-c", lead="police", rag="not_started")


def test_the_action_page_tells_it_all(browser):
    text = page(browser, "action", "appendix-c", "C5")
    for words in (
        "Why it matters",
        "What good looks like",
        "Steps on the way",
        "Melton has not told us yet.",
        "not told yet",
        "Victim First",
    ):
        assert words in text
    updates = list(Action.objects.get(ref="C5").updates.all())
    assert text.index(updates[0].what_changed[:20]) < text.index(updates[-1].what_changed[:20]), (
        "newest first"
    )


def test_a_grid_shows_every_partner_in_its_order_and_leaves_the_missing_out_of_the_average(browser):
    text = tight(page(browser, "action", "appendix-c", "C3"))
    assert "10 of 10 have told theirs" in text
    assert "Now</dt><dd>23%</dd>" in text, "the average of the ten councils"
    assert text.index("County Council</th>") < text.index("Blaby</th>") < text.index("Rutland</th>")
    assert "0 of 9 have told theirs" in page(browser, "action", "appendix-e", "E3")


def test_a_plan_whose_period_is_over_says_ended_and_does_not_glow(world):
    ActionPlan.objects.filter(code="appendix-d").update(period_end=timezone.localdate() - timedelta(days=1))
    browser = client_for(sog_member(now=timezone.now()))
    text = page(browser, "plan", "appendix-d")
    assert "This plan ended on" in text
    assert "rag--ended" in text
    assert not [mark for mark in ("rag--red", "rag--amber", "rag--overdue", "rag--green") if mark in text]
    assert "D10" not in page(browser, "plans").split("The plans")[0]


@pytest.mark.parametrize("path", ["nowhere/", "appendix-c/Z9/", "nowhere/C1/"])
def test_what_is_not_there_is_missing(browser, path):
    assert browser.get(f"/staff/plans/{path}").status_code == 404


def test_a_volunteer_finds_no_plans_and_a_stranger_is_asked_to_sign_in(world, client):
    volunteer = client_for(asha(now=timezone.now()))
    for name, args in (
        ("plans", []),
        ("strategy", []),
        ("plan", ["appendix-c"]),
        ("action", ["appendix-c", "C1"]),
    ):
        address = reverse(f"actionplans:{name}", args=args)
        assert volunteer.get(address).status_code == 404
        assert client.get(address).status_code == 302


def statements(browser, name, *args):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(browser, name, *args)
    return len(asked)


def test_the_action_page_asks_at_most_a_dozen_or_so_things(browser):
    assert statements(browser, "action", "appendix-c", "C3") <= 14


def test_the_tabs_around_the_plans_are_those_that_one_may_open_and_that_are_there(browser):
    text = page(browser, "plans")
    assert 'aria-label="Around the plans"' in text
    assert f'href="{reverse("actionplans:plans")}" aria-current="page">Plans</a>' in text
    assert ">My updates</a>" not in text, "a member of the group tells nothing"
    assert ">My updates</a>" in page(client_for(ngozi(now=timezone.now())), "plans")
