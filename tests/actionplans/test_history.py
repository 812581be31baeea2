"""Any field of any action, as it stood on any day."""

from datetime import timedelta

import pytest

from actionplans.figures import keep_figures
from actionplans.history import (
    OF_MEASURE,
    OF_MILESTONE,
    OWN,
    as_data,
    as_it_stood,
    keep_version,
    keep_versions,
)
from actionplans.models import Action, Measure, Milestone
from tests.actionplans.world import plans_as_of
from tests.people import NOW, organisation

pytestmark = pytest.mark.django_db


def test_a_day_shows_what_counted_at_its_end() -> None:
    plans_as_of()
    action = Action.objects.get(ref="C3")
    keep_version(action, "loaded", by=None, now=NOW)
    Action.objects.filter(pk=action.pk).update(title="Another title", lead=organisation("blaby-dc"))
    keep_version(action, "changed", by=None, now=NOW + timedelta(days=3))
    before = as_it_stood(action, NOW.date() + timedelta(days=2))
    after = as_it_stood(action, NOW.date() + timedelta(days=3))
    assert before
    assert after
    assert (before.data["lead"], after.data["lead"]) == ("charnwood-bc", "blaby-dc")
    assert (before.number, after.number) == (1, 2)
    assert as_it_stood(action, NOW.date() - timedelta(days=1)) is None


def test_nothing_changed_is_no_version() -> None:
    plans_as_of()
    actions = list(Action.objects.all())
    keep_versions(actions, "loaded", by=None, now=NOW)
    assert keep_versions(actions, "again", by=None, now=NOW) == []


def test_every_field_of_an_action_its_milestones_and_its_measure_is_in_a_version() -> None:
    plans_as_of()
    action = Action.objects.get(ref="C2")
    data = as_data(action)
    for model, left_out, said in (
        (Action, OWN, data),
        (Milestone, OF_MILESTONE, data["milestones"][0]),
        (Measure, OF_MEASURE, data["measure"]),
    ):
        fields = {field.name for field in model._meta.get_fields() if field.concrete} - set(left_out)
        assert fields <= set(said)
    assert {"supporting", "districts", "blocked_by"} <= set(data)


def test_a_measure_knows_what_its_cells_make_together() -> None:
    plans_as_of()
    keep_figures(Measure.objects.all())
    pages = Measure.objects.get(action__ref="C1")
    assert pages.value_now == 11
    assert pages.value_as_at == NOW.date()
