"""The pages on which centres are seen and looked after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centres import champions, fitness, visits
from centres.checklist import checklist
from centres.models import Champion, ChampionTraining, FitnessReview, MysteryVisit, Outcome
from centres.visit_script import visit_script
from partners.models import CentreStanding, ReportingCentre, SharingAgreement
from reporting.strands import Channel
from tests.centres.looked_after import bevan, orla, points, sunniva
from tests.insight.reports import received
from tests.people import centre, client_for, gwen, organisation

pytestmark = pytest.mark.django_db

HOME = "/staff/centres/"
ROOMS = f"{HOME}quillfeather/"
ITEMS = [item.code for item in visit_script().items]


def rooms() -> ReportingCentre:
    """The Quillfeather Rooms, checked today."""
    return centre(now=timezone.now())


def orlas() -> Client:
    return client_for(orla())


def text(browser: Client, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def said(browser: Client, path: str, data: dict[str, object]) -> str:
    """What the page says after the form was sent."""
    response = browser.post(path, data, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def typed(name: str, days_ago: int = 0) -> dict[str, str]:
    """A day in three boxes."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def ticked(number: int) -> dict[str, list[str]]:
    """So many points of the checklist, in their groups."""
    met = set(points(number))
    return {
        f"met_{group.code}": [point.code for point in group.points if point.code in met]
        for group in checklist().groups
    }


# The list -----------------------------------------------------------------------------------------------------


def test_gwen_sees_the_list_and_no_acts() -> None:
    rooms()
    page = text(client_for(gwen()), HOME)
    assert "Quillfeather Rooms" in page
    assert "Propose a centre" not in page
    assert "Record a course" not in page


def test_an_empty_list_says_what_would_be_here() -> None:
    page = text(orlas(), HOME)
    assert "There is no reporting centre yet" in page
    assert "No centre fits these filters" in text(orlas(), f"{HOME}?standing=suspended")


@pytest.mark.parametrize(
    ("filters", "is_there"),
    [
        ("", True),
        ("?area=leicester", True),
        ("?area=blaby", False),
        ("?standing=listed", True),
        ("?standing=closed", False),
        ("?to_do=agreement", True),
        ("?to_do=champions", True),
        ("?to_do=check", False),
        ("?to_do=improve", False),
        ("?to_do=overdue", False),
        ("?by=lcc", False),
        ("?area=atlantis&to_do=nonsense", True),
    ],
)
def test_filters_stand_in_the_address(filters: str, is_there: bool) -> None:
    rooms()
    assert ("Quillfeather Rooms" in text(orlas(), HOME + filters)) == is_there


def test_a_centre_that_nobody_checked_is_marked_and_found() -> None:
    centre(now=timezone.now() - timedelta(days=91))
    page = text(orlas(), f"{HOME}?to_do=check")
    assert "Quillfeather Rooms" in page
    assert "Hidden: to check" in page


def test_a_closed_centre_is_found_only_when_asked_for() -> None:
    shut = rooms()
    shut.standing, shut.closed_on = CentreStanding.CLOSED, timezone.localdate()
    shut.save()
    assert "Quillfeather" not in text(orlas(), HOME)
    assert "Quillfeather" in text(orlas(), f"{HOME}?standing=closed")


# One centre ---------------------------------------------------------------------------------------------------


def test_gwen_reads_how_a_centre_stands_and_cannot_act() -> None:
    fitness.review(rooms(), met=points(19), on=timezone.localdate(), by=orla(), now=timezone.now())
    page = text(client_for(gwen()), ROOMS)
    assert "The public is shown it, until" in page
    assert "19 of 20 points" in page
    assert "It put right what it was told last time" in page
    assert "Go through the checklist" not in page
    assert "Suspend this centre" not in page
    assert client_for(gwen()).get(f"{ROOMS}fitness/").status_code == 404


def test_the_page_of_a_centre_tells_its_history_in_plain_words() -> None:
    now, today = timezone.now(), timezone.localdate()
    champion = champions.name_champion(rooms(), bevan(), by=orla(), now=now)
    champions.record_training([champion], course="Hate awareness", on=today, by=orla(), now=now)
    visits.record_visit(rooms(), kind="call", noticed=ITEMS[:7], on=today, by=orla(), now=now)
    page = text(client_for(gwen()), ROOMS)
    assert "Bevan Achebe became a champion" in page
    assert "Champions took a course" in page
    assert "1 champion, on" in page
    assert "by telephone: 70% of what the visitor looked for" in page
    assert "The centre has not been told." in page


def test_its_reports_are_counts_alone() -> None:
    received(timezone.now(), channel=Channel.CENTRE, centre=rooms().organisation)
    page = text(client_for(gwen()), ROOMS)
    assert "LLR-" not in page
    assert '<span class="plan-table__label">Reports</span> 1</td>' in page


def test_a_centre_that_is_not_there_is_missing() -> None:
    assert orlas().get(f"{HOME}nowhere/").status_code == 404


# The checklist ------------------------------------------------------------------------------------------------


def test_orla_records_a_checklist() -> None:
    rooms()
    page = said(orlas(), f"{ROOMS}fitness/", {**typed("on"), **ticked(13), "note": "Two posters to come."})
    assert "meets 13 of 20 points. It has 90 days to put right what is missing." in page
    assert FitnessReview.objects.get().note == "Two posters to come."


def test_too_few_points_ask_what_happens_and_keep_nothing_until_somebody_says() -> None:
    rooms()
    page = said(orlas(), f"{ROOMS}fitness/", {**typed("on"), **ticked(9)})
    assert "It comes to 9 of 20 points: the checklist asks to suspend it" in page
    assert not FitnessReview.objects.exists()
    assert rooms().standing == CentreStanding.LISTED


def test_orla_suspends_the_centre_on_the_same_page() -> None:
    rooms()
    said(orlas(), f"{ROOMS}fitness/", {**typed("on"), **ticked(9), "what_then": "suspend"})
    assert rooms().standing == CentreStanding.SUSPENDED
    assert "because it is suspended: it does not meet the checklist" in text(client_for(gwen()), ROOMS)


def test_a_centre_stays_listed_with_few_points_only_with_a_reason() -> None:
    rooms()
    answers = {**typed("on"), **ticked(9), "what_then": "keep"}
    assert "Say why it stays listed with so few points" in said(orlas(), f"{ROOMS}fitness/", answers)
    said(orlas(), f"{ROOMS}fitness/", {**answers, "note": "It moves house this week."})
    assert rooms().standing == CentreStanding.LISTED
    assert FitnessReview.objects.get().outcome == Outcome.SUSPEND


def test_a_suspended_centre_is_not_asked_about_again() -> None:
    stands = rooms()
    stands.standing = CentreStanding.SUSPENDED
    stands.save()
    page = said(orlas(), f"{ROOMS}fitness/", {**typed("on"), **ticked(9)})
    assert "meets 9 of 20 points. That is too few" in page


def test_what_the_portal_knows_stands_under_the_points() -> None:
    rooms()
    page = text(orlas(), f"{ROOMS}fitness/")
    assert "Its listing says yes." in page
    assert "The portal knows of 0 trained in the last 12 months." in page
    assert "The portal knows of no agreement." in page


# Agreement, champions, visits ---------------------------------------------------------------------------------


def test_orla_records_an_agreement_for_a_year() -> None:
    rooms()
    page = said(orlas(), f"{ROOMS}agreement/", {"partner": "lcc", **typed("signed_on", 10)})
    assert "is recorded" in page
    kept = SharingAgreement.objects.get()
    assert (kept.review_on - kept.signed_on).days in (365, 366)


def test_a_review_before_the_signing_is_refused_in_words() -> None:
    rooms()
    answers = {"partner": "lcc", **typed("signed_on", 10), **typed("review_on", 20)}
    page = said(orlas(), f"{ROOMS}agreement/", answers)
    assert "The review must be after the day it was signed" in page
    assert not SharingAgreement.objects.exists()


def test_orla_names_a_champion_and_records_a_course_and_the_champion_stands_down() -> None:
    rooms()
    browser, person = orlas(), bevan()
    said(browser, f"{ROOMS}champions/", {"person": str(person.pk)})
    champion = Champion.objects.get()
    course = {"course": "Hate awareness", **typed("on"), "champions": [str(champion.pk)]}
    page = said(browser, f"{ROOMS}champions/training/", course)
    assert "The course is recorded for 1 champion." in page
    page = said(browser, f"{ROOMS}champions/{champion.pk}/stand-down/", {})
    assert "Bevan Achebe is no champion of Quillfeather Rooms any more." in page


def test_somebody_of_another_centre_is_not_offered() -> None:
    rooms()
    stranger = bevan(centre("harvest", area="blaby"))
    page = said(orlas(), f"{ROOMS}champions/", {"person": str(stranger.pk)})
    assert not Champion.objects.exists()
    assert "Choose one of the answers on this page" in page


def test_a_champion_of_another_centre_does_not_stand_down_here() -> None:
    rooms()
    harvest = centre("harvest", area="blaby")
    other = champions.name_champion(harvest, bevan(harvest), by=orla(), now=timezone.now())
    assert orlas().post(f"{ROOMS}champions/{other.pk}/stand-down/").status_code == 404


def test_one_course_for_champions_of_two_centres() -> None:
    harvest = centre("harvest", area="blaby")
    both = [
        champions.name_champion(at, person, by=orla(), now=timezone.now())
        for at, person in ((rooms(), sunniva()), (harvest, bevan(harvest)))
    ]
    course = {"course": "Hate awareness", **typed("on"), "champions": [str(each.pk) for each in both]}
    said(orlas(), f"{HOME}training/", course)
    assert ChampionTraining.objects.count() == 2


def test_without_a_champion_there_is_no_course_to_record() -> None:
    rooms()
    assert "There is no champion yet" in text(orlas(), f"{HOME}training/")


def test_orla_records_a_visit_and_tells_the_centre() -> None:
    rooms()
    browser = orlas()
    page = text(browser, f"{ROOMS}visits/")
    assert "Never make up an incident" in page
    said(browser, f"{ROOMS}visits/", {"kind": "visit", **typed("on"), "noticed": ITEMS[:6]})
    visit = MysteryVisit.objects.get()
    assert (visit.score, visit.told_at) == (60, None)
    here = f"{ROOMS}visits/{visit.pk}/"
    assert "first what went well" in said(browser, here, {"said": ""})
    page = said(browser, here, {"said": "They were kind."})
    assert "What the centre was told" in page
    visit.refresh_from_db()
    assert visit.told_by == orla()


def test_nothing_is_done_about_a_centre_that_has_closed() -> None:
    shut = rooms()
    shut.standing, shut.closed_on = CentreStanding.CLOSED, timezone.localdate()
    shut.save()
    page = said(orlas(), f"{ROOMS}fitness/", {**typed("on"), **ticked(20)})
    assert "This centre is closed: nothing more is recorded about it." in page
    assert "Record a mystery visit" not in page


# Reach --------------------------------------------------------------------------------------------------------


def test_reach_names_the_districts_without_a_centre() -> None:
    rooms()
    page = text(client_for(gwen()), f"{HOME}reach/")
    assert "and Rutland have no centre that the public is shown." in page
    assert "1 of 1" in page
    assert organisation("lcc").name not in page
