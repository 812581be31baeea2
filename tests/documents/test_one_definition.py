"""One definition gives the same words and numbers on screen and on paper."""

import io
import re
from html.parser import HTMLParser
from time import perf_counter

import pypdf
import pytest

from documents import html, pdf
from documents.definition import (
    Figure,
    Heading,
    Link,
    MissingAlt,
    Paragraph,
    RaggedTable,
    Table,
    UnsafeLink,
    cell_text,
)
from tests.documents.samples import BARS, figure, report, strands, whole_report

HOSTILE = [
    "#image(\"/etc/passwd\") #panic(1)",
    "$ x^2 $ *not bold* _not italic_ `raw` <label> @reference",
    "<script>alert(1)</script>",
    "</svg><style>@import url(//evil.example/x.css)</style>",
    "\"><img src=x onerror=alert(1)>",
    "'quoted' \"twice\" & ampersand \\ backslash // comment /* block */",
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
    "x" * 400,
]  # fmt: skip


class Words(HTMLParser):
    """Gathers what a reader of the page sees, and every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def __str__(self) -> str:
        return plain(" ".join(self.text))


def plain(text: str) -> str:
    """The text without spaces, line breaks and invisible break marks, which media set differently."""
    return re.sub(r"[\s\u200b]", "", text)


def on_screen(document) -> Words:
    return Words(html.body(document))


def on_paper(document) -> str:
    return plain("".join(page.extract_text() for page in reader(document).pages))


def reader(document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.render(document)))


def every_row(document) -> list[str]:
    tables = [block.table if isinstance(block, Figure) else block for block in document.walk()]
    return [
        plain("".join(cell_text(cell) for cell in row))
        for table in tables
        if isinstance(table, Table)
        for row in table.rows
    ]


def test_a_row_reads_the_same_on_screen_and_on_paper():
    document = report(Heading("Strands"), strands(("Age", 5, 6)), figure())
    screen, paper = str(on_screen(document)), on_paper(document)
    rows = every_row(document)
    assert len(rows) == 7
    for row in rows:
        assert row in screen
        assert row in paper


def test_every_word_of_the_report_is_in_both_media():
    document = whole_report()
    screen, paper = str(on_screen(document)), on_paper(document)
    for words in (
        document.title, document.subtitle, document.period, document.status_line, document.notice,
        "22 November 2026", "1,283", "Off track", "You are asked to decide", "C2 Offer the workshop pack", "Slipping",
        "35% of 44%", "Overdue", "12.5%", "Finding number 5", "Source: reports received.", "Every figure counts",
    ):  # fmt: skip
        assert plain(words) in screen, words
        assert plain(words) in paper, words


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_appear_as_they_are_and_do_nothing(text: str):
    document = report(
        Heading(text), Paragraph(text), strands((text, 1, 2)), figure(sentence=text, alt=text), title=text
    )
    screen = on_screen(document)
    assert str(screen).count(plain(text)) >= 5
    assert not {tag for tag, _ in screen.tags} & {"script", "style", "img", "label"}
    assert all(not name.startswith("on") and name != "style" for _, attrs in screen.tags for name in attrs)
    assert on_paper(document).count(plain(text)) >= 4


def test_a_direction_override_cannot_turn_the_words_after_it():
    document = report(Paragraph("before \u202e after"), Paragraph("Next paragraph"))
    page = html.body(document)
    assert "<bdi>before \u202e after</bdi>" in page
    assert plain("Next paragraph") in on_paper(document)


def test_control_characters_are_left_out_and_unknown_letters_are_marked_on_paper_only():
    document = report(Paragraph("a\x00b\x07c \ufeffd \ud800e"), Paragraph("中文 \U0001f600 žluť"))
    assert plain("abc de") in str(on_screen(document))
    assert "中文" in str(on_screen(document))
    paper = on_paper(document)
    assert plain("abc de") in paper
    assert "žluť" in paper
    assert pdf.MISSING in paper


def test_the_pdf_says_what_an_accessible_pdf_must_say():
    document = whole_report()
    made = reader(document)
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
    assert document.title in xmp
    assert made.metadata.title == document.title


def test_every_chart_in_the_pdf_has_its_alternative_text():
    found = list(elements(reader(whole_report()).trailer["/Root"]["/StructTreeRoot"]))
    alts = [element["/Alt"] for element in found if element.get("/S") == "/Figure"]
    assert alts == ["Bars: race 183, religion 61."] * 5
    headers = [element for element in found if element.get("/S") == "/TH"]
    assert len(headers) >= 6 * 3


def elements(node):
    node = node.get_object()
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, dict) and "/S" in inner:
            yield from elements(inner)


def test_every_page_says_which_page_it_is_and_what_state_the_report_is_in():
    made = reader(whole_report())
    count = len(made.pages)
    assert count >= 3
    for number, page in enumerate(made.pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {count}" in text
        assert "not for publication" in text


def test_a_table_over_two_pages_repeats_its_head():
    document = report(strands(*((f"Row {number}", number, number) for number in range(70))))
    pages = [page.extract_text() for page in reader(document).pages]
    assert len(pages) >= 2
    assert all("This quarter" in page for page in pages)


def test_the_same_document_gives_the_same_pdf():
    assert pdf.render(whole_report()) == pdf.render(whole_report())


def test_a_long_report_is_set_in_under_a_second():
    many = report(Heading("Evidence"), *(figure(f"Finding {number}") for number in range(8)))
    pdf.render(many)
    start = perf_counter()
    pdf.render(many)
    assert perf_counter() - start < 1


def test_a_figure_without_words_for_its_chart_is_refused():
    with pytest.raises(MissingAlt, match="Race is named"):
        figure(alt="  ")
    with pytest.raises(MissingAlt):
        figure(sentence="")


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(RaggedTable, match="2 cells under 3 columns"):
        strands(("Race", 1))


@pytest.mark.parametrize(
    "path", ["javascript:alert(1)", "//evil.example/", "/\\evil.example", "https://evil.example"]
)
def test_a_link_leads_to_this_service_only(path: str):
    with pytest.raises(UnsafeLink):
        Link("Look", path)


def test_headings_never_skip_a_level_on_paper():
    document = report(Heading("Deep at once", 4), Paragraph("x"), Heading("Deeper", 6), figure(chart=BARS))
    assert plain("Deeper") in on_paper(document)


def test_ids_on_the_page_are_unique():
    ids = [attrs["id"] for _, attrs in on_screen(whole_report()).tags if attrs.get("id")]
    assert len(ids) > 20
    assert len(ids) == len(set(ids))


def test_each_figure_keeps_its_table_behind_show_the_table():
    page = html.body(whole_report())
    assert page.count("<details") == 5
    assert page.count("Show the table") == 5
