"""A report as a Word file says the same as on screen, and can be read aloud."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from documents.definition import Figure, Heading, Paragraph, Table, cell_text
from documents.word import as_docx
from tests.documents.samples import report, strands, whole_report
from tests.documents.test_one_definition import HOSTILE


def opened(document, **options):
    return docx.Document(io.BytesIO(as_docx(document, **options)))


def words(word) -> str:
    return "\n".join(text.text or "" for text in word.element.body.iter(qn("w:t")))


def test_every_table_has_the_same_cells_as_on_screen():
    document = whole_report()
    tables = [block.table if isinstance(block, Figure) else block for block in document.walk()]
    wanted = [
        [[cell_text(cell) for cell in row] for row in table.rows]
        for table in tables
        if isinstance(table, Table)
    ]
    made = [
        [[cell.text for cell in row.cells] for row in table.rows[1:]] for table in opened(document).tables
    ]
    assert len(made) == len(wanted) == 6
    # A state has its shape before its word, and the reason behind.
    assert made[0][0][1] == "▲ Slipping (35% of 44%)"
    made[0][0][1], made[0][1][1] = "Slipping", "Overdue"
    assert made == wanted


def test_the_words_of_every_block_are_there():
    said = words(opened(whole_report()))
    for text in ("Performance report", "22 November 2026", "1,283", "You are asked to decide", "Pay for the training",
                 "Finding number 5", "Source: reports received.", "Every figure counts"):  # fmt: skip
        assert text in said, text


def test_heads_of_tables_repeat_on_each_page_and_rows_stay_whole():
    for table in opened(whole_report()).tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_every_chart_has_words_and_the_file_its_language_and_notice():
    word = opened(whole_report())
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == [
        "Bars: race 183, religion 61."
    ] * 5
    assert {said.get(qn("w:val")) for said in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert word.core_properties.language == "en-GB"
    assert "Invented demonstration data" in word.sections[0].header.paragraphs[0].text
    assert "not for publication" in word.sections[0].footer.paragraphs[0].text


def test_headings_never_skip_a_level():
    word = opened(report(Heading("Deep at once", 4), Paragraph("x"), Heading("Deeper", 6)))
    assert [each.style.name for each in word.paragraphs if each.style.name.startswith(("Title", "Heading"))] == [
        "Title", "Heading 1", "Heading 2",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [*HOSTILE, "a\x00b\ud800c"])
def test_hostile_words_appear_as_they_are(text: str):
    word = opened(report(Heading(text), Paragraph(text), strands((text, 1, 2)), title=text))
    plain = re.sub("[\x00\ud800]", "", text)
    assert word.tables[0].rows[-1].cells[0].text == plain
    assert words(word).count(plain) >= 4


def test_a_wide_table_gets_the_long_side():
    page = opened(whole_report(), landscape=True).sections[0]
    assert page.page_width > page.page_height


def test_the_same_document_gives_the_same_bytes():
    assert as_docx(whole_report()) == as_docx(whole_report())
