"""A document as a Word file that people go on working with: headings, repeated table heads, words for each chart."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, time
from functools import singledispatchmethod
from itertools import count
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from documents.definition import (
    Block,
    Bullets,
    Callout,
    Cell,
    Document,
    Figure,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Rag,
    Table,
    Together,
    Words,
    cell_text,
)
from documents.package import timeless
from documents.palette import MARKS, PLUM, QUIET, WASH
from documents.png import picture
from documents.words import carried, runs_leftwards

# A face that every machine has and that reads well on screen.
LETTERS = "Arial"
_LONG_SIDE, _SHORT_SIDE, _MARGIN = Mm(297), Mm(210), Mm(18)
VML = "urn:schemas-microsoft-com:vml"
WATERMARK = f"""<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="{VML}"
 xmlns:o="urn:schemas-microsoft-com:office:office"><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"
 adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="watermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" style="position:absolute;margin-left:0;
margin-top:0;width:600pt;height:22pt;rotation:310;z-index:-251658752;mso-position-horizontal:center;
mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page"
 fillcolor="#e4e0ec" stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string=""/>
</v:shape></w:pict>"""
# Word takes no longer facts about a file.
_LONGEST_FACT = 255
# The shapes of the states, as letters; the word stands beside each.
_SHAPES = {
    "complete": "✓",
    "green": "●",
    "amber": "▲",
    "red": "◆",
    "overdue": "▼",
    "not_started": "○",
    "on_hold": "‖",
    "ended": "–",
}


def as_docx(document: Document, *, landscape: bool = False) -> bytes:
    """The document as a .docx file; the same document gives the same bytes. `landscape` is for wide tables."""
    word = docx.Document()
    _set_up(word, document, landscape=landscape)
    _Writer(word).whole(document)
    made = io.BytesIO()
    word.save(made)
    return timeless(made.getvalue())


def _set_up(word: WordDocument, document: Document, *, landscape: bool) -> None:
    _letters(word, document.language)
    facts = word.core_properties
    facts.title, facts.author = _fact(document.title), _fact(document.author)
    facts.subject, facts.comments = _fact(document.period), _fact(document.notice)
    facts.language = document.language
    facts.created = facts.modified = datetime.combine(document.prepared_on, time())
    facts.last_modified_by, facts.revision = "", 1
    section = word.sections[0]
    sides = (_LONG_SIDE, _SHORT_SIDE) if landscape else (_SHORT_SIDE, _LONG_SIDE)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    _head_and_foot(section, document)


def _fact(text: str) -> str:
    return carried(text)[:_LONGEST_FACT]


def _letters(word: WordDocument, language: str) -> None:
    """One face for everything, and the language in which it is read aloud and spelt."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
        style = word.styles[name]
        font = style.font
        font.name = LETTERS
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            faces.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            font.color.rgb = RGBColor.from_string(PLUM.lstrip("#").upper())
    word.styles["Normal"].font.size = Pt(11)
    for said in word.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)


def _head_and_foot(section: Section, document: Document) -> None:
    head = section.header.paragraphs[0]
    head.add_run(carried(" · ".join(filter(None, [document.title, document.notice])))).font.size = Pt(9)
    if document.watermark:
        head.add_run()._r.append(_across(carried(document.watermark)))
    foot = section.footer.paragraphs[0]
    words = carried(f"{document.status_line}  Page ".lstrip())
    foot.add_run(words).font.size = Pt(9)
    _counted(foot, "PAGE")
    foot.add_run(" of ").font.size = Pt(9)
    _counted(foot, "NUMPAGES")


def _across(text: str) -> Any:
    """Words across every page, behind its text, as Word itself makes a watermark; read aloud it is left out."""
    picture = parse_xml(WATERMARK)
    next(picture.iter(f"{{{VML}}}textpath")).set("string", text)
    return picture


def _counted(paragraph: WordParagraph, what: str) -> None:
    """A number that Word itself counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    paragraph._p.append(field)
    # What stands there until it has counted.
    shown, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)


class _Writer:
    """Writes blocks in their order; headings never skip a level."""

    def __init__(self, word: WordDocument) -> None:
        self.word = word
        self.level = 0
        self.numbers = count(1)

    def whole(self, document: Document) -> None:
        self.word.add_heading(carried(document.title), 0)
        made = f"{document.prepared_on.day} {document.prepared_on:%B %Y}"
        for line in (document.subtitle, document.period, f"Prepared on {made}", document.notice):
            if line:
                self.word.add_paragraph(carried(line))
        self.all(document.blocks)

    def all(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.one(block)

    def heading(self, text: str, wanted: int) -> None:
        self.level = max(1, min(wanted, self.level + 1))
        self.word.add_heading(carried(text), self.level)

    @singledispatchmethod
    def one(self, block: Any) -> None:
        raise TypeError(f"no Word form is known for {type(block).__name__}")

    @one.register
    def _(self, block: Heading) -> None:
        self.heading(block.text, block.level - 1)

    @one.register
    def _(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph(carried(block.text))
        if runs_leftwards(block.text):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            for run in paragraph.runs:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))

    @one.register
    def _(self, block: Bullets) -> None:
        self.bullets(block.items)

    def bullets(self, items: Iterable[Words]) -> None:
        for item in items:
            self.word.add_paragraph(carried(str(item)), style="List Bullet")

    @one.register
    def _(self, block: Callout) -> None:
        for text, bold in ((block.title, True), (block.text, False)):
            if text:
                paragraph = self.word.add_paragraph()
                paragraph.add_run(carried(text)).bold = bold
                paragraph.paragraph_format.keep_with_next = bold
                _shaded(paragraph._p.get_or_add_pPr())
        self.bullets(block.items)

    @one.register
    def _(self, block: KeyFigures) -> None:
        for item in block.items:
            paragraph = self.word.add_paragraph()
            _say(paragraph, item.value, size=18, bold=True)
            paragraph.add_run(carried(f"  {item.label}"))
            if item.note:
                paragraph.add_run(carried(f" ({item.note})"))

    @one.register
    def _(self, block: Table) -> None:
        self.table(block)

    @one.register
    def _(self, block: Figure) -> None:
        before = self.level
        self.heading(block.sentence, self.level + 1)
        self.level = before
        paragraph = self.word.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(picture(block.chart)), width=self.room)
        about = shape._inline.docPr
        about.set("descr", carried(block.alt))
        about.set("name", f"Chart {next(self.numbers)}")
        self.word.add_paragraph(carried(f"Source: {block.source}. {block.period}."))
        self.table(block.table)

    @one.register
    def _(self, block: PageBreak) -> None:
        self.word.add_page_break()

    @one.register
    def _(self, block: Together) -> None:
        first = len(self.word.paragraphs)
        self.all(block.blocks)
        for paragraph in self.word.paragraphs[first:-1]:
            paragraph.paragraph_format.keep_with_next = True

    @property
    def room(self) -> Emu:
        section = self.word.sections[0]
        return Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))

    def table(self, table: Table) -> None:
        if table.caption:
            caption = self.word.add_paragraph(carried(table.caption), style="Caption")
            caption.paragraph_format.keep_with_next = True
        made = self.word.add_table(0, len(table.columns), style="Table Grid")
        _describe(made, table)
        widths = _widths(table, self.room)
        _row(made, [column.heading for column in table.columns], table, widths, heads=True)
        for row in table.rows:
            _row(made, row, table, widths)
        self.word.add_paragraph(carried(table.note))


def _describe(made: WordTable, table: Table) -> None:
    """What a screen reader is told of the table, and that its first row and column are its heads."""
    made.autofit = False
    properties = made._tbl.tblPr
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), carried(table.caption))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addnext(title)
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1" if table.row_header else "0")
    else:
        properties.append(title)


def _widths(table: Table, room: Emu) -> list[Emu]:
    whole = sum(column.share for column in table.columns) or 1
    return [Emu(int(room * column.share / whole)) for column in table.columns]


def _row(
    made: WordTable, cells: Iterable[Cell], table: Table, widths: list[Emu], *, heads: bool = False
) -> None:
    row = made.add_row()
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if heads:
        rules.append(OxmlElement("w:tblHeader"))
    # Asking a row for its cells walks the table anew each time: ask once.
    for place, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = widths[place]
        _fill(cell, content, bold=heads or (table.row_header and place == 0))
        if heads:
            _shaded(cell._tc.get_or_add_tcPr())
        if table.columns[place].numeric:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _fill(cell: WordCell, content: Cell, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    _say(paragraph, content, size=9.5, bold=bold)


def _say(paragraph: WordParagraph, content: Cell, *, size: float, bold: bool) -> None:
    """The cell's words; a state with its shape before and its reason behind."""
    if isinstance(content, Rag):
        shape = paragraph.add_run(f"{_SHAPES[content.kind.value]} ")
        shape.font.color.rgb = RGBColor.from_string(MARKS[content.kind.value].colour.lstrip("#").upper())
        shape.font.size = Pt(size)
    run = paragraph.add_run(carried(cell_text(content)))
    run.font.size, run.bold = Pt(size), bold
    if isinstance(content, Rag) and content.reason:
        reason = paragraph.add_run(carried(f" ({content.reason})"))
        reason.font.size = Pt(size)
        reason.font.color.rgb = RGBColor.from_string(QUIET.lstrip("#").upper())


def _shaded(properties: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", WASH.lstrip("#").upper())):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)
