"""The people of the tests come in as everybody does."""

import pytest

from partners.models import Organisation
from partners.roles import Permission
from tests import people

pytestmark = pytest.mark.django_db


def test_gwen_works_for_leicester_city_and_may_see_its_queue() -> None:
    gwen = people.gwen()
    assert gwen.organisation == Organisation.objects.get(code="leicester-city")
    assert gwen.may(Permission.SEE_QUEUE)
    assert not gwen.may(Permission.INVITE_PEOPLE)


def test_asha_volunteers_at_a_centre_of_her_own() -> None:
    assert people.asha().organisation.centre.district.code == "leicester"


def test_asking_for_somebody_twice_gives_the_same_person() -> None:
    assert people.ngozi() == people.ngozi()
