"""Sessions are recorded in a minute, found again by filters, and taken back with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actionplans.models import Action, Measure, TrainingSession
from actionplans.recording_sessions import AlreadyTakenBack, record_session, take_back
from audit.models import AuditEvent
from tests.actionplans.world import plans_as_of_today, tight
from tests.people import NOW, client_for, district, farah, member, ngozi, organisation, sog_member

pytestmark = pytest.mark.django_db
LIST = "/staff/plans/sessions/"
RECORD = LIST + "record/"


@pytest.fixture(autouse=True)
def plans() -> None:
    plans_as_of_today()


@pytest.fixture
def browser() -> Client:
    return client_for(ngozi())


def answers(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "kind": "workshop",
        "title": "Different together",
        "held_on-day": today.day,
        "held_on-month": today.month,
        "held_on-year": today.year,
        "people_reached": "28",
        "delivered_by": "charnwood-bc",
        "organisation": "",
        "district": "charnwood",
        "venue": "Brook Lane Primary",
        "action": "",
        "answers": "",
        "answers_better": "",
        "what_people_said": "",
        **changes,
    }


def sent(browser: Client, **changes: Any) -> str:
    return browser.post(RECORD, answers(**changes), follow=True).content.decode()


def test_ngozi_records_a_workshop_and_the_measure_counts_it(browser: Client) -> None:
    pack = Action.objects.get(ref="C2")
    Measure.objects.filter(action=pack).update(indicator="schools_reached", indicator_facts={"own": True})
    page = sent(browser, action=str(pack.pk))
    assert "“Different together” is recorded. It counts for C2" in page
    session = TrainingSession.objects.get()
    assert (session.venue, session.people_reached, session.recorded_by) == ("Brook Lane Primary", 28, ngozi())
    assert Measure.objects.get(action=pack).value_now == 1
    assert AuditEvent.objects.get(act="session.recorded").facts == {"kind": "workshop", "people": 28}


def test_her_own_organisation_and_today_stand_there_already(browser: Client) -> None:
    page = tight(browser.get(RECORD).content.decode())
    assert '<option value="charnwood-bc" selected>' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Choose what kind of session it was"),
        ({"title": ""}, "Enter what the session was called"),
        ({"people_reached": ""}, "Enter how many people took part"),
        ({"people_reached": "lots"}, "Enter a whole number, such as 24"),
        ({"venue": " "}, "Enter the name of the school"),
        ({"answers": "40"}, "This is more than the people who took part"),
        ({"answers": "3", "answers_better": "4"}, "This is more than the people who answered"),
        ({"held_on-year": "2999"}, "The date must be today or in the past"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    browser: Client, changes: dict[str, str], words: str
) -> None:
    page = sent(browser, **changes)
    assert words in page
    assert not TrainingSession.objects.exists()


def test_a_briefing_needs_no_venue(browser: Client) -> None:
    sent(browser, kind="briefing", venue="")
    assert TrainingSession.objects.get().venue == ""


def a_session(**said: Any) -> TrainingSession:
    usual = {
        "kind": "briefing",
        "title": "First look",
        "held_on": timezone.localdate(),
        "delivered_by": organisation("police"),
        "people_reached": 10,
    }
    return record_session(by=farah(), now=timezone.now(), **{**usual, **said})


def test_filters_narrow_the_list_and_its_totals(browser: Client) -> None:
    a_session(district=district("melton"), people_reached=7)
    a_session(kind="theatre", title="The play", venue="Bellwether Academy", people_reached=200)
    page = tight(browser.get(LIST + "?kind=theatre").content.decode())
    assert "The play" in page
    assert "First look" not in page
    assert "<strong>1</strong>session and<strong>200</strong>people" in page
    assert "No session fits these filters" in browser.get(LIST + "?district=rutland").content.decode()
    long_ago = browser.get(LIST + "?year=1999&kind=nonsense").content.decode()
    assert "First look" in long_ago, "what is no choice narrows nothing"


def test_a_filter_by_organisation_finds_who_delivered_and_whose_people_they_were(browser: Client) -> None:
    a_session(title="By police for Melton", organisation=organisation("melton-bc"))
    for code in ("police", "melton-bc"):
        assert "By police for Melton" in browser.get(f"{LIST}?partner={code}").content.decode()
    assert "By police for Melton" not in browser.get(f"{LIST}?partner=lcc").content.decode()


def test_what_was_taken_back_stays_in_the_list_and_counts_in_no_total(browser: Client) -> None:
    kept, wrong = a_session(people_reached=11), a_session(title="Twice", people_reached=500)
    take_back(wrong, why="Entered twice", by=farah(), now=NOW)
    page = tight(browser.get(LIST).content.decode())
    assert "Taken back" in page
    assert "<strong>1</strong>session and<strong>11</strong>people" in page
    assert "Entered twice" in browser.get(f"{LIST}{wrong.pk}/").content.decode()
    assert TrainingSession.objects.filter(pk=kept.pk).that_count().exists()


def test_taking_back_needs_a_reason_and_happens_once(browser: Client) -> None:
    session = a_session(delivered_by=organisation("charnwood-bc"))
    page = browser.post(f"{LIST}{session.pk}/take-back/", {"why": ""}).content.decode()
    assert "Say why, such as: entered twice" in page
    browser.post(f"{LIST}{session.pk}/take-back/", {"why": "It was cancelled"})
    session.refresh_from_db()
    assert (session.taken_back_by, session.taken_back_why) == (ngozi(), "It was cancelled")
    assert browser.get(f"{LIST}{session.pk}/take-back/").status_code == 404
    with pytest.raises(AlreadyTakenBack):
        take_back(session, why="Again", by=ngozi(), now=NOW)


def test_nobody_takes_back_what_others_delivered(browser: Client) -> None:
    session = a_session()
    assert browser.get(f"{LIST}{session.pk}/").status_code == 200
    assert browser.post(f"{LIST}{session.pk}/take-back/", {"why": "Because"}).status_code == 404
    owner = client_for(member("Ruta Lind", organisation("lcc"), "plan_owner"))
    assert owner.get(f"{LIST}{session.pk}/take-back/").status_code == 200


def test_who_only_sees_plans_is_offered_no_act() -> None:
    browser = client_for(sog_member())
    assert "Record a session" not in browser.get(LIST).content.decode()
    assert browser.get(RECORD).status_code == 404


def test_a_month_of_e_learning_is_told_as_a_month(browser: Client) -> None:
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    a_session(kind="e-learning", title="Course", held_on=last, people_reached=52)
    assert f"{last:%B %Y}" in browser.get(LIST).content.decode()
    assert "Month up to" in browser.get(f"{LIST}{TrainingSession.objects.get().pk}/").content.decode()
