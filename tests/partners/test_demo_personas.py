"""In the demonstration one click is enough; anywhere else there is no such page."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import clear_url_caches, include, path, reverse

from llr_hate.demo.staff import PASSWORD, make_staff, personas
from llr_hate.urls import urlpatterns as every_door
from partners.models import Invitation, Organisation, ReportingCentre, User
from tests import people
from tests.kept_rows import begin_with

pytestmark = pytest.mark.django_db
urlpatterns = [*every_door, path("demo/", include("llr_hate.demo.urls"))]


@pytest.fixture
def demo(settings: LazySettings, tmp_path: Path, partnership: None):
    """The demonstration, with its staff."""
    settings.ROOT_URLCONF = __name__
    settings.IS_DEMO = True
    settings.DATA_DIR = tmp_path
    clear_url_caches()
    begin_with("the demonstration's staff", lambda: make_staff(people.NOW), upon="partnership")
    yield
    clear_url_caches()


def test_everybody_of_the_folder_came_in_by_an_invitation(demo: None) -> None:
    assert User.objects.count() == Invitation.objects.exclude(accepted_at=None).count() > 40
    assert ReportingCentre.objects.count() == 12
    volunteer = User.objects.get(email="philomena.krasts@loomside-rooms.example")
    assert volunteer.organisation.code == "loomside-rooms"
    assert volunteer.check_password(PASSWORD)


def test_making_the_staff_again_adds_nobody(demo: None) -> None:
    before = User.objects.count(), Organisation.objects.count(), Invitation.objects.count()
    make_staff(people.NOW)
    assert before == (User.objects.count(), Organisation.objects.count(), Invitation.objects.count())


def test_one_centre_was_not_checked_for_too_long(demo: None) -> None:
    today = people.NOW.date()
    unchecked = [
        centre.organisation.code
        for centre in ReportingCentre.objects.all()
        if not centre.is_verified(today=today)
    ]
    assert unchecked == ["larkfold-office"]


def test_seventeen_people_to_be_each_with_the_work_that_waits(demo: None, client: Client) -> None:
    page = client.get("/demo/")
    assert page.status_code == 200
    assert len(personas()) == 17
    for persona in personas():
        assert persona.line.encode() in page.content
    assert page.content.count(b'action="/demo/') == 16


def test_one_click_signs_in_where_the_work_waits(demo: None, client: Client) -> None:
    answer = client.post(reverse("demo:become", args=["administrator"]))
    assert answer.headers["Location"] == reverse("partners:people")
    page = client.get(reverse("partners:people"))
    assert page.status_code == 200
    assert b"Wren Castellane" in page.content


def test_a_persona_is_chosen_with_a_button_never_with_a_link(demo: None, client: Client) -> None:
    assert client.get(reverse("demo:become", args=["administrator"])).status_code == 405


def test_there_is_nobody_else_to_be(demo: None, client: Client) -> None:
    assert client.post(reverse("demo:become", args=["reporter"])).status_code == 404
    assert client.post(reverse("demo:become", args=["mayor"])).status_code == 404


def test_the_person_who_told_us_gets_reference_and_code_to_copy(
    demo: None, client: Client, tmp_path: Path
) -> None:
    assert b"not built yet" in client.get("/demo/").content
    (tmp_path / "demo.json").write_text(json.dumps({"reference": "LLR-AB2C-D3EF", "code": "six plain words"}))
    page = client.get("/demo/").content
    assert b"LLR-AB2C-D3EF" in page
    assert b"six plain words" in page


def test_a_click_is_worth_nothing_outside_the_demonstration(
    demo: None, client: Client, settings: LazySettings
) -> None:
    client.post(reverse("demo:become", args=["administrator"]))
    settings.IS_DEMO = False
    assert client.get(reverse("partners:people")).headers["Location"] == reverse("mfa_index")
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/administrator/").status_code == 404


def test_the_portal_itself_has_no_such_page(client: Client) -> None:
    assert client.get("/demo/").status_code == 404
