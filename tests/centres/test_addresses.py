"""Every centre's page can be reached, whatever the centre is called."""

import pytest
from django.urls import reverse

from centres.standing import CODES_OF_PAGES, propose
from centres.urls import urlpatterns
from tests.centres.looked_after import orla
from tests.people import NOW, client_for, district


def test_no_centre_gets_the_code_of_a_page_about_all_centres() -> None:
    parts = [str(each.pattern).split("/") for each in urlpatterns]
    first = {after[0] for start, *after in parts if start == "centres" and after[0]}
    assert {code for code in first if "<" not in code} == CODES_OF_PAGES


@pytest.mark.django_db
def test_a_centre_called_reach_has_a_page_of_its_own() -> None:
    here = {"district": district("blaby"), "looked_after_by": None, "by": None, "now": NOW}
    made = propose("Reach", code="reach", address="1 Reach Lane", opening_hours="Monday", **here)
    address = reverse("centres:centre", args=[made.organisation.code])
    assert "Reach Lane" in client_for(orla()).get(address).content.decode()
