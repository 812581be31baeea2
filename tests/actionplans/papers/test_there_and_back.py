"""A plan goes out as a file of any kind and comes back as it was."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from actionplans.history import as_data
from actionplans.models import Action, ActionPlan
from actionplans.papers.bringing_in import bring_in
from actionplans.papers.exporting import as_file
from actionplans.papers.naming import directory
from actionplans.papers.planned import PlannedPlan, planned_of, whole
from actionplans.papers.understanding import understand
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from tests.actionplans.papers.samples import ENDS, KINDS, STARTS, as_kind, partners_own_table, understood
from tests.actionplans.world import plans_as_of
from tests.people import NOW, farah

pytestmark = pytest.mark.django_db


def exported(plan: ActionPlan, kind: PaperKind) -> bytes:
    return as_file(
        plan, kind, today=timezone.localdate(NOW), notice="Illustrative. Invented demonstration data"
    )


def brought_back(plan: ActionPlan, kind: PaperKind) -> ActionPlan:
    """The plan out and in again, beside itself."""
    found = understand(
        read(f"plan.{kind}", exported(plan, kind)),
        directory(),
        starts=plan.period_start,
        ends=plan.period_end,
    )
    assert [str(error) for error in found.errors] == []
    again = PlannedPlan(f"{plan.code}-again", plan.title, plan.period_start, plan.period_end, found.actions)
    return bring_in(again, instead_of="", by=farah(), now=NOW)


def said(plan: ActionPlan) -> list[dict]:
    """All that each action says, apart from the numbers of people and records; what blocks it by its ref alone."""
    return [_alone(as_data(action)) for action in whole(plan)]


def _alone(data: dict) -> dict:
    waits_for = [each.split()[-1] for each in data["blocked_by"]]
    return data | {"owner": None, "deputy": None, "rolled_from": None, "blocked_by": waits_for}


@pytest.mark.parametrize("kind", KINDS)
def test_the_38_actions_come_back_as_they_were(kind: PaperKind):
    plans_as_of()
    plans = list(ActionPlan.objects.all())
    for plan in plans:
        again = brought_back(plan, kind)
        assert said(again) == said(plan)
        assert [each.code for each in again.priorities.all()] == [each.code for each in plan.priorities.all()]
    assert Action.objects.filter(plan__in=plans).count() == 38
    assert Action.objects.filter(plan__is_draft=True).count() == 38


def test_a_partners_own_table_gives_the_same_plan_in_every_kind_of_file():
    plans_as_of()
    found = {kind: understood(kind, as_kind(kind, partners_own_table())) for kind in KINDS}
    for kind, each in found.items():
        assert [str(error) for error in each.errors] == [], kind
        assert each.actions == found[PaperKind.CSV].actions, kind
        assert each.told_apart == ("percent_done_31_jan_2019",)
        assert each.unknown == ()
    assert len(found[PaperKind.CSV].actions) == 38


def test_a_partners_own_table_says_what_the_illustrative_plans_say():
    plans_as_of(datetime(2019, 1, 31, 9, tzinfo=UTC))
    found = {
        each.ref: each
        for each in understood(PaperKind.CSV, as_kind(PaperKind.CSV, partners_own_table())).actions
    }
    for plan in ActionPlan.objects.all():
        for kept in planned_of(plan).actions:
            paper = found[kept.ref]
            assert (paper.lead, paper.starts, paper.due, paper.importance) == (
                kept.lead, kept.starts, kept.due, kept.importance,
            ), kept.ref  # fmt: skip
            assert (paper.measure.baseline, paper.measure.target, paper.measure.counted_by) == (
                kept.measure.baseline, kept.measure.target, kept.measure.counted_by,
            ), kept.ref  # fmt: skip


def test_what_a_partners_own_table_says_in_its_own_words():
    plans_as_of()
    found = {
        each.ref: each
        for each in understood(PaperKind.ODS, as_kind(PaperKind.ODS, partners_own_table())).actions
    }
    assert found["C1"].supporting_text == ""
    assert len(found["C1"].supporting) == 10
    assert (found["C2"].supporting, found["C2"].supporting_text) == (
        ("leicester-city", "rutland-cc"),
        "Teaching Alliances; Police schools officers",
    )
    assert [(each.title, each.due) for each in found["C2"].milestones] == [
        ("Pack v1 published", None),
        ("10 pilot schools by Easter 2019", None),
    ]
    assert [(each.title, each.due) for each in found["C3"].milestones] == [
        ("Module on all council learning systems", date(2019, 3, 31))
    ]
    assert (date(2018, 4, 1), date(2021, 3, 31)) == (STARTS, ENDS)
