"""Two who tell about one action, an update after the round has closed, and a lead that leaves: nothing is lost."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Action, Contribution, UpdateCycle, UpdateDraft
from tests.actionplans.filling import PAGE, filled_in, of, told
from tests.actionplans.world import plans_as_of_today
from tests.people import client_for, farah, member, ngozi, organisation

pytestmark = pytest.mark.django_db
CLOSED = datetime(2026, 3, 27, 10, 0, tzinfo=UTC)
OPEN = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def world():
    plans_as_of_today()


@pytest.fixture
def browser(world):
    return client_for(ngozi(now=timezone.now()))


def colleague(name="Leif Aston", at="charnwood-bc"):
    return member(name, organisation(at), "officer", now=timezone.now())


def tells(who, ref: str, **said) -> None:
    action = Action.objects.get(ref=ref)
    details = {"percent_done": action.percent_now or 0, "what_changed": "Told by another."} | said
    action.record_update(**details, by=who, organisation=who.organisation, now=timezone.now())


def test_two_organisations_each_fill_in_their_own_cell_of_one_measure(browser):
    blaby = client_for(colleague("Orla Fenn", "blaby-dc"))
    mine, theirs = (filled_in(each.get(PAGE).content.decode()) for each in (browser, blaby))
    browser.post(PAGE, mine | {of("C3", "figure_charnwood-bc"): "56"})
    text = blaby.post(PAGE, theirs | {of("C3", "figure_blaby-dc"): "31"}, follow=True).content.decode()
    assert "Recorded: 1 update" in text, "another's figure is no reason to stop"
    cells = Contribution.objects.filter(measure__action__ref="C3", by__isnull=False)
    assert {(cell.organisation.code, int(cell.value)) for cell in cells} == {
        ("charnwood-bc", 56),
        ("blaby-dc", 31),
    }
    assert told() == 2


def test_the_second_of_two_organisations_hears_another_percentage_before_theirs_is_taken(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    sent |= {of("C9", "percent"): "70", of("C9", "what_changed"): "Charnwood's depots are done."}
    sent |= {of("C3", "no_change"): "on"}
    tells(colleague("Orla Fenn", "blaby-dc"), "C9", percent_done=75, what_changed="Blaby's depot joined.")
    answer = browser.post(PAGE, sent, follow=True)
    text = answer.content.decode()
    assert "Nothing is sent yet" in text
    assert "Blaby's depot joined." in text.replace("&#x27;", "'")
    assert told() == 1, "nothing of the sending is recorded while one of it waits for an answer"
    again = filled_in(text)
    assert again[of("C9", "what_changed")] == "Charnwood's depots are done."
    assert again[of("C9", "percent")] == "70"
    assert again[of("C3", "no_change")] == "on"
    text = browser.post(PAGE, again, follow=True).content.decode()
    assert "Recorded: 2 updates" in text
    assert Action.objects.get(ref="C9").percent_now == 70


def test_the_second_of_two_colleagues_hears_the_first_and_loses_nothing(browser):
    sent = filled_in(browser.get(PAGE).content.decode()) | {of("C9", "no_change"): "on"}
    tells(colleague(), "C9", what_changed="Leif has told this.")
    text = browser.post(PAGE, sent, follow=True).content.decode()
    assert "Leif Aston" in text
    assert "Leif has told this." in text
    assert filled_in(text)[of("C9", "no_change")] == "on"
    assert (told(), UpdateDraft.objects.count()) == (1, 1)


def test_who_left_the_percentage_alone_does_not_set_it_back(browser):
    browser.post(
        PAGE,
        filled_in(browser.get(PAGE).content.decode())
        | {of("C9", "what_changed"): "A fourth depot.", "button": "save"},
    )
    tells(colleague("Orla Fenn", "blaby-dc"), "C9", percent_done=90)
    text = browser.get(PAGE).content.decode()
    assert "told us while you were writing" in text
    sent = filled_in(text)
    assert sent[of("C9", "percent")] == "90"
    browser.post(PAGE, sent)
    assert Action.objects.get(ref="C9").updates.first().percent_done == 90


def test_a_sending_that_is_replayed_after_another_told_is_still_one_record(browser):
    sent = filled_in(browser.get(PAGE).content.decode()) | {of("C9", "no_change"): "on"}
    first = browser.post(PAGE, sent)
    tells(colleague(), "C9")
    second = browser.post(PAGE, sent)
    assert first["Location"] == second["Location"]
    assert told() == 2


def test_an_update_after_the_round_closed_is_taken_marked_and_counted_for_its_month(world):
    person, action = ngozi(now=CLOSED), Action.objects.get(ref="C9")
    common = {"by": person, "organisation": person.organisation, "percent_done": 66}
    early = action.record_update(what_changed="In time.", now=OPEN, sending=uuid4(), **common)
    late = action.record_update(what_changed="Too late.", now=CLOSED, sending=uuid4(), **common)
    assert (early.is_late, late.is_late) == (False, True)
    assert early.cycle == late.cycle == UpdateCycle.objects.get(month=date(2026, 3, 1))


def test_what_came_with_the_plan_answers_for_no_round(world):
    assert not Action.objects.get(ref="C9").updates.filter(cycle__isnull=False).exists()
    assert not UpdateCycle.objects.exists()


def test_the_page_says_that_the_round_has_closed_and_the_update_says_late(browser, monkeypatch):
    month = timezone.localdate().replace(day=1)
    UpdateCycle.objects.create(month=month, opens_on=month, due_on=month, closes_on=month)
    if timezone.localdate() == month:
        UpdateCycle.objects.update(
            opens_on=date(2020, 1, 1), due_on=date(2020, 1, 1), closes_on=date(2020, 1, 2)
        )
    text = browser.get(PAGE).content.decode()
    assert "What you tell now is taken, and shown as late." in text
    sent = filled_in(text) | {of("C9", "no_change"): "on"}
    text = browser.post(PAGE, sent, follow=True).content.decode()
    assert "(late)" in text
    assert "What you tell now is taken" in text


def test_however_many_ask_for_a_round_there_is_one(world):
    assert UpdateCycle.of(date(2026, 3, 2)) == UpdateCycle.of(date(2026, 3, 30))
    assert UpdateCycle.planned(date(2026, 4, 2)).pk is None, "looking makes none"
    assert UpdateCycle.objects.count() == 1


def everybody_leaves(code: str) -> None:
    for membership in organisation(code).memberships.filter(left_at=None):
        membership.end(by=None, now=timezone.now())


def test_an_action_whose_lead_has_nobody_left_waits_for_another_and_keeps_its_history(browser):
    today, action = timezone.localdate(), Action.objects.filter(lead__code="charnwood-bc").first()
    before = action.updates.count()
    assert not action.has_lost_its_lead(today=today)
    everybody_leaves("charnwood-bc")
    assert action.has_lost_its_lead(today=today)
    assert action in Action.objects.without_lead(today)
    assert action.updates.count() == before
    page = client_for(farah(now=timezone.now())).get(f"{PAGE}waiting/").content.decode()
    assert f'<span class="plan-table__ref">{action.ref}</span>' in page
    assert "nobody there can report on actions" in page
    address = reverse("actionplans:action", args=[action.plan.code, action.ref])
    assert "The lead has left" in client_for(farah(now=timezone.now())).get(address).content.decode()


def test_a_retired_lead_is_named_with_the_day_it_left(browser):
    house = organisation("charnwood-bc")
    house.retired_on = timezone.localdate()
    house.save()
    page = client_for(farah(now=timezone.now())).get(f"{PAGE}waiting/").content.decode()
    assert "left the partnership on" in page
    assert browser.get(PAGE).status_code == 200, "whoever is still there can still tell"


def test_the_page_of_what_waits_counts_leads_and_supporters_apart(browser):
    page = client_for(farah(now=timezone.now())).get(f"{PAGE}waiting/").content.decode()
    assert "Charnwood Borough Council" in page
    assert client_for(colleague("Orla Fenn", "blaby-dc")).get(f"{PAGE}waiting/").status_code == 404
