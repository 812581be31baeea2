"""Who is proposed to lead: by district and kind of place, and never who must not see it."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from casework.leading import propose, rules
from partners.codes import choices
from partners.models import OrganisationKind as Kind


@dataclass(frozen=True)
class House:
    """As much of an organisation as the rule looks at."""

    pk: int
    code: str
    kind: str
    is_fallback_triage: bool = False
    retired_on: Any = None

    @property
    def short_name(self) -> str:
        return self.code


COUNTY, BLABY = House(1, "county", Kind.COUNTY_COUNCIL, True), House(2, "blaby", Kind.DISTRICT_COUNCIL)
CITY, POLICE = House(3, "city", Kind.UNITARY), House(4, "police", Kind.POLICE)
CENTRE = House(5, "opcc", Kind.OPCC)
ALL = [COUNTY, BLABY, CITY, POLICE, CENTRE]
IN: dict[str, Any] = {"blaby": SimpleNamespace(triage_organisation_id=2), "": None}
IN["city"] = SimpleNamespace(triage_organisation_id=3)


@pytest.mark.parametrize(
    ("place", "where", "barred", "did_it", "leads", "because"),
    [
        ("home", "blaby", {}, {}, BLABY, "tenancies"),
        ("home", "city", {}, {}, CITY, "tenancies"),
        ("street", "blaby", {}, {}, BLABY, "nothing else is agreed"),
        ("education", "blaby", {}, {}, COUNTY, "schools"),
        ("education", "city", {}, {}, CITY, "schools"),
        ("transport", "city", {}, {}, POLICE, "public transport"),
        ("online", "", {}, {}, POLICE, "website"),
        ("street", "", {}, {}, COUNTY, "nothing else is agreed"),
        ("transport", "blaby", {4}, {}, BLABY, "police must not see it"),
        ("home", "blaby", {}, {"blaby"}, COUNTY, "somebody of blaby is said to have done it"),
        ("home", "blaby", {2}, {"county"}, POLICE, "blaby must not see it; somebody of county"),
    ],
)
def test_who_leads_what_happens_there(
    place: str, where: str, barred: set[int], did_it: set[str], leads: House, because: str
) -> None:
    given: Any = ALL
    found = propose(place, IN[where], given, rules=rules(), barred=set(barred), did_it=set(did_it))
    assert (found.organisation, because in found.because) == (leads, True), found.because


def test_nobody_is_proposed_where_all_are_kept_from_it() -> None:
    given: Any = ALL
    found = propose("home", IN["blaby"], given, rules=rules(), barred={1, 2, 3, 4}, did_it=set())
    assert found.organisation is None
    assert "police must not see it" in found.because


def test_every_place_of_the_rules_is_one_that_people_choose() -> None:
    assert set(rules().by_place) <= {code for code, _ in choices("places")}
