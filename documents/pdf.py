"""A document as a PDF that screen readers can read (PDF/UA-1), set by Typst from one layout."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import cache, lru_cache, singledispatchmethod
from pathlib import Path
from typing import Any, Final

import typst

from documents.charts import TileMap
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
    Withheld,
    cell_text,
)
from documents.html import rag_mark
from documents.svg import FONTS, drawing
from documents.words import carried, runs_leftwards

LAYOUT = Path(__file__).parent / "typst" / "document.typ"
STANDARD: Final = "ua-1"
# Stands for a letter that none of the fonts on paper has; the page on screen shows the letter.
MISSING = "□"
# What stands above or below a letter is asked for on a letter of its own script.
CARRIERS = {"ARABIC": "ب", "GUJARATI": "ક", "GURMUKHI": "ਕ"}
# A row taller than this many letters may cross a page; every other row stays whole.
_TALL_CELL = 1500
_BEYOND_LATIN = re.compile("[^\n\t\x20-\x7e\xa0-\xff–—‘’“”•…]")


class NotPrintable(RuntimeError):
    """The document could not be set as an accessible PDF; the message is the typesetter's own."""


def render(document: Document) -> bytes:
    """The document's PDF; the same document gives the same bytes."""
    data = json.dumps(_printable(_Setter().document(document)))
    made = datetime.combine(document.prepared_on, time(), UTC)
    try:
        pdf = _compiler(LAYOUT.read_bytes()).compile(
            sys_inputs={"document": data}, format="pdf", pdf_standards=[STANDARD], timestamp=made
        )
    except typst.TypstError as error:
        raise NotPrintable(error.message) from error
    assert isinstance(pdf, bytes)
    return pdf


def _compiler(layout: bytes) -> typst.Compiler:
    return typst.Compiler(layout, root=str(LAYOUT.parent), font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


class _Setter:
    """Turns blocks into plain data for the layout; headings never skip a level on paper."""

    def __init__(self) -> None:
        self.level = 0

    def document(self, document: Document) -> dict[str, Any]:
        language, _, region = document.language.partition("-")
        return {
            "title": document.title,
            "subtitle": document.subtitle,
            "period": document.period,
            "prepared_on": f"{document.prepared_on.day} {document.prepared_on:%B %Y}",
            "status_line": document.status_line,
            "notice": document.notice,
            "author": document.author,
            "watermark": document.watermark,
            "lang": language,
            "region": region or None,
            "blocks": self.all(document.blocks),
        }

    def all(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self.one(block) for block in blocks]

    def _next_level(self, wanted: int) -> int:
        return max(1, min(wanted, self.level + 1))

    @singledispatchmethod
    def one(self, block: Any) -> dict[str, Any]:
        raise TypeError(f"no paper form is known for {type(block).__name__}")

    @one.register
    def _(self, block: Heading) -> dict[str, Any]:
        self.level = self._next_level(block.level - 1)
        return {"kind": "heading", "text": block.text, "level": self.level}

    @one.register
    def _(self, block: Paragraph) -> dict[str, Any]:
        return {"kind": "paragraph", "text": block.text, "leftwards": runs_leftwards(block.text)}

    @one.register
    def _(self, block: Bullets) -> dict[str, Any]:
        return {"kind": "bullets", "items": [str(item) for item in block.items]}

    @one.register
    def _(self, block: Callout) -> dict[str, Any]:
        return {
            "kind": "callout",
            "title": block.title,
            "text": block.text,
            "items": [str(item) for item in block.items],
        }

    @one.register
    def _(self, block: KeyFigures) -> dict[str, Any]:
        items = [{"cell": _cell(item.value), "label": item.label, "note": item.note} for item in block.items]
        return {"kind": "key_figures", "items": items}

    @one.register
    def _(self, block: Table) -> dict[str, Any]:
        return {"kind": "table", **_table(block)}

    @one.register
    def _(self, block: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "sentence": block.sentence,
            "level": self._next_level(self.level + 1),
            "svg": drawing(block.chart),
            "width": 0.85 if isinstance(block.chart, TileMap) else 1.0,
            "alt": block.alt,
            "source": block.source,
            "period": block.period,
            "table": _table(block.table),
        }

    @one.register
    def _(self, block: PageBreak) -> dict[str, Any]:
        return {"kind": "page_break"}

    @one.register
    def _(self, block: Together) -> dict[str, Any]:
        return {"kind": "together", "blocks": self.all(block.blocks)}


def _table(table: Table) -> dict[str, Any]:
    tallest = max((len(cell_text(cell)) for row in table.rows for cell in row), default=0)
    return {
        "caption": table.caption,
        "columns": [
            {"heading": column.heading, "numeric": column.numeric, "share": column.share}
            for column in table.columns
        ],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "row_header": table.row_header,
        "rows_break": tallest > _TALL_CELL,
        "note": table.note,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell_text(cell),
        "mark": rag_mark(cell.kind.value) if isinstance(cell, Rag) else "",
        "reason": cell.reason if isinstance(cell, Rag) else "",
        "withheld": isinstance(cell, Withheld),
    }


def _printable(data: Any) -> Any:
    """The same data with every text safe to set: forbidden characters gone, missing letters marked."""
    if isinstance(data, str):
        return _BEYOND_LATIN.sub(lambda found: found[0] if _has_letter(found[0]) else MISSING, carried(data))
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_printable(value) for value in data]
    return data


@lru_cache(maxsize=4096)
def _has_letter(letter: str) -> bool:
    """Whether our fonts can show this letter, asked of the typesetter itself."""
    probe = b'#set document(title: "probe")\n#set text(font: "Atkinson Hyperlegible")\n#sys.inputs.letter'
    carrier = CARRIERS.get(unicodedata.name(letter, "").partition(" ")[0], "a")
    asked = {"letter": f"{carrier}{letter}{carrier}"}
    try:
        _compiler(probe).compile(sys_inputs=asked, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True
