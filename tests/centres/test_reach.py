"""What each district has of centres, and where something is missing."""

from datetime import timedelta

import pytest

from centres.reach import (
    FEW_REPORTS,
    FEWEST,
    NO_CENTRE,
    Reach,
    discoveries,
    few_for_their_size,
    in_a_sentence,
    reach,
)
from partners.models import CentreStanding, Organisation
from reporting.strands import Channel
from scope.context import counting_scope
from tests.centres.looked_after import TODAY
from tests.insight.reports import received
from tests.people import NOW, centre, make_partnership

pytestmark = pytest.mark.django_db


def rows() -> dict[str, Reach]:
    with counting_scope():
        return {row.district.code: row for row in reach(today=TODAY)}


def recorded(at: Organisation, count: int, *, days_ago: int = 5, area: str = "blaby") -> None:
    received(NOW - timedelta(days=days_ago), area=area, count=count, channel=Channel.CENTRE, centre=at)


def test_all_nine_stand_there_in_their_order_and_one_without_a_centre_says_so() -> None:
    make_partnership()
    centre()
    found = rows()
    assert len(found) == 9
    assert (found["leicester"].listed, found["leicester"].shown) == (1, 1)
    assert found["leicester"].gaps == []
    assert found["rutland"].gaps == [NO_CENTRE]


def test_a_listed_centre_that_nobody_checked_is_not_shown() -> None:
    centre(now=NOW - timedelta(days=91))
    leicester = rows()["leicester"]
    assert (leicester.listed, leicester.shown, leicester.gaps) == (1, 0, [NO_CENTRE])


def test_a_suspended_centre_is_not_listed() -> None:
    rooms = centre()
    rooms.standing = CentreStanding.SUSPENDED
    rooms.save()
    assert rows()["leicester"].listed == 0


def test_the_fewest_for_its_residents_are_where_many_people_share_one_centre() -> None:
    centre()
    centre("harvest", area="rutland")
    found = rows()
    assert found["leicester"].gaps == [FEWEST]
    assert found["rutland"].gaps == []
    assert found["rutland"].per_100_000 == pytest.approx(100_000 / found["rutland"].district.population)


def test_what_the_centres_of_a_district_offer_together() -> None:
    for code, hours, languages, is_step_free in (
        ("one", "Monday and Tuesday", "English, Gujarati", True),
        ("two", "Tuesday to Thursday", "English, Polish", False),
    ):
        rooms = centre(code, area="blaby")
        rooms.opening_hours, rooms.languages, rooms.is_step_free = hours, languages, is_step_free
        rooms.save()
    blaby = rows()["blaby"]
    assert blaby.step_free == 1
    assert blaby.languages == ("English", "Gujarati", "Polish")
    assert (blaby.days_in_words, blaby.has_unclear_hours) == ("Monday to Thursday", False)


def test_reports_count_where_the_centre_is_and_by_the_quarter_of_receiving() -> None:
    rooms = centre(area="melton")
    recorded(rooms.organisation, 2, area="blaby")
    recorded(rooms.organisation, 3, days_ago=80)
    received(NOW, area="melton", count=4)
    found = rows()
    # 10 March 2026 is in quarter 4; 80 days before it in quarter 3.
    assert found["melton"].reports == (2, 3, 0)
    assert found["blaby"].reports == (0, 0, 0)
    assert found["melton"].recently == 5


def test_a_district_whose_centres_record_few_is_named_without_blame() -> None:
    rooms = centre(area="rutland")
    recorded(rooms.organisation, 90)
    centre("harvest", area="leicester")
    found = rows()
    assert FEW_REPORTS in found["leicester"].gaps
    assert FEW_REPORTS not in found["rutland"].gaps


def test_few_expected_reports_say_nothing() -> None:
    # The rate of all gives 4.9 to the first, and it has none.
    assert few_for_their_size([(0, 49_000), (10, 51_000)]) == [False, False]


@pytest.mark.parametrize(("count", "is_few"), [(10, True), (40, False)])
def test_a_count_far_below_the_rate_of_all_stands_out(count: int, is_few: bool) -> None:
    assert few_for_their_size([(count, 100_000), (100 - count, 150_000)])[0] is is_few


def test_nothing_is_compared_where_nothing_was_recorded() -> None:
    assert few_for_their_size([(0, 1_000), (0, 2_000)]) == [False, False]


def test_more_places_that_stand_out_let_a_weaker_one_stand_out_too() -> None:
    assert discoveries({0: 0.04, 1: 0.5, 2: 0.6}) == set()
    assert discoveries({0: 0.04, 1: 0.001, 2: 0.6}) == {0, 1}


def test_the_sentence_above_the_table_names_who_has_none() -> None:
    make_partnership()
    assert in_a_sentence(rows().values()).startswith("Leicester, Blaby, ")
    for code in rows():
        centre(f"in-{code}", area=code)
    assert in_a_sentence(rows().values()) == "Every district has a centre that the public is shown."
