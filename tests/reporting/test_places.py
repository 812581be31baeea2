"""Where it happened: from a postcode to the district, or the district alone; nothing typed is lost."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.postcodes import import_directory
from reporting.models import Draft, Report
from scope.context import worker_scope
from tests.reporting.walking import AMINA, CHECK, NAME, SAFETY, WHAT, WHEN, WHERE, WHO, WHY, WISHES, url, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

FILE = Path(__file__).resolve().parents[1] / "partners" / "postcodes" / "ONSPD_MAY_2025_UK.csv"


@pytest.fixture
def at_where(client: Client, partnership: None) -> Client:
    """Amina has come to the page that asks where it happened."""
    import_directory(FILE, say=lambda _line: None)
    walk(client, {code: AMINA[code] for code in (WHO, WHAT, WHY, WHEN)})
    return client


def area_kept() -> Any:
    return Draft.objects.get().read().get("Q14")


def test_a_postcode_gives_the_district_which_the_check_shows_and_lets_be_corrected(at_where: Client) -> None:
    typed = {"Q14_postcode": "le11 3tu", "Q13": "street"}
    assert at_where.post(url(WHERE), typed)["Location"] == url(SAFETY)
    walk(at_where, {code: AMINA[code] for code in (SAFETY, NAME, WISHES)})
    page = at_where.get(url(CHECK)).content.decode()
    assert "Charnwood" in page
    assert "le11 3tu" in page
    at_where.post(f"{url(WHERE)}?change", {**typed, "Q14": "melton"})
    at_where.post(url(CHECK))
    with worker_scope():
        report = Report.objects.select_related("district").get()
        assert report.district is not None
        assert report.district.code == "melton"
        assert report.told()["Q14_postcode"] == "le11 3tu"


def test_another_postcode_brings_another_district(at_where: Client) -> None:
    at_where.post(url(WHERE), {"Q14_postcode": "LE11 3TU", "Q13": "street"})
    at_where.post(url(WHERE), {"Q14_postcode": "LE15 6HP", "Q14": "charnwood", "Q13": "street"})
    assert area_kept() == "rutland"
    at_where.post(url(WHERE), {"Q14_postcode": "LE15 6HP", "Q14": "charnwood", "Q13": "street"})
    assert area_kept() == "charnwood"


def test_a_postcode_elsewhere_is_said_gently_and_may_still_be_told(at_where: Client) -> None:
    typed = {"Q14_postcode": "SW1A 1AA", "Q13": "street", "Q14_address": "By the gate"}
    page = at_where.post(url(WHERE), typed).content.decode()
    assert "outside our area" in page
    assert "There is a problem" not in page
    for kept in ("SW1A 1AA", "By the gate", 'value="outside" checked'):
        assert kept in page
    assert at_where.post(url(WHERE), {**typed, "Q14": "outside"})["Location"] == url(SAFETY)
    assert area_kept() == "outside"


@pytest.mark.parametrize("postcode", ["LE1 5XX", "the mill <b>", "LE1"])
def test_an_unknown_postcode_asks_for_the_area_and_loses_nothing(at_where: Client, postcode: str) -> None:
    typed = {"Q14_postcode": postcode, "Q13": "street", "Q14_address": "By the gate"}
    page = at_where.post(url(WHERE), typed).content.decode()
    assert "We do not know this postcode" in page
    assert "By the gate" in page
    assert at_where.post(url(WHERE), {**typed, "Q14": "blaby"})["Location"] == url(SAFETY)
    assert area_kept() == "blaby"


def test_the_area_alone_is_enough(at_where: Client) -> None:
    assert at_where.post(url(WHERE), {"Q14": "blaby", "Q13": "street"})["Location"] == url(SAFETY)


def test_somebody_who_would_rather_tell_a_person_is_not_held_up(client: Client) -> None:
    walk(client, {WHO: AMINA[WHO], WHAT: {"Q07_person": "on"}, WHY: {}, WHEN: {}})
    assert client.post(url(WHERE), {"Q14_postcode": "LE1 5XX"})["Location"] == url(SAFETY)


def test_the_table_is_asked_once_and_only_for_a_postcode(at_where: Client) -> None:
    counted = {}
    for postcode in ("", "LE11 3TU"):
        with CaptureQueriesContext(connection) as captured:
            at_where.post(url(WHERE), {"Q14_postcode": postcode, "Q14": "", "Q13": "street"})
        counted[postcode] = sum("partners_postcode" in each["sql"] for each in captured)
    assert counted == {"": 0, "LE11 3TU": 1}
