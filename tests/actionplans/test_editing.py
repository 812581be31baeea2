"""Editing an action: two editors, what is promised is not among it, milestones with their first dates."""

from datetime import date, timedelta

import pytest

from actionplans import editing
from actionplans.editing import ChangedMeanwhile, NotOpen, version_of
from actionplans.history import as_it_stood
from actionplans.models import Action, ActionPlan, Evidence, Milestone, NotInvolved, NotThePlansOwner
from audit.models import AuditEvent
from tests.actionplans.owners import mabel, of_plan, owen, plan_of
from tests.actionplans.world import plans_as_of
from tests.people import NOW, client_for, farah, member, ngozi, organisation

LATER = NOW + timedelta(days=1)


@pytest.fixture
def world(db):
    plans_as_of(NOW)
    plan_of(owen())


def edited(title="Shorter", *, seen=None, by=None, now=NOW) -> bool:
    action = of_plan()
    return editing.edit(
        action,
        {"title": title},
        {"supporting": [organisation("police")]},
        seen=version_of(action) if seen is None else seen,
        by=by or owen(),
        now=now,
    )


def test_what_it_said_before_stays_in_its_history(world):
    before = of_plan().title
    assert edited(now=LATER)
    action = of_plan()
    assert (action.title, [str(each) for each in action.supporting.all()]) == (
        "Shorter",
        [str(organisation("police"))],
    )
    assert as_it_stood(action, NOW.date()).data["title"] == before
    now = as_it_stood(action, LATER.date())
    assert (now.data["title"], now.data["supporting"], now.by) == ("Shorter", ["police"], owen())
    event = AuditEvent.objects.get(act="action.edited")
    assert (event.actor_id, event.facts["changed"]) == (owen().pk, ["supporting", "title"])


def test_what_is_the_same_is_no_change(world):
    edited()
    number = version_of(of_plan())
    assert not edited()
    assert version_of(of_plan()) == number


def test_the_second_editor_hears_of_the_first(world):
    plan_of(None)
    seen = version_of(of_plan())
    edited("Owen's", seen=seen)
    with pytest.raises(ChangedMeanwhile, match=r"Owen Trask changed C3 on 10 March at 09:30 \(edited\)"):
        edited("Mabel's", seen=seen, by=mabel())
    assert of_plan().title == "Owen's"


def test_only_the_plan_s_owner_edits(world):
    for other in (mabel(), farah(), ngozi()):
        with pytest.raises(NotThePlansOwner):
            edited(by=other)


def test_what_is_closed_or_over_is_not_edited(world):
    Action.objects.filter(ref="C3").update(closed_on=NOW.date())
    with pytest.raises(NotOpen, match="Open it again"):
        edited()
    Action.objects.filter(ref="C3").update(closed_on=None)
    ActionPlan.objects.filter(code="appendix-c").update(period_end=date(2026, 3, 9))
    with pytest.raises(NotOpen, match="over"):
        edited()


# Steps on the way -------------------------------------------------------------------------------------------------


def step(due=date(2026, 6, 1)) -> Milestone:
    return editing.add_milestone(of_plan(), "All supervisors trained", due, by=owen(), now=NOW)


def test_the_first_date_of_a_step_is_kept_when_it_moves(world):
    of_plan().milestones.all().delete()
    made = step()
    for due in (date(2026, 7, 1), date(2026, 8, 1)):
        editing.change_milestone(made, made.title, due, None, by=owen(), now=NOW)
    made.refresh_from_db()
    assert (made.due, made.original_due) == (date(2026, 8, 1), date(2026, 6, 1))
    assert of_plan().milestone_due == date(2026, 8, 1)


def test_a_contributor_says_that_a_step_is_done_and_changes_nothing_else(world):
    made = step()
    with pytest.raises(NotThePlansOwner):
        editing.change_milestone(made, "Less", None, None, by=ngozi(), now=NOW)
    assert editing.mark_milestone(made, NOW.date(), by=ngozi(), now=NOW)
    made.refresh_from_db()
    assert (made.done_on, made.done_by) == (NOW.date(), ngozi())
    assert of_plan().versions.first().act == "milestone done"
    editing.mark_milestone(made, None, by=ngozi(), now=NOW)
    made.refresh_from_db()
    assert (made.done_on, made.done_by) == (None, None)


def test_somebody_without_a_part_marks_no_step(world):
    with pytest.raises(NotInvolved):
        editing.mark_milestone(
            step(), NOW.date(), by=member("Ada Finch", organisation("opcc"), "officer"), now=NOW
        )


# The pages --------------------------------------------------------------------------------------------------------

EDIT = "/staff/plans/appendix-c/C3/edit/"


def typed(browser, **other):
    form = browser.get(EDIT).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return said | other


def test_owen_edits_on_the_page_and_what_was_promised_is_not_asked_there(world):
    browser = client_for(owen())
    page = browser.get(EDIT).content.decode()
    assert 'name="due-day"' not in page
    assert 'name="lead"' not in page
    assert 'name="seen"' in page
    answer = browser.post(EDIT, typed(browser, title="E-learning for all", blocked_by="C1, appendix-d D2"))
    assert answer.status_code == 302
    action = of_plan()
    assert action.title == "E-learning for all"
    assert sorted(each.ref for each in action.blocked_by.all()) == ["C1", "D2"]


def test_what_is_typed_stays_on_the_page_when_somebody_was_faster(world):
    browser = client_for(owen())
    mine = typed(browser, title="Mine")
    edited("Theirs")
    answer = browser.post(EDIT, mine)
    assert "Owen Trask changed C3" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "Mine"
    again = mine | {"seen": answer.context["form"]["seen"].value()}
    assert browser.post(EDIT, again).status_code == 302
    assert of_plan().title == "Mine"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"blocked_by": "C99"}, "There is no other action C99"),
        ({"blocked_by": "C3"}, "There is no other action C3"),
        ({"course": "deferred"}, "Write why it is deferred"),
        ({"title": ""}, "Enter what is to be done"),
    ],
)
def test_mistakes_are_said_in_words(world, said, words):
    browser = client_for(owen())
    assert words in browser.post(EDIT, typed(browser, **said)).content.decode()


def test_closing_on_the_page_needs_something_that_shows_it(world):
    browser, close = client_for(owen()), "/staff/plans/appendix-c/C3/close/"
    answer = browser.post(close, {"reason": "All are trained."})
    assert "Add at least one link or file" in answer.content.decode()
    said = {"reason": "All are trained.", "link": "https://certificates.example/c3"}
    assert browser.post(close, said).status_code == 302
    assert of_plan().closed_on is not None
    assert Evidence.objects.get(action=of_plan(), update=None).link == said["link"]


def test_ngozi_asks_on_the_page_and_owen_decides_on_his(world):
    ask, due = "/staff/plans/appendix-c/C3/ask/", of_plan().due + timedelta(days=30)
    said = {
        "kind": "due",
        "new_due-day": due.day,
        "new_due-month": due.month,
        "new_due-year": due.year,
        "reason": "Late.",
    }
    assert client_for(ngozi()).post(ask, said).status_code == 302
    request = of_plan().change_requests.get()
    browser = client_for(owen())
    assert "request to change an action" in browser.get("/staff/").content.decode()
    assert f"/requests/{request.pk}/decide/" in browser.get("/staff/plans/requests/").content.decode()
    decide = f"/staff/plans/requests/{request.pk}/decide/"
    assert "Choose whether you approve" in browser.post(decide, {"words": "Yes"}).content.decode()
    assert browser.post(decide, {"decision": "approve", "words": "Agreed."}).status_code == 302
    page = browser.get("/staff/plans/appendix-c/C3/").content.decode()
    assert "Agreed." in page
    assert "put off 1 time" in page
    late = browser.post(decide, {"decision": "refuse", "words": "No."}, follow=True)
    assert "Owen Trask approved this" in late.content.decode()


def test_the_first_promise_stands_beside_the_newest_on_the_page(world):
    browser, ask = client_for(owen()), "/staff/plans/appendix-c/C3/ask/"
    action, due = of_plan(), date(2027, 1, 15)
    first = action.measure.words_for(action.measure.target)
    parts = {"new_due-day": due.day, "new_due-month": due.month, "new_due-year": due.year}
    assert browser.post(ask, {"kind": "due", "reason": "Late.", **parts}).status_code == 302
    assert browser.post(ask, {"kind": "target", "reason": "Too much.", "new_target": "40"}).status_code == 302
    assert (
        browser.post(ask, {"kind": "lead", "reason": "They train.", "new_lead": "police"}).status_code == 302
    )
    page = browser.get("/staff/plans/appendix-c/C3/").content.decode()
    assert f"(first {first})" in page
    assert f"(first {action.due.day} {action.due:%B %Y})" in page
    assert f"(first {action.lead})" in page
