"""Pages on which plans are read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Action, ActionPlan
from actionplans.views.plans import MOST_CARDS
from tests.actionplans.world import plans_as_of_today, tight
from tests.people import asha, client_for, member, ngozi, organisation, sog_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    plans_as_of_today()


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
    assert "0 of 9 have told theirs" in page(browser, "action", "cohesion", "F3")
    assert "0 of 9 have one" in page(browser, "action", "appendix-e", "E3"), "nobody was visited yet"


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


@pytest.mark.parametrize(
    ("name", "args"), [("plans", []), ("plan", ["appendix-c"]), ("action", ["appendix-c", "C3"])]
)
def test_a_page_of_the_plans_asks_at_most_a_dozen_things(browser, name, args):
    page(browser, "plan", "appendix-c")  # reads the directory, as the first page in ten seconds does
    # A test stands in a transaction of its own: two statements more, to open a savepoint and to let it go.
    assert statements(browser, name, *args) <= (12 if name != "action" else 16) + 2


def test_the_tabs_around_the_plans_are_those_that_one_may_open_and_that_are_there(browser):
    text = page(browser, "plans")
    assert 'aria-label="Around the plans"' in text
    assert f'href="{reverse("actionplans:plans")}" aria-current="page">Plans</a>' in text
    assert ">My updates</a>" not in text, "a member of the group tells nothing"
    assert ">My updates</a>" in page(client_for(ngozi(now=timezone.now())), "plans")


def test_filters_go_across_all_plans_and_can_be_bookmarked(browser):
    text = page(browser, "plans", lead="police", rag="attention")
    assert "actions of the plans that run" in text or "action of the plans that run" in text
    assert '<option value="attention" selected>' in text
    assert ">C3 " not in text, "that is Charnwood's"
    assert "No action matches" in page(browser, "plans", owner="nobody")
    assert "No action matches" in page(browser, "plans", owner="999999")
    behind = page(browser, "plans", behind="1")
    assert ">C3 " in behind
    assert "Measure behind" in behind
    assert "No action matches" not in page(
        browser, "plans", slipped="1", district="melton", strand="religion"
    )


def test_a_draft_is_seen_by_its_owner_alone(browser):
    ActionPlan.objects.filter(code="cohesion").update(is_draft=True)
    assert "LLR Community Cohesion" not in page(browser, "plans")
    for path in ("cohesion/", "cohesion/F1/", "cohesion/F1/history/"):
        assert browser.get(f"/staff/plans/{path}").status_code == 404
    odile = client_for(member("Odile Marsh", organisation("lcc"), "plan_owner", now=timezone.now()))
    assert "Being written" in page(odile, "plans")
    assert "nobody reports on it" in page(odile, "plan", "cohesion")


def test_what_its_owner_says_stands_beside_the_rule_wherever_the_action_is_shown(browser):
    odile = member("Odile Marsh", organisation("lcc"), "plan_owner", now=timezone.now())
    owner = client_for(odile)
    address = reverse("actionplans:rating", args=["appendix-c", "C3"])
    assert "The rule says: 27% done" in owner.get(address).content.decode()
    refused = owner.post(address, {"rag": "green", "reason": " "})
    assert "Write your answer in the box" in refused.content.decode()
    assert (
        "The rule says “Slipping”" in owner.post(address, {"rag": "amber", "reason": "So."}).content.decode()
    )
    assert owner.post(address, {"rag": "green", "reason": "Licences come Monday."}).status_code == 302
    for text in (
        page(browser, "plans"),
        page(browser, "plan", "appendix-c"),
        page(browser, "action", "appendix-c", "C3"),
    ):
        assert "Odile Marsh says:" in text
        assert "Licences come Monday." in text
        assert "27% done" in text, "and the rule's reason"
    assert browser.get(address).status_code == 404, "a member of the group says nothing"
    assert owner.post(address, {"end": "1"}).status_code == 302
    assert "Odile Marsh says:" not in page(browser, "plan", "appendix-c")
    assert "What the plan&#x27;s owner said before" in page(browser, "action", "appendix-c", "C3").replace(
        "plan's", "plan&#x27;s"
    )


def test_an_action_without_a_measure_or_steps_says_so(browser):
    action = Action.objects.get(ref="C3")
    action.measure.delete()
    action.milestones.all().delete()
    text = page(browser, "action", "appendix-c", "C3")
    assert "It has no measure yet" in text
    assert "No steps are planned." in text


def test_what_an_action_waits_for_is_a_link_both_ways(browser):
    waiting = Action.objects.get(ref="C3")
    waiting.blocked_by.add(Action.objects.get(ref="E9"))
    address = reverse("actionplans:action", args=["appendix-e", "E9"])
    assert address in page(browser, "action", "appendix-c", "C3")
    assert "These wait for it" in page(browser, "action", "appendix-e", "E9")


def test_of_very_many_plans_the_first_are_cards_and_the_others_are_named(browser):
    known = ActionPlan.objects.running(timezone.localdate()).count()
    today = timezone.localdate()
    ActionPlan.objects.bulk_create(
        ActionPlan(
            code=f"many-{number}",
            title=f"Plan number {number:03} of many",
            period_start=today - timedelta(days=1),
            period_end=today + timedelta(days=90),
            order=100 + number,
        )
        for number in range(MOST_CARDS)
    )
    text = page(browser, "plans")
    cards, others = text.split("More plans", 1)
    last = MOST_CARDS - 1
    assert f"Plan number {last:03} of many" not in cards
    assert f"Plan number {last:03} of many" in others
    assert others.count("of many") == known
