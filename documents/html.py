"""A document as the accessible body of a staff page, in the GOV.UK Design System's classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatchmethod
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents.definition import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Link,
    PageBreak,
    Paragraph,
    Rag,
    Table,
    Together,
    Words,
    cell_text,
)
from documents.palette import MARKS
from documents.svg import inline
from documents.vega_look import NARROW, WIDE
from documents.words import carried, runs_leftwards


@dataclass(frozen=True)
class ShownCell:
    """A cell with what a template needs to know of it."""

    text: str
    kind: str
    numeric: bool = False
    heads_row: bool = False
    path: str = ""
    mark: SafeString = SafeString("")
    reason: str = ""
    column: str = ""


def body(document: Document) -> SafeString:
    """Everything between the page's header and footer: title, state, notice and all blocks."""
    context = {"document": document, "blocks": rendered(document.blocks)}
    return render_to_string("documents/document.html", context)


def rendered(blocks: tuple[Block, ...], *, first_figure: int = 1) -> list[SafeString]:
    """Each block as HTML; a page that lays blocks out itself asks for them one by one."""
    return list(_Renderer(first_figure).all(blocks))


class _Renderer:
    """Walks the blocks in order, knowing the heading level it stands under and the next figure's number."""

    def __init__(self, first_figure: int) -> None:
        self.figure = first_figure
        self.level = 2

    def all(self, blocks: tuple[Block, ...]) -> Iterator[SafeString]:
        shown = [block for block in blocks if not isinstance(block, PageBreak)]
        for is_figure, run in groupby(shown, key=lambda block: isinstance(block, Figure)):
            parts = [self.one(block) for block in run]
            # Figures that follow each other stand side by side where the page is wide enough.
            yield from [_template("figures", figures=parts)] if is_figure and len(parts) > 1 else parts

    @singledispatchmethod
    def one(self, block: Any) -> SafeString:
        raise TypeError(f"no page form is known for {type(block).__name__}")

    @one.register
    def _(self, block: Heading) -> SafeString:
        self.level = block.level
        size = {2: "l", 3: "m"}.get(block.level, "s")
        return _template("heading", text=carried(block.text), level=block.level, size=size, key=block.key)

    @one.register
    def _(self, block: Paragraph) -> SafeString:
        return _template("paragraph", text=carried(block.text), leftwards=runs_leftwards(block.text))

    @one.register
    def _(self, block: Bullets) -> SafeString:
        return _template("bullets", items=_words(block.items))

    @one.register
    def _(self, block: Callout) -> SafeString:
        return _template(
            "callout",
            title=carried(block.title),
            text=carried(block.text),
            items=_words(block.items),
            level=3,
        )

    @one.register
    def _(self, block: KeyFigures) -> SafeString:
        items = [
            {"cell": _cell(item.value, Column("")), "label": carried(item.label), "note": carried(item.note)}
            for item in block.items
        ]
        return _template("key_figures", items=items)

    @one.register
    def _(self, block: Table) -> SafeString:
        return _template("table", **_table(block))

    @one.register
    def _(self, block: Figure) -> SafeString:
        key = f"figure-{self.figure}"
        self.figure += 1
        speech = {"title": block.sentence, "alt": block.alt}
        return _template(
            "figure",
            key=key,
            figure=block,
            sentence=carried(block.sentence),
            level=min(self.level + 1, 6),
            wide=mark_safe(inline(block.chart, width=WIDE, key=f"{key}-wide", **speech)),
            narrow=mark_safe(inline(block.chart, width=NARROW, key=f"{key}-narrow", **speech)),
            table=_table(block.table),
        )

    @one.register
    def _(self, block: Together) -> SafeString:
        return _template("together", blocks=list(self.all(block.blocks)))


def rag_mark(kind: str) -> SafeString:
    """The state's shape as a small inline SVG, hidden from screen readers: the word beside it speaks."""
    look = MARKS[kind]
    fill = look.colour if look.filled else "none"
    return mark_safe(
        '<svg class="documents-mark" xmlns="http://www.w3.org/2000/svg" viewBox="-1.2 -1.2 2.4 2.4" '
        'aria-hidden="true" focusable="false">'
        f'<path d="{look.path}" fill="{fill}" stroke="{look.colour}" stroke-width="0.3"/></svg>'
    )


def _template(name: str, **context: Any) -> SafeString:
    return render_to_string(f"documents/blocks/{name}.html", context)


def _words(items: tuple[Words, ...]) -> list[ShownCell]:
    return [_cell(item, Column("")) for item in items]


def _table(table: Table) -> dict[str, Any]:
    rows = [
        [
            _cell(cell, column, heads_row=table.row_header and place == 0)
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        ]
        for row in table.rows
    ]
    return {
        "caption": carried(table.caption),
        "columns": table.columns,
        "rows": rows,
        "note": carried(table.note),
    }


def _cell(cell: Cell, column: Column, *, heads_row: bool = False) -> ShownCell:
    return ShownCell(
        text=carried(cell_text(cell)),
        kind=type(cell).__name__.lower(),
        numeric=column.numeric,
        heads_row=heads_row,
        path=cell.path if isinstance(cell, Link) else "",
        mark=rag_mark(cell.kind.value) if isinstance(cell, Rag) else SafeString(""),
        reason=carried(cell.reason) if isinstance(cell, Rag) else "",
        column=column.heading,
    )
