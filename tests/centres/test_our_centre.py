"""A centre's own page: what to do next, and nothing of any other centre."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from centres.agreements import sign
from centres.champions import name_champion, record_training
from centres.checklist import checklist
from centres.fitness import review
from centres.own_page import champions_of, listing_of, own_centre, to_do
from centres.standing import suspend
from centres.visits import record_visit, tell_centre
from partners.models import ReportingCentre, User
from reporting.models import PracticeRun, Report, ReporterWord
from reporting.models.word import WordState
from reporting.receiving import receive
from reporting.safe_contact import Way
from scope.context import worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import ZAYNAB, anonymously
from tests.people import NOW, asha, centre, client_for, member, organisation

pytestmark = [pytest.mark.django_db]
TODAY = NOW.date()
PAGE = "/staff/our-centre/"


def ysella() -> User:
    """Ysella runs the Quillfeather Rooms."""
    return member("Ysella Cope", centre().organisation, "centre_manager")


def recorded_by(volunteer: User) -> Report:
    answers = {name: said for name, said in at_a_centre(ZAYNAB | anonymously()).items() if said is not None}
    receive(answers, key=(key := uuid4()), now=NOW, centre=volunteer.organisation, recorded_by=volunteer)
    with worker_scope():
        return Report.objects.get(idempotency_key=key)


def word_for(report: Report) -> None:
    with worker_scope():
        ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.WAITS, now=NOW)


def page(of: User) -> str:
    return client_for(of).get(PAGE).content.decode()


def what_to_do(of: ReportingCentre, *, is_manager: bool = True, waiting: int = 0, day=TODAY) -> list[str]:
    own = own_centre(of, today=day)
    return [each.words for each in to_do(own, is_manager=is_manager, waiting_to_be_told=waiting, today=day)]


def test_a_volunteer_sees_what_waits_first_and_the_newest_reports() -> None:
    report = recorded_by(asha())
    word_for(report)
    shown = page(asha())
    assert "1 person waits to hear that there is something new for them" in shown
    assert shown.index("What to do next") < shown.index("To pass on") < shown.index("Newest reports")
    assert shown.count(report.reference) > 2, "to pass on, and among the newest"
    assert "We have your report" in shown


def test_where_many_wait_the_page_names_ten_and_leads_to_all() -> None:
    for _ in range(12):
        word_for(recorded_by(asha()))
    shown = page(asha())
    assert "12 people wait to hear" in shown
    assert shown.count("They know now") == 10
    assert "2 more wait" in shown


def test_nothing_of_another_centre_is_on_it() -> None:
    elsewhere = centre("foxglove", area="charnwood")
    bram = member("Bram Oduya", elsewhere.organisation, "centre_volunteer")
    theirs = recorded_by(bram)
    word_for(theirs)
    name_champion(elsewhere, bram, by=None, now=NOW)
    visit = record_visit(elsewhere, kind="call", noticed=[], on=TODAY, by=None, now=NOW)
    tell_centre(visit, said="You were kind to me.", by=None, now=NOW)
    shown = page(asha())
    assert all(each not in shown for each in (theirs.reference, "Bram Oduya", "You were kind", "Foxglove"))
    assert theirs.reference in page(bram)


def test_a_new_centre_is_told_what_will_stand_there() -> None:
    shown = page(asha())
    for words in (
        "Nothing recorded here yet",
        "Nobody has gone through the checklist with you yet",
        "No champion yet",
        "None is signed yet",
        "Nobody has practised yet",
    ):
        assert words in shown


def test_only_who_runs_the_centre_confirms_and_names_champions() -> None:
    assert 'action="/staff/our-centre/confirm/"' in page(ysella())
    assert "/staff/our-centre/champions/" in page(ysella())
    of_a_volunteer = page(asha())
    assert "our-centre/confirm" not in of_a_volunteer
    assert "our-centre/champions" not in of_a_volunteer


def test_a_listing_says_until_when_it_is_shown() -> None:
    here = centre()
    listing = listing_of(here, today=TODAY)
    assert (listing.is_shown, listing.confirm_by) == (True, TODAY + timedelta(days=90))
    assert not listing_of(here, today=TODAY + timedelta(days=91)).is_shown


@pytest.mark.parametrize(
    ("days", "is_manager", "words"),
    [
        (60, True, "Confirm by 8 June that the listing is true"),
        (60, False, "Ask your manager to confirm by 8 June that the listing is true"),
        (91, True, "Confirm that the listing is true, so that people find you again"),
    ],
)
def test_who_is_to_confirm_the_listing_is_told_in_time(days: int, is_manager: bool, words: str) -> None:
    day = TODAY + timedelta(days=days)
    assert words in what_to_do(centre(), is_manager=is_manager, day=day)
    assert not any("listing" in each for each in what_to_do(centre(), day=TODAY + timedelta(days=59)))


def test_a_suspended_centre_is_told_why_and_whom_to_speak_to() -> None:
    here = centre()
    here.looked_after_by = organisation("leicester-city")
    here.save()
    suspend(here, reason="nobody_trained", by=None, now=NOW)
    shown = page(asha())
    assert "People are not sent here for the time being: Nobody there is trained at the moment." in shown
    assert f"Speak to {here.looked_after_by.name}" in shown
    assert ">\n  Record a report\n" not in shown


def test_a_champion_is_due_again_after_a_year_and_at_once_without_a_course() -> None:
    here, asha_ = centre(), asha()
    champion = name_champion(here, asha_, by=None, now=NOW)
    [untrained] = champions_of(here, today=TODAY)
    assert untrained.is_due
    assert "Training is due for Asha Demir" in what_to_do(here)
    record_training([champion], course="First steps", on=TODAY, by=None, now=NOW)
    [trained] = champions_of(here, today=TODAY)
    assert (trained.course, trained.due_on, trained.is_due) == (
        "First steps",
        TODAY.replace(year=2027),
        False,
    )
    [again] = champions_of(here, today=TODAY.replace(year=2027) + timedelta(days=1))
    assert again.is_due


def test_missing_points_are_a_list_to_do_with_their_day() -> None:
    here, points = centre(), checklist().points
    made = review(here, met=[each.code for each in points[3:]], on=TODAY, by=None, now=NOW)
    if made.improve_by is None:
        made = review(here, met=[each.code for each in points[6:]], on=TODAY, by=None, now=NOW)
    shown = page(asha())
    assert points[0].words in shown
    missing = len(points) - len(made.met)
    assert f"Put right {missing} points of the checklist by {made.improve_by:%-d %B %Y}" in what_to_do(here)
    assert points[-1].words not in shown


def test_a_visit_stands_there_only_once_it_was_told() -> None:
    visit = record_visit(
        centre(), kind="visit", noticed=[], on=TODAY, said="A warm welcome.", by=None, now=NOW
    )
    assert "A warm welcome." not in page(asha())
    tell_centre(visit, by=None, now=NOW)
    assert "A warm welcome." in page(asha())


def test_an_agreement_says_until_when_it_is_current() -> None:
    here, partner = centre(), organisation("leicester-city")
    sign(here, partner, signed_on=TODAY, by=ysella(), now=NOW)
    assert not any("agreement" in each for each in what_to_do(here))
    late = what_to_do(here, day=TODAY + timedelta(days=400))
    assert "The sharing agreement was to be looked at again by 10 March 2027" in late


def test_practice_is_told_and_counts_as_no_report() -> None:
    PracticeRun.note(uuid4(), "bus_home", volunteer=asha(), found=["Q08:race"], missed=[], beyond=[], now=NOW)
    shown = page(asha())
    assert "1 invented story practised here" in shown
    assert "Nothing recorded here yet" in shown


def test_a_manager_names_a_champion_and_lets_them_go() -> None:
    browser, person = client_for(ysella()), asha()
    at = "/staff/our-centre/champions/"
    assert "Choose who is a champion" in browser.post(at, {"person": ""}).content.decode()
    stranger_at = centre("foxglove", area="charnwood")
    stranger = member("Bram Oduya", stranger_at.organisation, "centre_volunteer")
    assert "Choose somebody who works here" in browser.post(at, {"person": stranger.pk}).content.decode()
    assert "is a champion now" in browser.post(at, {"person": person.pk}, follow=True).content.decode()
    [champion] = champions_of(centre(), today=TODAY)
    gone = browser.post(f"{at}{champion.id}/stand-down/", follow=True).content.decode()
    assert "Asha Demir is no champion any more" in gone
    assert champions_of(centre(), today=TODAY) == []
    theirs = name_champion(stranger_at, stranger, by=None, now=NOW)
    assert browser.post(f"{at}{theirs.pk}/stand-down/").status_code == 404


def test_who_has_left_the_centre_sees_nothing() -> None:
    person = asha()
    browser: Client = client_for(person)
    assert browser.get(PAGE).status_code == 200
    person.membership.end(by=ysella(), now=NOW)
    assert browser.get(PAGE).status_code == 404
