"""The public finds a place near them, in the words that it has today, and nothing of what they typed is left."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centres.finder import Wanted, find, languages_of, open_places
from centres.standing import suspend
from partners.directory import directory, forget
from partners.models import District, ReportingCentre
from partners.models.postcode import Postcode
from tests.people import centre, district, make_partnership

pytestmark = pytest.mark.django_db
WORDS = re.compile(r"<main.*?</main>", re.DOTALL)


@pytest.fixture(autouse=True)
def partnership() -> None:
    make_partnership()
    forget()


def place(code: str, area: str = "leicester", **is_like: object) -> ReportingCentre:
    """A place that somebody checked a week ago."""
    made = centre(code, area=area, now=timezone.now() - timedelta(days=7))
    for name, value in is_like.items():
        setattr(made, name, value)
    made.save()
    return made


def asked(**said: object) -> str:
    answer = Client().post("/centres/", said)
    assert answer.status_code == 200
    found = WORDS.search(answer.content.decode())
    assert found
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])))


def test_a_place_says_where_when_and_how_to_get_in() -> None:
    place(
        "larkmere",
        phone="01632 960101",
        languages="English, Gujarati",
        has_private_room=True,
        postcode="LE1 1AA",
    )
    page = Client().post("/centres/", {"area": "leicester"}).content.decode()
    for said in (
        "Larkmere Rooms",
        "14 Quillfeather Street, LE1 1AA",
        "Monday to Friday 9am to 5pm",
        'href="tel:01632960101"',
        "English, Gujarati",
        "You can come in without steps.",
        "You can talk in a private room.",
    ):
        assert said in page
    assert "<title>Places near you</title>" in page


def test_a_postcode_stands_for_its_area_and_is_in_no_address() -> None:
    Postcode.objects.create(code="LE111AA", district=district("charnwood"))
    Postcode.objects.create(code="LE11")
    place("larkmere")
    place("soarside", "charnwood")
    form = Client().get("/centres/").content.decode()
    assert re.search(r'<form id="asked" method="post"', form)
    said = asked(postcode="le11 1aa")
    assert "Soarside Rooms" in said
    assert "Larkmere Rooms" not in said


def test_an_unknown_postcode_asks_for_the_area_and_one_far_away_is_told_kindly() -> None:
    Postcode.objects.create(code="LE11")
    Postcode.objects.create(code="NG1")
    place("larkmere")
    assert "Check it, or choose the area below" in asked(postcode="ZZ99 9ZZ")
    assert "Larkmere Rooms" in asked(postcode="ZZ99 9ZZ", area="leicester")
    far = asked(postcode="NG1 5DT", area="leicester")
    assert "This postcode is outside our area. These are all our places." in far
    assert "Larkmere Rooms" in far


def test_filters_leave_only_what_somebody_can_use() -> None:
    place("larkmere", has_private_room=True, languages="English, Polish")
    place("steepside", is_step_free=False, languages="English")
    assert "Steepside" not in asked(needs=["step_free"])
    assert "Steepside" not in asked(needs=["private_room"])
    assert "Steepside" not in asked(language="Polish")
    assert "Steepside" in asked(language="English")
    assert "Steepside" in asked()


def test_with_nothing_in_the_area_the_nearest_come_first() -> None:
    for code, area in (("far", "rutland"), ("near", "oadby-wigston"), ("other", "charnwood")):
        place(code, area)
    districts = list(District.objects.all())
    found = find(open_places(today=timezone.localdate()), Wanted(area="leicester"), districts)
    leicester = district("leicester")

    def distance(one: ReportingCentre) -> int:
        here = one.district
        return (here.tile_column - leicester.tile_column) ** 2 + (here.tile_row - leicester.tile_row) ** 2

    assert found.here == []
    assert [distance(each) for each in found.elsewhere] == sorted(map(distance, found.elsewhere))
    assert len(found.elsewhere) == 3
    said = asked(area="leicester")
    assert "We know of no place like this in Leicester right now." in said
    assert "Near Rooms" in said


def test_with_nothing_anywhere_there_are_other_ways() -> None:
    said = asked(area="leicester")
    assert "We know of no place like this right now." in said
    assert "You can also tell us online" in said
    assert "0800 138 1625" in said


def test_a_centre_is_gone_from_the_page_with_the_rule_and_no_page_is_kept_anywhere() -> None:
    larkmere = place("larkmere")
    stale = place("stale")
    ReportingCentre.objects.filter(pk=stale.pk).update(verified_on=timezone.localdate() - timedelta(days=91))
    assert "Larkmere Rooms" in asked()
    assert "Stale Rooms" not in asked()
    suspend(larkmere, reason="concern", by=None, now=timezone.now())
    assert "Larkmere Rooms" not in asked()
    for answer in (Client().get("/centres/"), Client().post("/centres/", {})):
        assert answer["Cache-Control"] == "no-store"


def test_the_page_in_another_language_leaves_what_a_place_says_as_it_is(settings: Any) -> None:
    settings.IS_DEMO = True
    place("larkmere", kind="library")
    reader = Client()
    reader.get("/l/ar/?to=/centres/")
    page = reader.post("/centres/", {"area": "leicester"}).content.decode()
    assert re.search(r'<html lang="ar"\s+dir="rtl"', page)
    assert '<bdi lang="en-gb">Library</bdi>' in page
    assert "أوقات العمل" in page


def test_what_a_place_says_is_shown_and_not_obeyed() -> None:
    place("larkmere", about="<script>alert(1)</script>", opening_hours="<b>all day</b>")
    page = Client().post("/centres/", {}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;all day" in page


def test_fifty_places_cost_as_many_statements_as_one() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().post("/centres/", {"area": "leicester", "postcode": "LE1 1AA"})
        return len(captured)

    place("larkmere")
    directory()
    for_one = statements()
    for number in range(49):
        place(f"house-{number}")
    assert statements() == for_one <= 3


def test_languages_are_named_once() -> None:
    places = [place("one", languages="Polish, English"), place("two", languages="English ,Urdu, ")]
    assert languages_of(places) == ["English", "Polish", "Urdu"]
