"""Orla looks after the Quillfeather Rooms: checklist, champions, agreement, visits."""

from datetime import date, datetime, timedelta

import pytest

from centres import agreements, champions, fitness, visits
from centres.checklist import UnknownPoint
from centres.looking_after import NotYet
from centres.models import Champion, ChampionTraining, FitnessReview, MysteryVisit, Outcome
from centres.standing import NotInThisStanding
from centres.visit_script import visit_script
from partners.models import (
    CentreStanding,
    ReferenceKind,
    ReferenceVersion,
    ReportingCentre,
    SharingAgreement,
)
from tests.centres.looked_after import TODAY, bevan, orla, points, signed, sunniva, trained_champion
from tests.people import NOW, administrator, centre, gwen, organisation

pytestmark = pytest.mark.django_db


def events_of(rooms: ReportingCentre) -> list[str]:
    """What happened, the newest first."""
    return [event.act for event in rooms.events.all()]


def closed() -> ReportingCentre:
    rooms = centre("shut", area="blaby")
    rooms.standing, rooms.closed_on = CentreStanding.CLOSED, TODAY
    rooms.save()
    return rooms


def suspended(rooms: ReportingCentre) -> ReportingCentre:
    rooms.standing = CentreStanding.SUSPENDED
    rooms.save()
    return rooms


# The checklist ------------------------------------------------------------------------------------------------


def test_orla_goes_through_the_checklist_and_the_centre_has_ninety_days_to_improve() -> None:
    made = fitness.review(centre(), met=points(15), on=TODAY, note="Poster missing.", by=orla(), now=NOW)
    assert (made.score, made.outcome, made.improve_by) == (15, Outcome.IMPROVE, TODAY + timedelta(days=90))
    (event,) = centre().events.all()
    assert (event.act, event.by, event.at) == ("fitness_reviewed", orla(), NOW)
    assert event.facts == {"on": TODAY.isoformat(), "score": 15, "outcome": "improve"}


def test_what_was_met_is_kept_in_the_order_of_the_list() -> None:
    made = fitness.review(centre(), met=reversed(points(3)), on=TODAY, by=orla(), now=NOW)
    assert made.met == points(3)


def test_a_low_score_suspends_nobody_by_itself() -> None:
    made = fitness.review(centre(), met=points(11), on=TODAY, by=orla(), now=NOW)
    assert made.outcome == Outcome.SUSPEND
    assert centre().standing == CentreStanding.LISTED


def test_orla_suspends_the_centre_with_the_review() -> None:
    fitness.review(centre(), met=points(11), on=TODAY, suspend_it=True, by=orla(), now=NOW)
    rooms = centre()
    assert rooms.standing == CentreStanding.SUSPENDED
    assert events_of(rooms) == ["suspended", "fitness_reviewed"]


def test_a_score_that_is_no_reason_to_suspend_keeps_nothing() -> None:
    with pytest.raises(fitness.NotSoBad):
        fitness.review(centre(), met=points(12), on=TODAY, suspend_it=True, by=orla(), now=NOW)
    assert not FitnessReview.objects.exists()


def test_a_centre_that_is_suspended_already_is_not_suspended_again() -> None:
    rooms = suspended(centre())
    with pytest.raises(NotInThisStanding):
        fitness.review(rooms, met=points(3), on=TODAY, suspend_it=True, by=orla(), now=NOW)
    assert not FitnessReview.objects.exists()


def test_a_review_of_tomorrow_and_of_unknown_points_is_refused() -> None:
    with pytest.raises(NotYet):
        fitness.review(centre(), met=(), on=TODAY + timedelta(days=1), by=orla(), now=NOW)
    with pytest.raises(UnknownPoint):
        fitness.review(centre(), met=["free_tea"], on=TODAY, by=orla(), now=NOW)
    assert events_of(centre()) == []


def test_nothing_more_is_recorded_about_a_centre_that_has_closed() -> None:
    shut, at_the_rooms = closed(), {"by": orla(), "now": NOW}
    with pytest.raises(NotInThisStanding, match="closed"):
        fitness.review(shut, met=(), on=TODAY, **at_the_rooms)
    with pytest.raises(NotInThisStanding):
        champions.name_champion(shut, bevan(shut), **at_the_rooms)
    with pytest.raises(NotInThisStanding):
        agreements.sign(shut, organisation("lcc"), signed_on=TODAY, **at_the_rooms)
    with pytest.raises(NotInThisStanding):
        visits.record_visit(shut, kind="call", noticed=(), on=TODAY, **at_the_rooms)
    assert events_of(shut) == []


# Champions ----------------------------------------------------------------------------------------------------


def test_bevan_becomes_a_champion_of_his_centre() -> None:
    made = champions.name_champion(centre(), bevan(), by=sunniva(), now=NOW)
    assert (made.since, made.until) == (TODAY, None)
    assert list(Champion.objects.at_work()) == [made]
    assert events_of(centre()) == ["champion_named"]


def test_only_people_of_the_centre_become_its_champions() -> None:
    with pytest.raises(champions.NotAtThisCentre, match="Gwen Morrow does not work at"):
        champions.name_champion(centre(), gwen(), by=orla(), now=NOW)


def test_somebody_who_was_suspended_does_not_become_a_champion() -> None:
    bevan().suspend(by=administrator(), now=NOW)
    with pytest.raises(champions.NotAtThisCentre):
        champions.name_champion(centre(), bevan(), by=orla(), now=NOW)


def test_nobody_is_a_champion_twice_at_a_time() -> None:
    first = champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    with pytest.raises(champions.AlreadyChampion):
        champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    champions.stand_down(first, by=orla(), now=NOW)
    champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    assert Champion.objects.at_work().count() == 1


def test_who_stands_down_is_no_champion_any_more_and_once_is_enough() -> None:
    champion = champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    for _ in range(2):
        champions.stand_down(champion, by=orla(), now=NOW)
    assert not Champion.objects.at_work().exists()
    assert events_of(centre()) == ["champion_stood_down", "champion_named"]


def test_who_left_the_centre_is_no_champion_any_more() -> None:
    champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    bevan().membership.end(by=administrator(), now=NOW)
    assert not Champion.objects.at_work().exists()


def test_who_moved_to_another_centre_is_not_its_champion() -> None:
    champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    bevan().membership.end(by=administrator(), now=NOW)
    bevan().memberships.create(
        organisation=centre("harvest", area="blaby").organisation,
        role_codes=["centre_volunteer"],
        joined_at=NOW + timedelta(days=1),
    )
    assert not Champion.objects.at_work().exists()


def test_one_course_is_recorded_for_champions_of_two_centres_at_once() -> None:
    rooms, harvest = centre(), centre("harvest", area="blaby")
    three = [
        champions.name_champion(at, person, by=orla(), now=NOW)
        for at, person in ((rooms, bevan()), (rooms, sunniva()), (harvest, bevan(harvest)))
    ]
    made = champions.record_training(three, course="Hate awareness", on=TODAY, by=orla(), now=NOW)
    assert len(made) == 3
    assert rooms.events.first().facts == {"on": TODAY.isoformat(), "people": 2}
    assert harvest.events.first().facts == {"on": TODAY.isoformat(), "people": 1}


def test_a_course_that_was_recorded_before_counts_once() -> None:
    champion = trained_champion(bevan(), centre(), on=TODAY)
    again = champions.record_training([champion], course="Hate awareness", on=TODAY, by=orla(), now=NOW)
    assert again == []
    assert ChampionTraining.objects.count() == 1
    assert events_of(centre()) == ["champions_trained", "champion_named"]


def test_a_course_needs_somebody_who_took_it_and_a_day_that_was() -> None:
    with pytest.raises(champions.NobodyChosen):
        champions.record_training([], course="Hate awareness", on=TODAY, by=orla(), now=NOW)
    champion = champions.name_champion(centre(), bevan(), by=orla(), now=NOW)
    with pytest.raises(NotYet):
        champions.record_training(
            [champion], course="Hate awareness", on=TODAY + timedelta(days=1), by=orla(), now=NOW
        )


# Agreements ---------------------------------------------------------------------------------------------------


def test_the_centre_signs_with_the_county_council_for_a_year() -> None:
    made = agreements.sign(centre(), organisation("lcc"), signed_on=TODAY, by=orla(), now=NOW)
    assert made.title == "Information sharing with Quillfeather Rooms"
    assert made.review_on == date(TODAY.year + 1, TODAY.month, TODAY.day)
    assert set(made.organisations.all()) == {centre().organisation, organisation("lcc")}
    assert events_of(centre()) == ["agreement_signed"]


def test_renewed_it_is_the_same_agreement_and_its_first_days_stay_in_the_history() -> None:
    signed(centre(), on=TODAY - timedelta(days=400))
    signed(centre(), on=TODAY)
    (kept,) = SharingAgreement.objects.all()
    assert kept.signed_on == TODAY
    versions = ReferenceVersion.objects.of(ReferenceKind.AGREEMENT, str(kept.pk))
    assert [version.data["signed_on"] for version in versions] == [
        TODAY.isoformat(),
        (TODAY - timedelta(days=400)).isoformat(),
    ]


def test_an_agreement_that_others_signed_too_is_left_as_it_is() -> None:
    for_all = SharingAgreement.objects.create(title="All", signed_on=TODAY, review_on=TODAY)
    three = (centre().organisation, organisation("lcc"), organisation("blaby-dc"))
    for_all.organisations.set(three)
    signed(centre())
    for_all.refresh_from_db()
    assert for_all.review_on == TODAY
    assert SharingAgreement.objects.count() == 2


@pytest.mark.parametrize("review_on", [TODAY, TODAY + timedelta(days=3 * 366 + 1)])
def test_a_review_too_near_or_too_far_is_refused(review_on: date) -> None:
    with pytest.raises(agreements.ReviewTooFar):
        signed(centre(), on=TODAY, review_on=review_on)
    assert not SharingAgreement.objects.exists()


def test_a_centre_does_not_sign_with_another_centre() -> None:
    other = centre("harvest", area="blaby").organisation
    with pytest.raises(agreements.NotAPartner):
        agreements.sign(centre(), other, signed_on=TODAY, by=orla(), now=NOW)


# Mystery visits -----------------------------------------------------------------------------------------------


def visited(noticed: int, *, said: str = "", at: datetime = NOW) -> MysteryVisit:
    codes = [item.code for item in visit_script().items][:noticed]
    return visits.record_visit(centre(), kind="call", noticed=codes, on=TODAY, said=said, by=orla(), now=at)


def test_a_visit_is_kept_with_its_score_and_the_centre_is_not_told_yet() -> None:
    made = visited(7)
    assert (made.score, made.told_at) == (70, None)
    assert events_of(centre()) == ["visit_recorded"]


def test_the_centre_is_told_once_and_in_words() -> None:
    made = visited(7)
    with pytest.raises(visits.NothingToTell):
        visits.tell_centre(made, said="  ", by=orla(), now=NOW)
    visits.tell_centre(made, said="You were kind.", by=orla(), now=NOW)
    with pytest.raises(visits.AlreadyTold):
        visits.tell_centre(made, said="Again.", by=orla(), now=NOW)
    made.refresh_from_db()
    assert (made.said, made.told_at, made.told_by) == ("You were kind.", NOW, orla())
    assert "You were kind." not in str([event.facts for event in centre().events.all()])


def test_a_visit_of_tomorrow_is_refused() -> None:
    with pytest.raises(NotYet):
        visits.record_visit(
            centre(), kind="visit", noticed=(), on=TODAY + timedelta(days=1), by=orla(), now=NOW
        )
