"""What is typed on “My updates” is kept before it is sent: by its script, by its button, and for its writer alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actionplans.models import Action, ProgressUpdate, UpdateDraft
from partners.models import User
from tests.actionplans.filling import PAGE, filled_in, of, told
from tests.actionplans.world import plans_as_of_today
from tests.people import client_for, member, ngozi, organisation

pytestmark = pytest.mark.django_db
AUTO, SAVE, SEND = {"button": "auto"}, {"button": "save"}, {"button": "send"}


@pytest.fixture
def browser():
    plans_as_of_today()
    return client_for(ngozi(now=timezone.now()))


def page(browser, address: str = PAGE) -> dict[str, str]:
    return filled_in(browser.get(address).content.decode())


def pk(ref: str) -> int:
    return Action.objects.get(ref=ref).pk


def only(sent: dict[str, str], ref: str) -> dict[str, str]:
    """What the page's script sends of one touched action."""
    prefix = f"a-{pk(ref)}-"
    return {name: value for name, value in sent.items() if name.startswith(prefix) or name == "sending"} | {
        f"{prefix}was": ""
    }


def test_what_ngozi_types_is_kept_as_she_types_and_stands_there_when_she_comes_back(browser):
    sent = page(browser) | {
        of("C3", "what_changed"): "Eight councils\nnow <have> it.",
        of("C3", "percent"): "3x",
    }
    answer = browser.post(PAGE, only(sent, "C3") | AUTO).json()
    assert answer["kept"] == [pk("C3")]
    text = browser.get(PAGE).content.decode()
    assert "You typed this today at" in text
    again = filled_in(text)
    assert again[of("C3", "what_changed")] == "Eight councils\nnow <have> it."
    assert again[of("C3", "percent")] == "3x", "kept as typed, right or wrong"
    assert again[of("C3", "next_step")] == sent[of("C3", "next_step")]
    assert told() == 0


def test_save_for_later_works_without_scripts_and_says_that_nothing_was_sent(browser):
    sent = page(browser) | {of("C9", "no_change"): "on", of("F1", "risk"): "The van is not ours."}
    text = browser.post(PAGE, sent | SAVE, follow=True).content.decode()
    assert "Saved for later, not sent yet" in text
    assert UpdateDraft.objects.count() == 2, "only what was touched"
    again = filled_in(text)
    assert again[of("C9", "no_change")] == "on"
    assert again[of("F1", "risk")] == "The van is not ours."


def test_an_untouched_page_keeps_nothing_and_takes_nothing_away(browser):
    stale = page(browser)
    browser.post(PAGE, page(browser) | {of("C9", "no_change"): "on"} | SAVE)
    text = browser.post(PAGE, stale | SAVE, follow=True).content.decode()
    assert UpdateDraft.objects.count() == 1, "a window opened earlier overrules nothing"
    assert "Saved for later" in text


def test_taking_back_what_was_typed_forgets_it(browser):
    browser.post(PAGE, page(browser) | {of("C9", "no_change"): "on"} | SAVE)
    again = page(browser)
    del again[of("C9", "no_change")]
    browser.post(PAGE, again | SAVE)
    assert not UpdateDraft.objects.exists()


def test_throwing_away_is_for_one_action_and_keeps_what_else_was_typed(browser):
    browser.post(PAGE, page(browser) | {of("C9", "no_change"): "on"} | SAVE)
    again = page(browser) | {of("C3", "what_changed"): "Eight councils now."}
    answer = browser.post(PAGE, again | {"button": f"away-{pk('C9')}"})
    assert answer["Location"] == f"{PAGE}#action-{pk('C9')}"
    assert [draft.action.ref for draft in UpdateDraft.objects.all()] == ["C3"]


def test_sending_what_came_back_records_it_and_forgets_the_drafts(browser):
    browser.post(PAGE, page(browser) | {of("C3", "what_changed"): "Eight councils now."} | SAVE)
    browser.post(PAGE, page(browser) | {of("C9", "no_change"): "on"} | SAVE)
    text = browser.post(PAGE, page(browser) | SEND, follow=True).content.decode()
    assert "Recorded: 2 updates" in text
    assert not UpdateDraft.objects.exists()
    assert Action.objects.get(ref="C3").updates.first().what_changed == "Eight councils now."


def test_a_saving_that_comes_after_its_sending_brings_nothing_back(browser):
    sent = page(browser) | {of("C3", "what_changed"): "Eight councils now."}
    browser.post(PAGE, sent | SEND)
    browser.post(PAGE, only(sent, "C3") | AUTO)
    assert not UpdateDraft.objects.exists()
    assert told() == 1


def test_what_is_wrong_is_not_sent_and_kept(browser):
    sent = page(browser) | {of("C3", "percent"): "140", of("C9", "no_change"): "on"}
    assert "There is a problem" in browser.post(PAGE, sent | SEND).content.decode()
    again = page(browser)
    assert (again[of("C3", "percent")], again[of("C9", "no_change")]) == ("140", "on")
    assert told() == 0


def test_a_draft_is_its_writers_alone_and_colleagues_are_told_that_there_is_one(browser):
    browser.post(PAGE, page(browser) | {of("C3", "what_changed"): "Only I know this."} | SAVE)
    leif = client_for(member("Leif Aston", organisation("charnwood-bc"), "officer", now=timezone.now()))
    text = leif.get(PAGE).content.decode()
    assert "Only I know this." not in text
    assert "Ngozi Bell has begun to write about this too" in text
    leif.post(PAGE, filled_in(text) | {of("C3", "what_changed"): "Mine."} | SAVE)
    assert UpdateDraft.objects.count() == 2
    blaby = client_for(member("Orla Fenn", organisation("blaby-dc"), "officer", now=timezone.now()))
    assert "Ngozi Bell has begun" not in blaby.get(PAGE).content.decode()


def test_nothing_typed_is_lost_when_the_sign_in_has_lapsed(browser):
    sent = page(browser) | {of("C3", "what_changed"): "Typed before lunch."}
    session = browser.session
    session["seen"] = int((timezone.now() - timedelta(minutes=20)).timestamp())
    session.save()
    away = browser.post(PAGE, only(sent, "C3") | AUTO, follow=True)
    assert away.redirect_chain[-1][0].startswith("/accounts/login/?next="), "what the script leads to"
    back = client_for(User.objects.get(name="Ngozi Bell"))
    onwards = away.wsgi_request.GET["next"]
    assert filled_in(back.get(onwards).content.decode())[of("C3", "what_changed")] == "Typed before lunch."


def test_twenty_five_stand_on_a_page_and_going_on_saves_first(browser):
    first = Action.objects.get(ref="C3")
    measure = first.measure
    for number in range(40):
        first.pk, first.ref, first._state.adding = None, f"X{number}", True
        first.save()
        measure.pk, measure.action = None, first
        measure.save()
    text = browser.get(PAGE).content.decode()
    assert text.count('class="update"') == 25
    assert "Save and go to page 2" in text
    sent = filled_in(text) | {of("C3", "no_change"): "on"}
    answer = browser.post(PAGE, sent | {"button": "page-2"})
    assert answer["Location"] == f"{PAGE}?page=2&saved=1"
    text = browser.get(answer["Location"]).content.decode()
    assert "You typed about 1 more action on another page" in text
    assert UpdateDraft.objects.get().action.ref == "C3"


def test_saving_costs_the_same_for_one_action_and_for_many(browser, django_assert_max_num_queries):
    sent = page(browser)
    many = sent | {name: "on" for name in sent if name.endswith("-was")}
    with django_assert_max_num_queries(25):
        browser.post(PAGE, many | {of("C3", "no_change"): "on", of("C4", "no_change"): "on"} | AUTO)


def test_rubbish_in_the_button_sends_nothing_it_should_not(browser):
    sent = page(browser) | {of("C9", "no_change"): "on"}
    assert browser.post(PAGE, sent | {"button": "page-x"}).status_code == 302
    assert browser.post(PAGE, sent | {"button": "away-99999"}).status_code == 302
    assert ProgressUpdate.objects.filter(by__isnull=False).count() == 1, "an unknown button is Send"
