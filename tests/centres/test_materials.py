"""Posters and cards: the centre's own, in the reader's language and direction, and harmless in a pocket."""

import io
import re
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import RequestFactory
from django.utils.translation import override
from pypdf import PdfReader

from centres.materials import (
    MATERIALS,
    NOT_CHECKED,
    card,
    code_card,
    languages_on_paper,
    link_of,
    poster,
    printed,
)
from documents.qr import qr_svg
from partners.languages import Language, known
from partners.models import Organisation, ReportingCentre
from reporting.heard import campaign_of
from tests.people import NOW, asha, centre, client_for

TODAY = NOW.date()
EVERY = [code for code in known() if code != "en-gb"]
# What a card in a pocket must not say, in any of its words.
TELLING = re.compile(r"hate|crime|report|incident|police|victim|attack|abus|race|relig|disab|gay|trans", re.I)
SMALLEST_ON_A_CARD, SMALLEST_ON_A_POSTER = 6.8, 11.0


def the_rooms(**other: object) -> ReportingCentre:
    """The Quillfeather Rooms, not in the database."""
    name = "Quillfeather Rooms"
    said = {
        "address": "14 Quillfeather Street, Leicester",
        "postcode": "LE1 1AA",
        "phone": "0116 496 0123",
        "opening_hours": "Monday to Friday 9am to 5pm",
        "is_step_free": True,
        "has_private_room": True,
    }
    house = Organisation(code="quillfeather", name=name, short_name=name)
    return ReportingCentre(organisation=house, **{**said, **other})


@cache
def pdf_of(kind: str, code: str) -> bytes:
    return printed(MATERIALS[kind], the_rooms(), known()[code], today=TODAY)


def text_of(pdf: bytes) -> str:
    pages = list(pypdfium2.PdfDocument(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\xa0", " ")


def codes_on(pdf: bytes) -> list[str]:
    page = pypdfium2.PdfDocument(pdf)[0]
    return [each.text for each in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]


def sizes_on(pdf: bytes) -> list[float]:
    """How large each letter is, in points, as it stands on the paper."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    letters = [at for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    return [pypdfium2.raw.FPDFText_GetFontSize(text, at) for at in letters]


@pytest.mark.parametrize("kind", ["poster", "card"])
def test_the_centres_name_address_hours_and_numbers_are_on_it(kind: str) -> None:
    said = " ".join(text_of(pdf_of(kind, "en-gb")).split())
    for words in (
        "Quillfeather Rooms",
        "14 Quillfeather Street",
        "LE1 1AA",
        "9am to 5pm",
        "0116 496 0123",
        "999",
    ):
        assert words in said
    assert ("101" in said) == (kind == "poster")


@pytest.mark.parametrize("kind", ["poster", "card", "code-card"])
@pytest.mark.parametrize("code", ["en-gb", "ar", "en-easy"])
def test_it_is_one_sheet_that_screen_readers_can_read_in_its_language(kind: str, code: str) -> None:
    reader = PdfReader(io.BytesIO(pdf_of(kind, code)))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"].split("-")[0] == known()[code].lang.split("-")[0]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert not TELLING.search(reader.metadata.title)


def test_a_phone_that_looks_at_the_poster_comes_to_the_first_page_with_the_centres_code() -> None:
    assert codes_on(pdf_of("poster", "en-gb")) == [link_of(the_rooms())]
    assert link_of(the_rooms()).endswith("/?c=quillfeather")


def test_the_centres_code_is_heard_where_somebody_begins_to_tell() -> None:
    asked = RequestFactory().get(link_of(the_rooms()).removeprefix(settings.BASE_URL))
    assert campaign_of(asked) == "quillfeather"
    house = Organisation(code="a-centre-with-a-name-that-is-far-too-long-to-go-along", name="x")
    assert "?" not in link_of(ReportingCentre(organisation=house))


def test_each_card_of_a_sheet_has_its_code_and_can_be_read_by_a_phone() -> None:
    assert codes_on(pdf_of("card", "ar")) == [link_of(the_rooms())] * 10
    back = codes_on(pdf_of("code-card", "en-gb"))
    assert len(back) == 8
    assert set(back) == {link_of(the_rooms()).replace("?c=quillfeather", "back/")}


def test_a_code_is_drawn_as_it_was_made() -> None:
    drawn = qr_svg("https://tell.example/")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33">')
    assert drawn.count("M4,4h7v1h-7z") == 1


@pytest.mark.parametrize("language", known().values(), ids=lambda each: each.code)
def test_a_card_in_a_pocket_gives_nobody_away(language: Language) -> None:
    with override(language.code):
        made = card(the_rooms(), language, TODAY)
        words = [made.heading, *made.text, *made.danger, made.place.heading, made.title]
    assert [each for each in words if TELLING.search(each)] == []
    assert "999" in made.danger[0]


@pytest.mark.parametrize("language", known().values(), ids=lambda each: each.code)
def test_letters_can_be_read_and_nothing_is_missing_in_any_language(language: Language) -> None:
    """The longest words of all languages fit, and each letter is in a font of ours."""
    for kind, smallest in (("poster", SMALLEST_ON_A_POSTER), ("code-card", SMALLEST_ON_A_CARD)):
        pdf = pdf_of(kind, language.code)
        assert "□" not in text_of(pdf)
        assert min(sizes_on(pdf)) >= smallest


@pytest.mark.parametrize("code", [code for code in EVERY if known()[code].right_to_left])
def test_a_language_from_right_to_left_begins_on_the_right(code: str) -> None:
    with override(code):
        made = poster(the_rooms(), known()[code], TODAY)
    assert made.right_to_left
    rendered = pypdfium2.PdfDocument(pdf_of("poster", code))[0].render(scale=0.5).to_pil().convert("L")
    # In the band of plum at the top the words are white: on the right more than on the left.
    band = rendered.crop((0, 30, rendered.width, 110)).point(lambda grey: 255 if grey > 200 else 0)
    left, right = (band.crop((x, 0, x + 60, 80)).histogram()[255] for x in (20, band.width - 80))
    assert right > left


def test_what_nobody_has_checked_says_so_and_english_does_not() -> None:
    assert NOT_CHECKED in " ".join(text_of(pdf_of("poster", "gu")).split())
    assert text_of(pdf_of("card", "pl")).count("Draft") > 8
    assert "Draft" not in text_of(pdf_of("poster", "en-gb"))


def test_the_card_for_a_code_has_room_to_write_and_says_that_nobody_must_keep_it() -> None:
    with override("en-gb"):
        made = code_card(the_rooms(), known()["en-gb"], TODAY)
    assert [each.lines for each in made.to_fill_in] == [1, 2]
    assert "You do not have to keep it." in made.text[0]


def test_contrast_of_what_is_printed_is_seven_to_one() -> None:
    """White on plum, ink on wash, plum on wash, and ink on the yellow of a draft."""
    pairs = [("#ffffff", "#4b2e83"), ("#1d1d28", "#f5f3f8"), ("#4b2e83", "#f5f3f8"), ("#1d1d28", "#fff3c4")]
    assert [pair for pair in pairs if contrast(*pair) < 7] == []


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.django_db
def test_production_hands_out_only_what_people_have_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", False)
    assert list(languages_on_paper()) == ["en-gb"]
    browser = client_for(asha())
    assert "Arabic" not in browser.get("/staff/our-centre/print/").content.decode()
    assert browser.get("/staff/our-centre/print/card/ar.pdf").status_code == 404


@pytest.mark.django_db
def test_a_demonstration_shows_drafts_as_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", True)
    browser = client_for(asha())
    shown = browser.get("/staff/our-centre/print/").content.decode()
    assert "Arabic" in shown
    assert "please do not hand it out" in shown
    made = browser.get("/staff/our-centre/print/form/ar.pdf")
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert browser.get("/staff/our-centre/print/leaflet/ar.pdf").status_code == 404


@pytest.mark.django_db
def test_what_does_not_fit_is_said_in_plain_words() -> None:
    here = centre()
    here.opening_hours = "Monday to Friday 9am to 5pm, and by telephone at other times. ".ljust(200, "y")
    here.address = "The Old Schoolhouse behind the market hall, second door on the left, " * 2
    here.save()
    Organisation.objects.filter(pk=here.organisation_id).update(name="The Friends of Quillfeather " * 4)
    answer = client_for(asha()).get("/staff/our-centre/print/card/en-gb.pdf", follow=True)
    assert answer["Content-Type"].startswith("text/html")
    assert "There is too much to stand on “Cards for a pocket”" in answer.content.decode()
