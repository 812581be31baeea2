"""Questions about centres: which have an agreement, trained champions, a good visit; and which need somebody."""

from datetime import date, timedelta

import pytest

from centres import champions, fitness, visits
from centres.overseen import overseen
from centres.visit_script import visit_script
from partners.models import CentreStanding, ReportingCentre
from tests.centres.looked_after import TODAY, bevan, orla, points, signed, sunniva, trained_champion
from tests.people import NOW, administrator, centre

pytestmark = pytest.mark.django_db

A_YEAR_AGO = date(TODAY.year - 1, TODAY.month, TODAY.day)


def names(found: object) -> list[str]:
    return [str(each) for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("review_on", "is_current", "is_due"),
    [
        (TODAY - timedelta(days=1), False, True),
        (TODAY, True, True),
        (TODAY + timedelta(days=60), True, True),
        (TODAY + timedelta(days=61), True, False),
    ],
)
def test_an_agreement_is_current_to_its_review_and_due_sixty_days_before(
    review_on: date, is_current: bool, is_due: bool
) -> None:
    signed(centre(), on=TODAY - timedelta(days=200), review_on=review_on)
    assert overseen().with_current_agreement(today=TODAY).exists() == is_current
    assert overseen().agreement_due(today=TODAY).exists() == is_due


def test_no_agreement_is_due_at_a_listed_centre_but_not_at_one_that_closed() -> None:
    rooms = centre()
    assert names(overseen().agreement_due(today=TODAY)) == ["Quillfeather Rooms"]
    rooms.standing, rooms.closed_on = CentreStanding.CLOSED, TODAY
    rooms.save()
    assert names(overseen().agreement_due(today=TODAY)) == []


@pytest.mark.parametrize(
    ("second", "has_two"),
    [(A_YEAR_AGO, True), (A_YEAR_AGO - timedelta(days=1), False)],
)
def test_two_champions_were_trained_within_twelve_months(second: date, has_two: bool) -> None:
    trained_champion(bevan(), centre())
    trained_champion(sunniva(), centre(), on=second)
    assert overseen().with_champions_trained(today=TODAY).exists() == has_two
    assert overseen().champions_missing(today=TODAY).exists() != has_two


def test_a_champion_who_left_counts_no_more() -> None:
    trained_champion(sunniva(), centre())
    trained_champion(bevan(), centre())
    bevan().membership.end(by=administrator(), now=NOW)
    assert not overseen().with_champions_trained(today=TODAY).exists()
    told = overseen().telling_champions(today=TODAY).get()
    assert (told.champions_at_work, told.champions_trained) == (1, 1)


def test_a_champion_with_two_courses_is_one_champion() -> None:
    champion = trained_champion(bevan(), centre())
    champions.record_training([champion], course="Refresher", on=TODAY, by=orla(), now=NOW)
    told = overseen().telling_champions(today=TODAY).get()
    assert (told.champions_at_work, told.champions_trained) == (1, 1)


def test_each_centre_counts_its_own_champions() -> None:
    trained_champion(bevan(), centre())
    harvest = centre("harvest", area="blaby")
    champions.name_champion(harvest, bevan(harvest), by=orla(), now=NOW)
    told = {str(each): each for each in overseen().telling_champions(today=TODAY)}
    assert told["Quillfeather Rooms"].champions_trained == 1
    assert (told["Harvest Rooms"].champions_at_work, told["Harvest Rooms"].champions_trained) == (1, 0)


def reviewed(rooms: ReportingCentre, met: int, *, on: date) -> None:
    fitness.review(rooms, met=points(met), on=on, by=orla(), now=NOW)


def test_the_newest_review_counts_whenever_it_was_written_down() -> None:
    reviewed(centre(), 18, on=TODAY - timedelta(days=5))
    reviewed(centre(), 13, on=TODAY - timedelta(days=50))
    told = overseen().telling_fitness().get()
    assert (told.fitness_score, told.fitness_outcome, told.reviewed_on) == (
        18,
        "pass",
        TODAY - timedelta(days=5),
    )
    assert not overseen().to_improve().exists()


@pytest.mark.parametrize(("days_ago", "is_overdue"), [(90, False), (91, True)])
def test_an_improvement_is_overdue_after_ninety_days(days_ago: int, is_overdue: bool) -> None:
    reviewed(centre(), 15, on=TODAY - timedelta(days=days_ago))
    assert overseen().to_improve().exists()
    assert overseen().improvement_overdue(today=TODAY).exists() == is_overdue


def test_the_newest_visit_gives_the_score() -> None:
    codes = [item.code for item in visit_script().items]
    for noticed, days_ago in ((9, 10), (4, 40)):
        on = TODAY - timedelta(days=days_ago)
        visits.record_visit(centre(), kind="visit", noticed=codes[:noticed], on=on, by=orla(), now=NOW)
    assert overseen().telling_visits().get().visit_score == 90


def test_a_centre_of_which_nothing_is_known_has_no_numbers() -> None:
    centre()
    told = (
        overseen().telling_agreement().telling_champions(today=TODAY).telling_fitness().telling_visits().get()
    )
    assert told.agreement_review_on is told.fitness_score is told.visit_score is told.improve_by is None
    assert told.champions_trained == 0
