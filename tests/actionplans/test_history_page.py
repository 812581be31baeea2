"""Any field of an action, as it stood on any date; and what changed, from what to what, by whom and by which act."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from actionplans.history import OF_MEASURE, OF_MILESTONE, OWN, as_it_stood, keep_version
from actionplans.history_words import changes, lines, people_in
from actionplans.models import Action, Measure, Milestone
from partners.models import User
from tests.actionplans.world import plans_as_of
from tests.people import NOW, client_for, district, member, ngozi, organisation, sog_member

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=10)
DAY_BEFORE, DAY_OF = LATER.date() - timedelta(days=1), LATER.date()


def odile() -> User:
    return member("Odile Marsh", organisation("lcc"), "plan_owner")


@pytest.fixture
def action() -> Action:
    plans_as_of()
    return Action.objects.get(ref="C2")


# What each field is changed to; a field that is new in the model has to be named here.
OF_THE_ACTION: dict[str, Any] = {
    "ref": "C2a",
    "title": "Another title",
    "priority": lambda: Action.objects.get(ref="C4").priority,
    "lead": lambda: organisation("blaby-dc"),
    "supporting_text": "Three schools",
    "importance": "medium",
    "starts": date(2020, 1, 1),
    "due": date(2030, 1, 1),
    "why": "Because children ask.",
    "good_looks_like": "Ninety schools.",
    "strands": ["race"],
    "decision_needed": "Pay for the print.",
    "order": 77,
    "owner": ngozi,
    "deputy": odile,
    "course": "ongoing",
    "course_reason": "It has no end.",
    "blocked_by_text": "The printer",
    "original_due": date(2029, 1, 1),
    "original_lead": lambda: organisation("police"),
    "times_put_off": 2,
    "closed_on": date(2029, 6, 1),
    "closed_by": odile,
    "closing_words": "Done well enough.",
    "is_public": False,
    "rolled_from": lambda: Action.objects.get(ref="C1"),
}
OF_THE_STEP: dict[str, Any] = {
    "title": "Another step",
    "due": date(2029, 1, 1),
    "original_due": date(2028, 1, 1),
    "done_on": date(2027, 1, 1),
    "done_by": odile,
    "order": 9,
}
OF_THE_MEASURE: dict[str, Any] = {
    "text": "Schools that came back",
    "unit": "% of schools",
    "baseline": Decimal("12.5"),
    "target": Decimal("33"),
    "is_lower_better": True,
    "counted_by": "partner",
    "total": "sum",
    "source": "A survey",
    "note": "Two are missing.",
    "indicator": "sessions_delivered",
    "indicator_facts": {"kind": "workshop"},
    "original_target": Decimal("90"),
    "trajectory": [{"on": "2027-01-01", "value": 7}],
}


def concrete(model: type[models.Model], left_out: tuple[str, ...]) -> set[str]:
    return {field.name for field in model._meta.fields} - set(left_out)


def test_no_field_is_left_out_here() -> None:
    assert concrete(Action, OWN) <= set(OF_THE_ACTION)
    assert concrete(Milestone, OF_MILESTONE) <= set(OF_THE_STEP)
    assert concrete(Measure, OF_MEASURE) <= set(OF_THE_MEASURE)


def read_back(action: Action, before: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What the page's lines say changed, from the day before to the day of the change."""
    keep_version(action, "changed it", by=odile(), now=LATER)
    earlier, after = as_it_stood(action, DAY_BEFORE), as_it_stood(action, DAY_OF)
    assert earlier
    assert after
    assert earlier.data == before, "the day before, all is as it was"
    assert (after.act, after.by) == ("changed it", odile())
    people = people_in([earlier.data, after.data])
    found = changes(lines(earlier.data, people), lines(after.data, people))
    return [each.name for each in found], [f"{each.before} → {each.after}" for each in found]


def as_kept(action: Action) -> dict[str, Any]:
    found = as_it_stood(action, DAY_BEFORE)
    assert found
    return found.data


@pytest.mark.parametrize("name", sorted(OF_THE_ACTION))
def test_a_field_of_the_action(action: Action, name: str) -> None:
    before = as_kept(action)
    value = OF_THE_ACTION[name]
    Action.objects.filter(pk=action.pk).update(**{name: value() if callable(value) else value})
    names, _ = read_back(action, before)
    assert len(names) == 1


@pytest.mark.parametrize("name", sorted(OF_THE_STEP))
def test_a_field_of_a_milestone(action: Action, name: str) -> None:
    before = as_kept(action)
    value = OF_THE_STEP[name]
    step = action.milestones.first()
    Milestone.objects.filter(pk=step.pk).update(**{name: value() if callable(value) else value})
    names, _ = read_back(action, before)
    assert names
    assert all(each.startswith("Step ") for each in names)


@pytest.mark.parametrize("name", sorted(OF_THE_MEASURE))
def test_a_field_of_the_measure(action: Action, name: str) -> None:
    before = as_kept(action)
    Measure.objects.filter(action=action).update(**{name: OF_THE_MEASURE[name]})
    names, _ = read_back(action, before)
    assert len(names) == 1
    assert names[0].startswith("Measure: ")


@pytest.mark.parametrize(
    ("name", "add"),
    [
        ("Supporting", lambda action: action.supporting.add(organisation("blaby-dc"))),
        ("Districts", lambda action: action.districts.add(district("melton"))),
        ("Waits for", lambda action: action.blocked_by.add(Action.objects.get(ref="E9"))),
        ("Step 3", lambda action: action.milestones.create(title="One more", order=3)),
        ("Step 2", lambda action: action.milestones.last().delete()),
    ],
)
def test_a_link_or_a_milestone_more_or_less(action: Action, name: str, add: Any) -> None:
    before = as_kept(action)
    add(action)
    names, _ = read_back(action, before)
    assert names == [name]


def test_changes_are_told_in_words(action: Action) -> None:
    before = as_kept(action)
    Action.objects.filter(pk=action.pk).update(
        lead=organisation("blaby-dc"), owner=ngozi(), due=date(2030, 1, 1), is_public=False
    )
    _, told = read_back(action, before)
    assert "– → Ngozi Bell" in told
    assert "yes → no" in told
    assert any(each.endswith("→ Blaby") for each in told)
    assert any(each.endswith("→ 1 January 2030") for each in told)


def page(action: Action, **asked: str) -> str:
    address = reverse("actionplans:history", args=[action.plan.code, action.ref])
    response = client_for(sog_member()).get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_the_action_of_a_day_with_what_had_been_told_by_then(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(title="Another title")
    keep_version(action, "title changed", by=odile(), now=LATER)
    action.record_update(
        percent_done=60, what_changed="Twenty more.", by=ngozi(), organisation=action.lead, now=LATER
    )
    before, after = page(action, on=DAY_BEFORE.isoformat()), page(action, on=DAY_OF.isoformat())
    assert "35% done, told" in before
    assert "60% done, told" in after
    assert "Offer the primary diversity workshop pack" in before
    assert "Another title" in after.split("What changed")[0]
    acts = before.split("What changed")[1]
    assert "Title changed" in acts
    assert "Odile Marsh" in acts
    assert "from the plan&#x27;s own document" in acts.replace("plan's", "plan&#x27;s")


def test_before_it_came_the_page_says_since_when_it_knows(action: Action) -> None:
    assert "Nothing is kept from before 10 March 2026" in page(action, on="2020-01-01")


def test_a_day_that_is_none_is_said_plainly(action: Action) -> None:
    assert "Write the day as 2026-03-31" in page(action, on="2026-02-30")
    assert "Write the day as 2026-03-31" not in page(action)
