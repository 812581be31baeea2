"""The form on paper holds every question of the journey under its id, and says nothing by its name."""

import io
import json
from dataclasses import asdict
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from documents import pdf
from partners.languages import known
from reporting.journey import route
from reporting.paper import ON_PAPER, paper_form, paper_pdf
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

TODAY = NOW.date()


def printed() -> dict[str, object]:
    form = paper_form(today=TODAY, language="en-gb")
    return {asked.id: asked for part in form.parts for asked in part.asked}


def test_every_question_to_the_public_is_on_it_under_its_id() -> None:
    asked = {
        question.id
        for page in route.ALL
        if page.is_stored
        for question in page.questions
        if question.who != "C"
    }
    assert set(printed()) == asked


def test_what_stands_under_a_choice_says_so_in_the_words_of_the_choice() -> None:
    form = paper_form(today=TODAY, language="en-gb")
    said = {asked.id: asked.only_if for part in form.parts for asked in part.asked}
    assert said["Q11_date"] == "Only if you ticked “Yes, I know the date” (Q11)."
    assert said["W02"] == "Only if you ticked “I saw or heard it” (Q02)."
    assert said["Q03"] == said["Q07"] == ""
    meant = {part.heading: part.only_if for part in form.parts}
    assert "someone else" in meant["The person it happened to"]
    assert "(Q25)" in meant["How can we contact you safely?"]


def test_nobody_is_led_to_a_sign_in_on_paper_and_nothing_stands_twice() -> None:
    form = paper_form(today=TODAY, language="en-gb")
    for part in form.parts:
        for asked in part.asked:
            labels = [label for label, _hint in asked.choices]
            assert len(labels) == len(set(labels)), asked.id
            assert not any("sign in" in hint for _label, hint in asked.choices)


def test_when_we_may_have_to_share_anyway_stands_where_permission_is_asked() -> None:
    form = paper_form(today=TODAY, language="en-gb")
    (wishes,) = [part for part in form.parts if any(asked.id == "Q24" for asked in part.asked)]
    assert len(wishes.notes) > 2
    with override("pl"):
        in_polish = paper_form(today=TODAY, language="pl")
    assert [part.notes[0] for part in in_polish.parts if part.notes] == [
        "Kiedy i tak możemy musieć to przekazać"
    ]


def test_it_is_an_accessible_pdf_at_an_address_that_says_nothing(client: Client) -> None:
    response = client.get("/form/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="form.pdf"'
    paper = PdfReader(io.BytesIO(response.content))
    assert paper.metadata is not None
    assert paper.metadata.title == "Form"
    assert "/StructTreeRoot" in paper.root_object
    words = " ".join(page.extract_text() for page in paper.pages)
    assert "Call 999" in words
    for question_id in ("Q02", "Q07", "Q14_postcode", "Q24_bar"):
        assert question_id in words


@pytest.mark.parametrize("language", [code for code in known() if code != "en-gb"])
def test_every_letter_of_every_language_is_there_on_paper(language: str) -> None:
    with override(language):
        form = paper_form(today=TODAY, language=language)
    said = json.dumps(pdf._printable(asdict(form) | {"prepared_on": ""}), ensure_ascii=False)
    assert form.right_to_left is known()[language].right_to_left
    assert form.heading in said
    assert pdf.MISSING not in said
    assert known()[language].lang.partition("-")[0] in ON_PAPER


def test_it_is_made_in_the_chosen_language(client: Client, settings: Any) -> None:
    settings.IS_DEMO = True
    client.cookies["llr_language"] = "pa"
    paper = PdfReader(io.BytesIO(client.get("/form/").content))
    assert paper.root_object["/Lang"] == "pa"


@pytest.mark.parametrize("language", ON_PAPER)
def test_the_centres_part_is_last_and_in_english_in_every_language(language: str) -> None:
    with override(language):
        form = paper_form(today=TODAY, language=language if language != "en" else "en-gb")
    assert form.for_staff
    asked = {each.id: each for each in form.for_staff.asked}
    assert list(asked) == ["C01", "C01_on", "C01_paper", "C04", "C02", "C06"]
    assert form.for_staff.heading == "For the reporting centre"
    assert ("I gave them a leaflet", "") in asked["C04"].choices
    assert asked["C02"].lines == 1
    assert not {"C01", "C02"} & {each.id for part in form.parts for each in part.asked}


def test_the_centres_part_stands_on_paper_in_arabic_too() -> None:
    with override("ar"):
        content = paper_pdf(TODAY, "ar")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "For the reporting centre" in words
