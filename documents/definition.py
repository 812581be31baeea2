"""What a document says, once; `documents.html` and `documents.pdf` say how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from documents.charts import Chart


class MissingAlt(ValueError):
    """A figure must say in words what its chart shows."""


class RaggedTable(ValueError):
    """Every row of a table must have one cell for each column."""


class UnsafeLink(ValueError):
    """A document links only to pages of this service, by their path."""


class RagKind(StrEnum):
    """The states that a mark can show; each has its own word, shape and colour."""

    COMPLETE = "complete"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"
    NOT_STARTED = "not_started"
    ON_HOLD = "on_hold"
    ONGOING = "ongoing"
    DEFERRED = "deferred"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def word(self) -> str:
        """The word that stands beside the shape."""
        return _RAG_WORDS[self.value]


_RAG_WORDS = {
    "complete": "Complete",
    "green": "On track",
    "amber": "Slipping",
    "red": "Off track",
    "overdue": "Overdue",
    "not_started": "Not started",
    "on_hold": "On hold",
    "ongoing": "Ongoing",
    "deferred": "Deferred",
    "closed": "Closed",
    "ended": "Ended",
}


@dataclass(frozen=True)
class Number:
    """A number as a reader sees it: thousands apart, fixed decimals, its unit behind."""

    value: int | float | Decimal
    decimals: int = 0
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value:,.{self.decimals}f}{self.unit}"


@dataclass(frozen=True)
class Rag:
    """A state shown as word, shape and colour together."""

    kind: RagKind
    word: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return self.word or self.kind.word


@dataclass(frozen=True)
class Withheld:
    """A cell whose number is not shown, and not hinted at."""

    def __str__(self) -> str:
        return "withheld"


@dataclass(frozen=True)
class Link:
    """Words that lead to another page of this service; on paper only the words."""

    text: str
    path: str

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.startswith(("//", "/\\")):
            raise UnsafeLink(f"{self.path!r} is not a path of this service")

    def __str__(self) -> str:
        return self.text


Cell = str | int | Number | Rag | Withheld | Link | None
Words = str | Link


def cell_text(cell: Cell) -> str:
    """What the cell says in plain words, the same in every medium."""
    if cell is None:
        return "–"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@dataclass(frozen=True)
class Column:
    """A table's column; numbers are set to the right, `share` is its part of the width on paper."""

    heading: str
    numeric: bool = False
    share: float = 1.0


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 is the highest below the document's title."""

    text: str
    level: int = 2
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of short items."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Callout:
    """Something the reader must not miss: a title, a text, a few points."""

    title: str
    text: str = ""
    items: tuple[Words, ...] = ()


@dataclass(frozen=True)
class KeyFigure:
    """One number worth a large size, with what it counts and what it is compared with."""

    value: Cell
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """A row of at most four large numbers."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """Rows under headed columns; the first column heads its row unless told otherwise."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_header: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise RaggedTable(f"{self.caption!r}: {len(row)} cells under {len(self.columns)} columns")


@dataclass(frozen=True)
class Figure:
    """A finding: its sentence, its chart with words for who cannot see it, its table, source and period."""

    sentence: str
    chart: Chart
    table: Table
    source: str
    period: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip() or not self.sentence.strip():
            raise MissingAlt(f"the figure {self.sentence!r} needs a sentence and an alternative text")


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page of paper; on screen nothing."""


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page of paper."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Bullets | Callout | KeyFigures | Table | Figure | PageBreak | Together


@dataclass(frozen=True)
class Document:
    """A report: who it is for and how far it is signed off, then what it says."""

    title: str
    blocks: tuple[Block, ...]
    period: str
    prepared_on: date
    subtitle: str = ""
    status_line: str = ""
    notice: str = ""
    language: str = "en-GB"
    author: str = ""
    # Lies across every page of paper, such as “For Victim First only”; on screen nothing.
    watermark: str = ""

    def walk(self) -> Iterator[Block]:
        """Every block in reading order, those kept together one by one."""
        return _walk(self.blocks)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Together):
            yield from _walk(block.blocks)
        else:
            yield block
