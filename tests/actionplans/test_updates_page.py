"""My updates: one page, one sending, nothing lost and nothing doubled."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Action, ActionPlan, Contribution
from audit.models import AuditEvent
from partners.models import User
from tests.actionplans.filling import PAGE, filled_in, of, told
from tests.actionplans.world import plans_as_of_today, tight
from tests.people import client_for, member, ngozi, organisation, sog_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    plans_as_of_today()


@pytest.fixture
def browser(world):
    return client_for(ngozi(now=timezone.now()))


def test_the_page_untouched_says_nothing_and_records_nothing(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    assert of("C3", "percent") in sent, "the page is read as a browser reads it"
    response = browser.post(PAGE, sent)
    assert response.status_code == 200
    assert "You have not told us anything new yet" in response.content.decode()
    assert told() == 0


def test_ngozi_tells_six_actions_at_once(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    six = ["C3", "C4", "C5", "C9", "D8", "F1"]
    for number, ref in enumerate(six):
        sent[of(ref, "percent")] = str(80 + number)
        sent[of(ref, "what_changed")] = f"Charnwood moved {ref} on."
    response = browser.post(PAGE, sent, follow=True)
    text = response.content.decode()
    assert "Recorded: 6 updates" in text
    assert "Charnwood moved D8 on." in text
    for number, ref in enumerate(six):
        update = Action.objects.get(ref=ref).updates.first()
        assert (update.percent_done, update.what_changed) == (80 + number, f"Charnwood moved {ref} on.")
        assert (update.by, update.organisation) == (
            User.objects.get(name="Ngozi Bell"),
            organisation("charnwood-bc"),
        )
        assert update.as_at == timezone.localdate()
    assert told() == 6, "only what was changed is recorded"
    assert AuditEvent.objects.filter(act="action.updated").count() == 6


def test_an_update_is_a_new_record_and_the_old_one_stays_as_it_was(browser):
    before = list(Action.objects.get(ref="C3").updates.values())
    sent = filled_in(browser.get(PAGE).content.decode())
    browser.post(PAGE, sent | {of("C3", "percent"): "35", of("C3", "what_changed"): "Eight councils now."})
    after = list(Action.objects.get(ref="C3").updates.values())
    assert after[1:] == before
    assert after[0]["next_step"] == before[0]["next_step"], "what was not touched is carried on"


def test_no_change_is_one_tick_and_says_so(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    text = browser.post(PAGE, sent | {of("C9", "no_change"): "on"}, follow=True).content.decode()
    assert "Recorded: 1 update" in text
    assert "no change, 65% done" in text
    update = Action.objects.get(ref="C9").updates.first()
    assert (update.is_no_change, update.percent_done, update.what_changed) == (True, 65, "")


def test_no_change_does_not_take_back_what_a_partner_told_meanwhile(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    action = Action.objects.get(ref="C9")
    blaby = member("Leif Aston", organisation("blaby-dc"), "officer", now=timezone.now())
    action.record_update(
        percent_done=75,
        what_changed="Blaby's depot joined.",
        by=blaby,
        organisation=organisation("blaby-dc"),
        now=timezone.now(),
    )
    browser.post(PAGE, sent | {of("C9", "no_change"): "on"})
    assert action.updates.first().percent_done == 75
    assert told() == 2


def test_a_wrong_percent_is_said_plainly_and_everything_typed_stays(browser):
    typed = "140"
    sent = filled_in(browser.get(PAGE).content.decode()) | {
        of("C3", "percent"): typed,
        of("C3", "what_changed"): "Two more councils <joined> & it shows.",
        of("C3", "figure_charnwood-bc"): "51",
        of("F1", "what_changed"): "Harborough has begun.",
        of("F1", "no_change"): "on",
    }
    response = browser.post(PAGE, sent)
    text = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in text
    assert "C3: " in text
    assert "F1: untick “No change”" in text
    again = filled_in(text)
    assert again[of("C3", "percent")] == typed
    assert again[of("C3", "what_changed")] == "Two more councils <joined> & it shows."
    assert again[of("C3", "figure_charnwood-bc")] == "51"
    assert again[of("F1", "what_changed")] == "Harborough has begun."
    assert again[of("F1", "no_change")] == "on"
    assert again["sending"] == sent["sending"]
    assert told() == 0, "nothing is recorded while something is wrong"


def test_a_percent_is_a_whole_number_from_nought_to_a_hundred(browser):
    sent = filled_in(browser.get(PAGE).content.decode()) | {of("C3", "what_changed"): "Two more councils."}
    for typed in ("-1", "101", "about half", "", "33.5", "1e2"):
        text = browser.post(PAGE, sent | {of("C3", "percent"): typed}).content.decode()
        assert "There is a problem" in text, typed
        assert filled_in(text)[of("C3", "percent")] == typed
    assert told() == 0


def test_progress_without_a_sentence_is_asked_for_one(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    text = browser.post(PAGE, sent | {of("C3", "percent"): "60"}).content.decode()
    assert "C3: say in a sentence or two what changed" in text


def test_sent_twice_is_one_record_and_the_same_answer(browser):
    sent = filled_in(browser.get(PAGE).content.decode()) | {
        of("C3", "percent"): "35",
        of("C3", "what_changed"): "Eight councils now.",
        of("C3", "figure_charnwood-bc"): "52",
    }
    first, second = browser.post(PAGE, sent), browser.post(PAGE, sent)
    assert first["Location"] == second["Location"]
    assert told() == 1
    assert Contribution.objects.filter(by__isnull=False).count() == 1


def test_words_that_are_too_many_or_cannot_be_kept_are_refused_plainly(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    text = browser.post(PAGE, sent | {of("C3", "what_changed"): "x" * 1001}).content.decode()
    assert "C3: what changed: use 1,000 characters or fewer" in text
    text = browser.post(PAGE, sent | {of("C3", "what_changed"): "a\x00b"}).content.decode()
    assert "There is a problem" in text
    assert told() == 0


def test_rubbish_in_the_hidden_parts_breaks_nothing(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    rubbish = {"sending": "not-a-number", of("C3", "seen"): "9" * 30, of("C9", "seen"): "x"}
    assert browser.post(PAGE, sent | rubbish).status_code == 200
    assert browser.post(PAGE, sent | {"a-99999999999999999999-percent": "5"}).status_code == 404
    assert browser.post(PAGE, sent | {of("C3", "confidence"): "certain"}).status_code == 200
    assert told() == 0


def test_another_organisation_s_action_is_refused_and_nothing_of_the_sending_is_kept(browser):
    sent = filled_in(browser.get(PAGE).content.decode()) | {
        of("C3", "percent"): "35",
        of("C3", "what_changed"): "Eight councils now.",
        of("C2", "percent"): "100",
        of("C2", "what_changed"): "All schools done.",
    }
    assert browser.post(PAGE, sent).status_code == 404
    assert told() == 0


def test_ngozi_fills_in_charnwood_s_own_cell_and_the_average_moves(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    assert of("C3", "figure_blaby-dc") not in sent
    browser.post(PAGE, sent | {of("C3", "figure_charnwood-bc"): "56"})
    cell = Contribution.objects.filter(measure__action__ref="C3", organisation__code="charnwood-bc").first()
    assert (cell.value, cell.by.name) == (56, "Ngozi Bell")
    text = browser.get(reverse("actionplans:action", args=["appendix-c", "C3"])).content.decode()
    assert "Now</dt><dd>24%</dd>" in tight(text), "ten more for one of ten councils"


def test_a_district_s_cell_is_filled_in_by_its_council(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    browser.post(PAGE, sent | {of("F1", "figure_charnwood"): "2"})
    cell = Contribution.objects.filter(measure__action__ref="F1", district__code="charnwood").first()
    assert cell.value == 2


def test_a_wrong_figure_is_said_plainly(browser):
    sent = filled_in(browser.get(PAGE).content.decode())
    for typed in ("lots", "-3", "101", "5.555", "NaN", "99999999999999"):
        text = browser.post(PAGE, sent | {of("C3", "figure_charnwood-bc"): typed}).content.decode()
        assert "C3: the figure must be a number from 0 to 100" in text, typed
    assert told() == 0


def test_what_is_told_is_no_longer_owed(browser):
    text = browser.get(PAGE).content.decode()
    owed = Action.objects.owed_by(organisation("charnwood-bc"), timezone.localdate()).count()
    assert f"{owed} updates to tell" in text
    sent = filled_in(text)
    text = browser.post(PAGE, sent | {of("C9", "no_change"): "on"}, follow=True).content.decode()
    assert f"{owed - 1} updates to tell" in text
    assert f"{owed - 1} more to tell this month" in text


def test_a_plan_that_has_ended_asks_for_nothing(browser):
    ActionPlan.objects.update(period_end="2020-01-01", period_start="2018-01-01")
    text = browser.get(PAGE).content.decode()
    assert "No action is yours" in text


def test_another_s_confirmation_shows_nothing(browser):
    action = Action.objects.get(ref="C9")
    sending = uuid4()
    action.record_update(
        percent_done=75,
        what_changed="Secret of Blaby.",
        by=None,
        organisation=organisation("blaby-dc"),
        now=timezone.now(),
        sending=sending,
    )
    assert "Recorded" not in browser.get(PAGE, {"told": str(sending)}).content.decode()
    assert browser.get(PAGE, {"told": "rubbish"}).status_code == 200


def test_who_may_not_update_finds_no_page(world):
    assert client_for(sog_member(now=timezone.now())).get(PAGE).status_code == 404


def test_the_page_asks_equally_little_for_many_actions(world, django_assert_max_num_queries):
    county = client_for(member("Odile Rook", organisation("lcc"), "officer", now=timezone.now()))
    county.get(PAGE)
    with django_assert_max_num_queries(16):
        assert county.get(PAGE).content.decode().count('class="update"') > 20
