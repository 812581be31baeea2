"""Writing a plan, building the next one, and rolling an action on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from actionplans import rolling, writing
from actionplans.changing import Wanted, ask
from actionplans.models import Action, ActionPlan, ActionVersion, ChangeKind, NotThePlansOwner
from actionplans.rolling import HasNextPlan, RolledAlready, a_year_on, build_next, roll, unfinished
from actionplans.urls import urlpatterns
from actionplans.writing import NO_CODES, NO_REFS, NotADraft, NotReady, start_plan, what_is_missing
from audit.models import AuditEvent
from tests.actionplans.owners import mabel, of_plan, owen, plan_of
from tests.actionplans.world import plans_as_of
from tests.people import NOW, administrator, client_for, farah, ngozi, organisation


@pytest.fixture
def world(db):
    plans_as_of(NOW)
    plan_of(owen())


def built(**other) -> ActionPlan:
    plan = ActionPlan.objects.get(code="appendix-c")
    said = {
        "code": "hate-next",
        "title": "The next plan",
        "period_start": a_year_on(plan.period_start),
        "period_end": a_year_on(plan.period_end),
    } | other
    return build_next(plan, unfinished(plan), by=owen(), now=NOW, **said)


def first_segments(depth: int) -> set[str]:
    """The fixed words that stand where a plan's code (0) or an action's ref (1) would, in all addresses of plans."""
    found = set()
    for each in flat(urlpatterns):
        parts = each.removeprefix("plans/").split("/")
        if each.startswith("plans/") and len(parts) > depth + 1:
            before = parts[:depth]
            if all("<" in part for part in before) and "<" not in parts[depth]:
                found.add(parts[depth])
    return found


def flat(patterns, before=""):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from flat(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern)


def test_no_plan_may_be_called_like_a_page():
    assert first_segments(0) - {""} <= NO_CODES
    assert {each for each in first_segments(1) if "." not in each and each} - {"<slug:ref>"} <= NO_REFS


def test_next_year_s_plan_has_the_priorities_and_what_is_unfinished(world):
    plan = ActionPlan.objects.get(code="appendix-c")
    made = built()
    assert (made.is_draft, made.is_published, made.previous, made.owner) == (True, False, plan, owen())
    assert [each.code for each in made.priorities.all()] == [each.code for each in plan.priorities.all()]
    carried = {each.ref for each in made.actions.all()}
    assert carried == {each.ref for each in plan.actions.all() if (each.percent_now or 0) < 100}
    assert {"C1"} & carried == set()
    before, after = of_plan(), of_plan(code="hate-next")
    moved = made.period_start - plan.period_start
    assert (after.starts, after.due) == (before.starts + moved, before.due + moved)
    assert (after.rolled_from, after.percent_now, after.lead) == (before, None, before.lead)
    assert after.measure.baseline == before.measure.value_now
    assert after.measure.target == before.measure.target
    assert [str(each) for each in after.supporting.all()] == [str(each) for each in before.supporting.all()]


def test_dates_stay_within_the_plan_that_they_move_into(world):
    made = built(period_start=date(2027, 1, 1), period_end=date(2027, 6, 30))
    for action in made.actions.all():
        assert made.period_start <= action.starts < action.due <= made.period_end


def test_a_plan_has_one_that_follows(world):
    built()
    with pytest.raises(HasNextPlan, match="The next plan"):
        built(code="another")


def test_an_action_goes_on_once_and_each_leads_to_the_other(world):
    draft = writing.write_plan(
        by=owen(),
        now=NOW,
        code="mine",
        title="Mine",
        period_start=date(2027, 1, 1),
        period_end=date(2027, 12, 31),
    )
    made = roll(of_plan(), draft, by=owen(), now=NOW)
    assert (made.ref, made.priority.name) == ("C3", of_plan().priority.name)
    with pytest.raises(RolledAlready, match="C3 went on as C3 in Mine"):
        roll(of_plan(), draft, by=owen(), now=NOW)
    browser = client_for(owen())
    assert "/staff/plans/mine/C3/" in browser.get("/staff/plans/appendix-c/C3/").content.decode()
    assert "/staff/plans/appendix-c/C3/" in browser.get("/staff/plans/mine/C3/").content.decode()
    # Another owner's draft is nobody else's business.
    assert "/staff/plans/mine/" not in client_for(ngozi()).get("/staff/plans/appendix-c/C3/").content.decode()
    assert client_for(mabel()).get("/staff/plans/mine/C3/").status_code == 404


def test_nothing_is_rolled_into_a_plan_that_runs(world):
    plan_of(owen(), "cohesion")
    with pytest.raises(NotADraft):
        roll(of_plan(), ActionPlan.objects.get(code="cohesion"), by=owen(), now=NOW)


def test_a_draft_says_in_words_what_it_lacks_and_does_not_start(world):
    made = built()
    Action.objects.filter(plan=made, ref="C3").update(due=made.period_end + timedelta(days=1))
    of_plan("C4", "hate-next").measure.delete()
    organisation("lcc").__class__.objects.filter(pk=of_plan("C5", "hate-next").lead_id).update(
        retired_on=NOW.date()
    )
    found = {(lack.action.ref, lack.words) for lack in what_is_missing(made)}
    assert ("C3", "Its dates lie outside the plan’s period.") in found
    assert ("C4", "It has no measure.") in found
    assert any(ref == "C5" and "no longer a partner" in words for ref, words in found)
    with pytest.raises(NotReady):
        start_plan(made, by=owen(), now=NOW)
    assert ActionPlan.objects.get(pk=made.pk).is_draft


def test_an_empty_draft_does_not_start(world):
    draft = writing.write_plan(
        by=owen(),
        now=NOW,
        code="mine",
        title="Mine",
        period_start=date(2027, 1, 1),
        period_end=date(2027, 12, 31),
    )
    assert [lack.words for lack in what_is_missing(draft)] == ["The plan has no action yet."]


def test_a_started_plan_is_no_draft_and_is_changed_by_requests(world):
    made = built()
    start_plan(made, by=owen(), now=NOW)
    assert not ActionPlan.objects.get(pk=made.pk).is_draft
    action = of_plan(code="hate-next")
    ask(action, Wanted(ChangeKind.TARGET, target=Decimal(7)), "Less.", by=owen(), now=NOW)
    assert of_plan(code="hate-next").measure.target == Decimal(7)
    with pytest.raises(NotADraft):
        writing.remove_action(action, by=owen(), now=NOW)
    assert AuditEvent.objects.filter(act="plan.started").count() == 1


def test_a_draft_is_thrown_away_with_all_that_is_in_it(world):
    made = built()
    with pytest.raises(NotThePlansOwner):
        writing.discard(made, by=mabel(), now=NOW)
    writing.discard(made, by=owen(), now=NOW)
    assert not Action.objects.filter(plan__code="hate-next").exists()
    assert not ActionVersion.objects.filter(action__plan__code="hate-next").exists()
    assert of_plan().lead


def test_a_plan_whose_owner_has_gone_is_taken_over(world):
    plan = ActionPlan.objects.get(code="appendix-c")
    with pytest.raises(NotThePlansOwner):
        writing.change_plan(plan, by=mabel(), now=NOW, owner=mabel())
    owen().membership.end(by=administrator(), now=NOW)
    plan = ActionPlan.objects.get(code="appendix-c")
    assert writing.may_name_owner(mabel(), plan)
    assert not writing.may_name_owner(farah(), plan)
    writing.change_plan(plan, by=mabel(), now=NOW, owner=mabel())
    assert ActionPlan.objects.get(code="appendix-c").owner == mabel()


def test_a_leap_day_goes_on_as_the_last_of_february():
    assert (a_year_on(date(2028, 2, 29)), a_year_on(date(2027, 3, 31))) == (
        date(2029, 2, 28),
        date(2028, 3, 31),
    )
    assert rolling.CARRIED


# By hand, on the pages --------------------------------------------------------------------------------------------


def day(name: str, when: date) -> dict[str, int]:
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def test_owen_writes_a_plan_by_hand_and_starts_it(world):
    browser, plans = client_for(owen()), "/staff/plans"
    period = day("period_start", date(2026, 4, 1)) | day("period_end", date(2027, 3, 31))
    taken = browser.post(f"{plans}/new/", {"title": "Mine", "code": "updates", **period})
    assert "is the address of a page" in taken.content.decode()
    assert browser.post(f"{plans}/new/", {"title": "Mine", "code": "mine", **period}).status_code == 302
    start = f"{plans}/mine/start/"
    assert "The plan has no action yet." in browser.get(start).content.decode()
    assert browser.post(f"{plans}/mine/priorities/", {"name": "Schools"}).status_code == 302
    action = {"ref": "s1", "title": "Visit", "lead": "police", "priority": "schools", "importance": "high"}
    dates = day("starts", date(2026, 5, 1)) | day("due", date(2026, 12, 1))
    made = browser.post(f"{plans}/mine/add/", {**action, **dates, "course": "timed"})
    assert made.url == f"{plans}/mine/S1/measure/"
    assert "It has no measure." in browser.get(start).content.decode()
    measure = {"text": "Schools visited", "unit": "schools", "baseline": 0, "target": 12, "total": "single"}
    assert (
        browser.post(made.url, measure | {"source": "our list"}).status_code == 200
    )  # another has saved: it says so
    seen = browser.get(made.url).context["form"]["seen"].value()
    assert browser.post(made.url, measure | {"source": "our list", "seen": seen}).status_code == 302
    assert client_for(ngozi()).get(f"{plans}/mine/").status_code == 404
    assert browser.post(start).status_code == 302
    assert client_for(ngozi()).get(f"{plans}/mine/").status_code == 200
