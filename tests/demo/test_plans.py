"""What the demonstration's owner decided about its plans, by the real acts."""

import pytest

from actionplans.models import Action, ActionPlan, ChangeRequest, Decision
from actionplans.writing import what_is_missing
from llr_hate.demo.plans import leave_plans_steered
from tests.actionplans.world import plans_as_of
from tests.demo.test_meetings import make_staff_quickly
from tests.people import NOW


@pytest.mark.django_db
def test_requests_of_each_kind_and_a_draft_that_could_start() -> None:
    plans_as_of(NOW)
    make_staff_quickly()
    leave_plans_steered(now=NOW)
    decided = ChangeRequest.objects.order_by("asked_at").values_list("action__ref", "decision")
    approved, refused, waiting = Decision.APPROVED, Decision.REFUSED, Decision.WAITING
    assert list(decided) == [("C9", approved), ("C9", approved), ("C3", refused), ("C4", waiting)]
    put_off = Action.objects.get(ref="C9", plan__code="appendix-c")
    assert (put_off.times_put_off, (put_off.due - put_off.original_due).days) == (2, 90)
    draft = ActionPlan.objects.get(is_draft=True)
    assert draft.previous.code == "appendix-d"
    assert draft.actions.exists()
    assert what_is_missing(draft) == []
