"""Organisations, areas, community safety partnerships and sharing agreements are kept by administrators."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from partners import keeping
from partners.models import (
    ChangedMeanwhile,
    CommunitySafetyPartnership,
    District,
    Organisation,
    ReferenceVersion,
    SharingAgreement,
)
from tests.people import NOW, administrator, client_for, district, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
HOME = "/staff/partnership/"


@pytest.fixture
def maud() -> Client:
    return client_for(administrator())


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_maud_finds_the_pages_and_gwen_the_officer_does_not(maud: Client) -> None:
    assert maud.get(HOME).status_code == 200
    assert client_for(gwen()).get(HOME).status_code == 404


def test_maud_adds_an_organisation_that_people_can_then_be_invited_to(maud: Client) -> None:
    page = maud.post(
        HOME + "organisations/add/",
        {"name": "Fosse Housing", "short_name": "Fosse", "kind": "victim_service"},
        follow=True,
    )
    added = Organisation.objects.get(name="Fosse Housing")
    assert added.code == "fosse-housing"
    assert "Fosse Housing is added" in page.content.decode()
    assert member("Ada Finch", added, "officer").organisation == added


def test_a_second_organisation_of_the_same_name_is_refused(maud: Client) -> None:
    organisation("lcc")
    wanted = {"name": "leicestershire police", "short_name": "P", "kind": "police"}
    page = maud.post(HOME + "organisations/add/", wanted)
    assert errors(page) == {"name": ["Another organisation has this name. Enter a different one"]}


def test_markup_in_a_name_is_refused(maud: Client) -> None:
    wanted = {"name": "<b>Us</b>", "short_name": "Us", "kind": "police"}
    assert "name" in errors(maud.post(HOME + "organisations/add/", wanted))


def test_a_new_name_stands_in_the_history_beside_the_old_one(maud: Client) -> None:
    here = HOME + "organisations/opcc/"
    organisation("opcc")
    maud.post(here, {"version": 0, "name": "The Commissioner", "short_name": "OPCC", "kind": "opcc"})
    assert Organisation.objects.get(code="opcc").name == "The Commissioner"
    page = maud.get(here).content.decode()
    assert "Version 2" in page
    assert "Maud Tarn" in page
    assert "Office" in page.partition("History")[2]


def test_what_maud_changed_is_on_the_trail_in_codes_and_not_in_words(maud: Client) -> None:
    charnwood, other = district("charnwood"), CommunitySafetyPartnership.objects.get(code="melton")
    maud.post(
        HOME + "areas/charnwood/",
        {"version": 0, "name": "The Wolds", "csp": "melton", "triage": "charnwood-bc", "population": 183970},
    )
    charnwood.refresh_from_db()
    assert charnwood.csp == other
    facts = AuditEvent.objects.get(act="reference.changed").facts
    assert facts["before"] == {"csp": "charnwood"}
    assert facts["after"] == {"csp": "melton"}
    assert facts["changed"] == ["name", "csp"]
    assert "Wolds" not in str(facts)


def test_an_area_read_by_another_council_sends_its_new_reports_there(maud: Client) -> None:
    district("melton")
    values = {"version": 0, "name": "Melton", "csp": "melton", "triage": "lcc", "population": 51752}
    maud.post(HOME + "areas/melton/", values)
    assert District.objects.get(code="melton").triage_organisation.code == "lcc"


def test_a_population_that_is_no_number_is_explained(maud: Client) -> None:
    district("melton")
    values = {"version": 0, "name": "Melton", "csp": "melton", "triage": "lcc", "population": "many"}
    page = maud.post(HOME + "areas/melton/", values)
    expected = ["Enter how many people live there as a whole number, like 183970"]
    assert errors(page) == {"population": expected}


def test_one_community_safety_partnership_takes_the_areas_of_another(maud: Client) -> None:
    district("harborough")
    page = maud.post(HOME + "csps/harborough/merge/", {"into": "oadby-wigston"}, follow=True)
    assert not CommunitySafetyPartnership.objects.filter(code="harborough").exists()
    taken = CommunitySafetyPartnership.objects.get(code="oadby-wigston").districts.values_list(
        "code", flat=True
    )
    assert sorted(taken) == ["harborough", "oadby-wigston"]
    assert "Moved: Harborough." in page.content.decode()
    assert ReferenceVersion.objects.newest_of("csp")["harborough"].data["merged_into"] == "oadby-wigston"


def test_a_partnership_of_a_name_that_was_merged_away_gets_a_code_of_its_own(maud: Client) -> None:
    district("melton")
    maud.post(HOME + "csps/melton/merge/", {"into": "rutland"})
    maud.post(HOME + "csps/add/", {"name": "Melton"})
    assert CommunitySafetyPartnership.objects.get(name="Melton").code == "melton-2"


def test_an_organisation_that_somebody_works_for_cannot_be_retired(maud: Client) -> None:
    ngozi()
    page = maud.get(HOME + "organisations/charnwood-bc/").content.decode()
    assert "1 person works there" in page
    assert "It reads new reports from Charnwood first" in page
    page = maud.post(HOME + "organisations/charnwood-bc/retire/", follow=True).content.decode()
    assert "cannot be retired yet" in page
    assert Organisation.objects.get(code="charnwood-bc").retired_on is None


def test_an_organisation_that_nobody_needs_is_retired_and_brought_back(maud: Client) -> None:
    organisation("lpt")
    maud.post(HOME + "organisations/lpt/retire/")
    assert Organisation.objects.get(code="lpt").retired_on is not None
    assert "Work with it again" in maud.get(HOME + "organisations/lpt/").content.decode()
    maud.post(HOME + "organisations/lpt/bring-back/")
    assert Organisation.objects.get(code="lpt").retired_on is None


def test_the_rest_is_read_first_by_one_organisation_alone(maud: Client) -> None:
    organisation("lcc")
    maud.post(HOME + "areas/rest/", {"organisation": "opcc"})
    assert Organisation.objects.get(is_fallback_triage=True).code == "opcc"
    assert set(ReferenceVersion.objects.newest_of("organisation")) == {"lcc", "opcc"}


def agreement(title: str, *, review_on: date) -> SharingAgreement:
    made = SharingAgreement(title=title, signed_on=date(2024, 5, 1), review_on=review_on)
    signed = [organisation("lcc"), organisation("police")]
    keeping.add(made, organisations=signed, by=administrator(), now=NOW)
    return made


def test_an_agreement_due_for_review_within_sixty_days_stands_first_and_on_the_first_page(
    maud: Client,
) -> None:
    today = timezone.localdate()
    agreement("Later", review_on=today + timedelta(days=61))
    agreement("Sooner", review_on=today + timedelta(days=60))
    page = maud.get(HOME + "agreements/").content.decode()
    assert page.index("Sooner") < page.index("Later")
    assert page.count("Review soon") == 1
    assert "1 sharing agreement is due for review" in maud.get(HOME).content.decode()


def test_an_agreement_with_oneself_or_reviewed_before_it_was_signed_is_refused(maud: Client) -> None:
    organisation("lcc")
    typed = {
        "title": "Alone",
        "organisations": ["lcc"],
        **dict(zip(("signed_on-day", "signed_on-month", "signed_on-year"), ("1", "5", "2026"), strict=True)),
        **dict(zip(("review_on-day", "review_on-month", "review_on-year"), ("1", "4", "2026"), strict=True)),
    }
    page = maud.post(HOME + "agreements/add/", typed)
    assert set(errors(page)) == {"organisations", "review_on"}


def test_two_administrators_at_once_the_second_sees_both_and_loses_nothing(maud: Client) -> None:
    here = HOME + "organisations/opcc/"
    organisation("opcc")
    maud.post(here, {"version": 0, "name": "The first name", "short_name": "OPCC", "kind": "opcc"})
    typed = {"version": 0, "name": "The second name", "short_name": "OPCC", "kind": "opcc"}
    page = maud.post(here, typed)
    said = page.content.decode()
    assert "Somebody changed this while you were writing" in said
    assert "Stands there now: The first name" in said
    assert "You wrote: The second name" in said
    assert Organisation.objects.get(code="opcc").name == "The first name"
    maud.post(here, {**typed, "version": page.context["version"]})
    assert Organisation.objects.get(code="opcc").name == "The second name"


def test_a_change_made_from_an_older_version_is_refused_by_the_act_itself() -> None:
    opcc, maud = organisation("opcc"), administrator()
    keeping.change(opcc, {"short_name": "One"}, seen=0, by=maud, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        keeping.change(opcc, {"short_name": "Two"}, seen=0, by=maud, now=NOW)
    opcc.refresh_from_db()
    assert opcc.short_name == "One"


def test_saving_without_a_difference_adds_no_version(maud: Client) -> None:
    district("melton")
    same = {"version": 0, "name": "Melton", "csp": "melton", "triage": "melton-bc", "population": 51752}
    page = maud.post(HOME + "areas/melton/", same, follow=True)
    assert "Nothing was different." in page.content.decode()
    assert not ReferenceVersion.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE partners_referenceversion SET note = 'x'", "DELETE FROM partners_referenceversion"])  # fmt: skip # noqa: E501
def test_a_version_is_never_changed_or_taken_away(statement: str) -> None:
    keeping.change(organisation("opcc"), {"short_name": "One"}, seen=0, by=administrator(), now=NOW)
    with (
        pytest.raises((InternalError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
