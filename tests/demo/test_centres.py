"""The invented centres are looked after by the real acts, on days that are past."""

from datetime import timedelta

import pytest

from centres.directory import directory
from centres.models import CentreEvent, Champion, HeardThere, MysteryVisit
from centres.no_names import perhaps_naming, refused_in
from centres.overseen import overseen
from llr_hate.demo.centres import leave_centres
from llr_hate.demo.heard import leave_what_was_heard
from llr_hate.demo.staff import make_staff
from partners.models import CentreStanding, District, ReportingCentre
from tests.kept_rows import begin_with
from tests.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def demo(partnership: None) -> None:
    """The demonstration's people, and centres that are looked after."""
    begin_with("the demonstration's staff", lambda: make_staff(NOW), upon="partnership")
    leave_centres(now=NOW)


def test_each_list_of_what_needs_doing_has_somebody_in_it(demo: None) -> None:
    def found(to_do: str) -> list[str]:
        return [each.organisation.code for each in directory(today=TODAY, to_do=to_do)]

    assert found("check") == ["larkfold-office"]
    assert found("overdue") == ["harrowmere-advice"]
    assert set(found("improve")) == {"harrowmere-advice", "thistledown-corner", "kestrel-lane-gym"}
    assert set(found("agreement")) == {"larkfold-office", "kestrel-lane-gym"}
    assert "larkfold-office" in found("champions")
    assert overseen().with_champions_trained(today=TODAY).count() == 7


def test_one_is_suspended_and_one_is_proposed(demo: None) -> None:
    standings = ReportingCentre.objects.exclude(standing=CentreStanding.LISTED)
    found = {each.organisation.code: each.standing for each in standings}
    assert found == {"kestrel-lane-gym": "suspended", "ferrymans-larder": "proposed"}


def test_its_history_is_past_and_in_order(demo: None) -> None:
    assert not CentreEvent.objects.filter(at__gt=NOW).exists()
    gym = ReportingCentre.objects.get(organisation__code="kestrel-lane-gym")
    newest, before, *_ = gym.events.all()
    assert (newest.act, before.act) == ("suspended", "fitness_reviewed")
    assert newest.at.date() == TODAY - timedelta(days=25)
    assert newest.by is not None


def test_every_champion_works_at_their_centre_and_one_visit_waits_to_be_told(demo: None) -> None:
    assert Champion.objects.at_work().count() == Champion.objects.count() == 18
    assert MysteryVisit.objects.filter(told_at=None).count() == 1


def test_three_places_in_one_district_tell_of_the_same_thing(demo: None) -> None:
    leave_what_was_heard(now=NOW)
    of_melton = HeardThere.objects.in_district(District.objects.get(code="melton"))
    assert (of_melton.count(), of_melton.values("link").distinct().count()) == (6, 3)
    assert not HeardThere.objects.filter(told_at__gt=NOW).exists()
    words = [telling.unseal("words") for telling in HeardThere.objects.select_related("data_key")]
    assert [said for said in words if refused_in(said) or perhaps_naming(said)] == []
