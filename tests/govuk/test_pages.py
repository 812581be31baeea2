"""Base pages, error pages and components: neutral, without inline styles, and whole when something is broken."""

import re
from pathlib import Path

import brotli
import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import get_resolver

from govuk import handlers
from govuk.pictures import TILE_PLACES, placed_tiles, rag_look

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def shown(source: str, **context) -> str:
    return engines["django"].from_string("{% load govuk %}" + source).render(context)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_inline_style_or_script(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


def test_the_public_page_says_nothing_in_its_title():
    html = engines["django"].from_string('{% extends "base_public.html" %}').render({})
    assert "<title>Form</title>" in html
    assert 'class="govuk-template__body public"' in html
    assert "hate" not in html.lower()


def test_exit_is_on_every_public_page_and_leads_out_without_scripts():
    html = engines["django"].from_string('{% extends "base_public.html" %}').render({})
    assert '<a href="/leave/"' in html
    quiet = (
        engines["django"].from_string('{% extends "base_public.html" %}').render({"exit_this_page": False})
    )
    assert "/leave/" not in quiet


def test_demo_says_so():
    html = engines["django"].from_string('{% extends "base_public.html" %}').render({"demo": True})
    assert "Invented demonstration data" in html


@pytest.mark.parametrize(
    ("saved", "says"),
    [
        (True, "Your report was saved"),
        (False, "Your report was not sent"),
        (None, "If you have not seen a reference, your report was not sent"),
    ],
)
def test_the_page_for_a_broken_page_gives_numbers_and_says_whether_it_was_saved(saved, says):
    request = RequestFactory().get("/")
    request.report_saved = saved
    response = handlers.server_error(request)
    text = response.content.decode()
    assert response.status_code == 500
    assert says in text
    assert "tel:999" in text
    assert "tel:101" in text


def test_when_even_the_error_page_breaks_the_numbers_still_come(monkeypatch):
    def broken(name):
        raise OSError(name)

    monkeypatch.setattr("govuk.handlers.loader.get_template", broken)
    response = handlers.server_error(RequestFactory().get("/"))
    text = response.content.decode()
    assert response.status_code == 500
    assert "999" in text
    assert "101" in text


def test_forbidden_looks_like_missing():
    from_missing = handlers.missing(RequestFactory().get("/"))
    assert from_missing.status_code == 404
    assert get_resolver().resolve_error_handler(403) is get_resolver().resolve_error_handler(404)


@pytest.mark.parametrize("rating", ["green", "amber", "red", "grey", "complete", "ended"])
def test_progress_is_a_word_and_a_shape_before_it_is_a_colour(rating):
    html = shown("{% rag rating %}", rating=rating)
    assert rag_look(rating).word in html
    assert "<svg" in html


def test_no_two_ratings_share_a_shape():
    shapes = [rag_look(key).shape for key in ("green", "amber", "red", "grey", "complete", "ended")]
    assert len(set(shapes)) == 6


def test_an_unknown_rating_does_not_look_like_success():
    assert rag_look("purple").key == "grey"


def test_nine_districts_stand_where_they_lie():
    tiles = placed_tiles(
        [{"district": "Hinckley & Bosworth", "value": 3}, {"district": "Outside the area", "value": 1}]
    )
    assert [tile["name"] for tile in tiles[:9]] == [name for _slug, name in TILE_PLACES]
    assert tiles[3]["value"] == 3
    assert tiles[9]["name"] == "Outside the area"


def test_a_tile_with_none_a_tile_with_nought_and_a_tile_withheld_differ():
    html = shown(
        '{% tile_map tiles "Reports" %}',
        tiles=[{"district": "Melton", "value": 0}, {"district": "Blaby", "withheld": True, "value": 7}],
    )
    assert ">0<" in html
    assert "withheld" in html
    assert ">7<" not in html
    assert html.count("–") == 7


def test_pages_keep_the_filters_in_the_address():
    request = RequestFactory().get("/staff/queue/", {"state": "open", "page": "2"})
    page = Paginator(range(100), 25).page(2)
    source = "{% load govuk %}{% pagination page %}"
    html = engines["django"].from_string(source).render({"page": page}, request)
    assert "state=open&amp;page=3" in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_way_to_others():
    assert shown("{% pagination page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


def test_progress_of_nothing_is_not_a_division_by_nought():
    assert 'width="0.0"' in shown("{% progress 0 0 %}")


def test_a_persons_words_are_escaped_in_the_timeline():
    html = shown(
        "{% timeline events %}", events=[{"when": "today", "title": "<b>", "body": "<script>x</script>"}]
    )
    assert "<script>" not in html
    assert "&lt;b&gt;" in html
    assert "<p>&lt;script&gt;x&lt;/script&gt;</p>" in html


def test_the_first_page_is_light():
    html = engines["django"].from_string('{% extends "base_public.html" %}').render({})
    asked = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    fetched = set(asked) - {"favicon.ico"}  # only for browsers that cannot show the SVG
    assert len(fetched) == 5, "with the page itself: six requests"
    weights = {name: len(brotli.compress((ROOT / "static" / name).read_bytes())) for name in fetched}
    assert all(weight <= 14 * 1024 for weight in weights.values())
    assert sum(weights.values()) < 45 * 1024


def test_styles_name_no_foreign_host_and_no_missing_file():
    for sheet in ("public.css", "staff.css"):
        for target in re.findall(r"url\(\"?([^)\"]+)\"?\)", (ROOT / "static" / sheet).read_text()):
            assert (ROOT / "static" / target).is_file(), target
