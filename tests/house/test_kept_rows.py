"""What tests begin with is as the real act makes it, and the act is done wherever that could differ."""

from collections.abc import Callable

import pytest
from django.db import transaction

from actionplans.loading import load_plans
from actionplans.models import Action
from audit.models import AuditEvent
from partners.loading import load_partners
from partners.models import Organisation, OrganisationKind
from tests.actionplans import world
from tests.kept_rows import begin_with
from tests.people import NOW, PARTNERSHIP, make_partnership

pytestmark = pytest.mark.django_db


def done_and_undone(act: Callable[[], object]) -> None:
    """So that it is kept."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def test_plans_that_were_put_back_are_those_that_loading_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    done_and_undone(world.plans_as_of)
    assert not Action.objects.exists()
    monkeypatch.setattr(world, "load_plans", pytest.fail)
    world.plans_as_of()
    events, actions = AuditEvent.objects.count(), Action.objects.count()
    assert AuditEvent.objects.filter(act="plan.loaded").count() == 4
    assert load_partners(PARTNERSHIP, now=NOW).changed == 0
    load_plans(PARTNERSHIP, NOW.date() - world.STAND_AT, NOW)
    assert (AuditEvent.objects.count(), Action.objects.count()) == (events, actions)
    assert Action.objects.filter(versions__number__gt=1).count() == 0


def test_where_something_else_stands_it_is_done() -> None:
    done = []
    begin_with("a house", lambda: done.append(house("quillfeather")))
    begin_with("a house", lambda: done.append(house("larkfold")))
    assert [each.code for each in done] == ["quillfeather", "larkfold"]


def test_where_what_it_builds_on_was_changed_it_is_done() -> None:
    make_partnership()
    done_and_undone(lambda: begin_with("one more", lambda: house("quillfeather"), upon="partnership"))
    Organisation.objects.filter(code="lcc").update(name="Another name")
    done = []
    begin_with("one more", lambda: done.append(True), upon="partnership")
    assert done


def house(code: str) -> Organisation:
    return Organisation.objects.create(
        code=code, name=f"{code} Rooms", short_name=code, kind=OrganisationKind.CENTRE, order=100
    )
