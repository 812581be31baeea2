"""Charts: still pictures that a strict page may hold, drawn once for each content."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
import vl_convert

from documents import svg
from documents.charts import Bar, BarChart, RagChart, RagRow, Tile, TileMap
from documents.palette import PLUM, PLUM_STEPS
from documents.vega import specification
from documents.vega_look import NARROW, WIDE
from tests.documents.samples import BARS, CHARTS, RAGS, TILES, TRAJECTORY, TREND

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart, width=WIDE):
    return ElementTree.fromstring(
        svg.inline(chart, width=width, key="figure-1", title="A finding", alt="In words")
    )


def said(root):
    return {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_holds_nothing_that_a_strict_page_forbids(chart, width):
    root = drawn(chart, width)
    for element in root.iter():
        assert element.tag not in {
            f"{SVG}script",
            f"{SVG}style",
            f"{SVG}foreignObject",
            f"{SVG}a",
            f"{SVG}image",
        }
        assert not [
            name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name
        ]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_is_one_image_with_a_title_and_a_description(chart):
    root = drawn(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "figure-1-title figure-1-description"
    assert root.find(f"{SVG}title").text == "A finding"
    assert root.find(f"{SVG}desc").text == "In words"
    assert not [element for element in root.iter() if element is not root and "role" in element.attrib]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_fits_its_width_with_text_of_at_least_thirteen_pixels(chart, width):
    root = drawn(chart, width)
    assert "width" not in root.attrib
    assert abs(float(root.get("viewBox").split()[2]) - width) <= 6
    sizes = [float(text.get("font-size").removesuffix("px")) for text in root.iter(f"{SVG}text")]
    assert min(sizes) >= 13


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_is_set_in_the_vendored_font(chart):
    families = {text.get("font-family") for text in drawn(chart).iter(f"{SVG}text")}
    assert families == {"Atkinson Hyperlegible"}


def test_bars_start_at_zero_and_keep_the_order_given():
    bars = BarChart((Bar("Small", 10), Bar("Large", 1000), Bar("Middle", 500)), "Reports")
    spec = specification(bars, WIDE)
    assert spec["encoding"]["x"]["scale"]["domain"][0] == 0
    assert [row["label"] for row in spec["data"]["values"]] == ["Small", "Large", "Middle"]
    assert {"10", "1,000", "500"} <= said(drawn(bars))


def test_a_trend_starts_at_zero():
    line = next(layer for layer in specification(TREND, WIDE)["layer"] if layer["mark"]["type"] == "line")
    assert line["encoding"]["y"]["scale"]["domain"][0] == 0


def test_reports_received_are_plum_whether_they_rise_or_fall():
    rise, fall = BarChart((Bar("Race", 90, 10),), "Reports"), BarChart((Bar("Race", 10, 90),), "Reports")
    assert {
        row["colour"] for chart in (rise, fall) for row in specification(chart, WIDE)["data"]["values"]
    } == {PLUM}


def test_a_withheld_count_leaves_no_trace_of_its_size():
    hidden = BarChart((Bar("Race", 90, 80), Bar("Religion", None, 3)), "Reports", "last year")
    row = specification(hidden, WIDE)["data"]["values"][1]
    assert (row["value"], row["shown"], row["before"], row["label_from"]) == (0, "withheld", None, 0)
    assert "withheld" in said(drawn(TILES))


def test_each_action_has_its_own_mark_and_each_state_its_word():
    spec = specification(RAGS, WIDE)
    marks = spec["layer"][0]["data"]["values"]
    assert len(marks) == 2 + 4
    assert len({(mark["shape"], mark["stroke"]) for mark in marks}) == 2
    assert {"On track", "Off track", "Raising awareness"} <= said(drawn(RAGS))


def test_forty_actions_still_fit_a_phone():
    many = RagChart((RagRow("Everything", (("green", 25), ("not_started", 15))),), (("green", "On track"),))
    assert max(mark["x"] for mark in specification(many, NARROW)["layer"][0]["data"]["values"]) < NARROW


def test_the_darkest_tile_is_the_highest_count():
    tiles = TileMap((Tile("Melton", 1, 0, 0), Tile("Leicester", 100, 0, 1)), "reports")
    boxes = specification(tiles, WIDE)["layer"][0]["data"]["values"]
    assert [box["fill"] for box in boxes] == [PLUM_STEPS[0][0], PLUM_STEPS[3][0]]


def test_an_empty_quarter_still_draws():
    nothing = BarChart((Bar("Race", 0), Bar("Religion", 0)), "Reports")
    assert "0" in said(drawn(nothing))
    assert drawn(replace(TRAJECTORY, actual=())) is not None


def test_a_label_from_outside_is_text_and_not_markup():
    evil = "</text><script>alert(1)</script> \x07 datum.value; ${1}"
    chart = BarChart((Bar(evil, 5),), evil)
    assert any("alert(1)" in words for words in said(drawn(chart)))
    assert not list(drawn(chart).iter(f"{SVG}script"))


def test_a_chart_is_drawn_once_for_its_content(monkeypatch):
    drawn_texts = []

    def counting(text, **options):
        drawn_texts.append(text)
        return '<svg viewBox="0 0 1 1"></svg>'

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", counting)
    first = replace(BARS, unit="counted once")
    same = replace(BARS, unit="counted once")
    other = replace(BARS, unit="counted twice")
    assert svg.drawing(first) == svg.drawing(same)
    svg.drawing(other)
    assert len(drawn_texts) == 2


def test_processes_share_what_one_has_drawn(monkeypatch):
    first = svg.drawing(replace(BARS, unit="shared"))
    svg._drawn.cache_clear()
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda text: pytest.fail("drawn again"))
    assert svg.drawing(replace(BARS, unit="shared")) == first
