"""Those who own plans, for the tests of what they do."""

from datetime import datetime

from actionplans.models import Action, ActionPlan
from partners.models import User
from tests.people import NOW, member, organisation


def owen(now: datetime = NOW) -> User:
    """Owen of the county council owns the plans."""
    return member("Owen Trask", organisation("lcc"), "plan_owner", now=now)


def mabel(now: datetime = NOW) -> User:
    """Mabel of the county council owns plans beside him."""
    return member("Mabel Quist", organisation("lcc"), "plan_owner", now=now)


def of_plan(ref: str = "C3", code: str = "appendix-c") -> Action:
    """An action as it stands now."""
    return Action.objects.select_related("plan__owner", "lead", "measure", "priority").get(
        plan__code=code, ref=ref
    )


def plan_of(person: User | None, code: str = "appendix-c") -> ActionPlan:
    """A plan that now belongs to somebody."""
    ActionPlan.objects.filter(code=code).update(owner=person)
    return ActionPlan.objects.select_related("owner").get(code=code)
