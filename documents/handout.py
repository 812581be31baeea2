"""What is printed to hang up or to hand over, as a PDF that screen readers can read (PDF/UA-1): a poster on A4, and
cards, several to a sheet, with marks to cut along.

What they say comes from whoever calls; here is only how it looks on paper. Words that are longer than usual are set
smaller, down to what can still be read.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from documents.pdf import STANDARD, NotPrintable, _compiler, _printable
from documents.qr import qr_svg

LAYOUTS = Path(__file__).parent / "typst"
# On each card of a sheet whose words nobody has checked.
DRAFT = "Draft"


@dataclass(frozen=True)
class Place:
    """Where somebody can go. Its own words stand as they are, in their own direction."""

    heading: str
    name: str
    address: str
    hours: str
    phone: str = ""


@dataclass(frozen=True)
class Scan:
    """An address of the web: as a QR code of the whole `link`, and as `address`, short enough to be typed."""

    heading: str
    how: str
    link: str
    address: str
    alt: str


@dataclass(frozen=True)
class FillIn:
    """A label with lines to write on by hand."""

    label: str
    lines: int = 1


@dataclass(frozen=True)
class Handout:
    """What a poster and a card have in common. `title` stands in the file's own particulars: it says nothing of what
    it is about. `draft` says to who prints it, and then in its own language,
    that nobody has checked it."""

    title: str
    place: Place
    scan: Scan
    danger: Sequence[str]
    made_on: date
    language: str = "en-GB"
    right_to_left: bool = False
    draft: Sequence[str] = ()


@dataclass(frozen=True)
class Poster(Handout):
    """A4, to be read from across a room."""

    heading: str = ""
    lead: str = ""
    points: Sequence[str] = ()
    footer: str = ""
    # SVG, as decoration: the words say the same.
    picture: str = ""


@dataclass(frozen=True)
class Cards(Handout):
    """The same card as often as it fits on A4. One with lines to write on has them instead of the place."""

    heading: str = ""
    text: Sequence[str] = ()
    to_fill_in: Sequence[FillIn] = ()
    width_mm: int = 85
    height_mm: int = 55


def render_poster(poster: Poster) -> bytes:
    """The poster's PDF, one page; the same poster gives the same bytes. Raises NotPrintable."""
    return _render("poster.typ", poster)


def render_cards(cards: Cards) -> bytes:
    """A sheet of cards, one page; the same card gives the same bytes. Raises NotPrintable."""
    return _render("cards.typ", cards)


def _render(layout: str, handout: Handout) -> bytes:
    language, _, region = handout.language.partition("-")
    data: dict[str, Any] = asdict(handout) | {
        "made_on": "",
        "draft_mark": DRAFT,
        "lang": language,
        "region": region.upper() or None,
        "qr": qr_svg(handout.scan.link),
    }
    inputs = {"handout": json.dumps(_printable(json.loads(json.dumps(data))))}
    made = datetime.combine(handout.made_on, time(), UTC)
    try:
        pdf = _compiler((LAYOUTS / layout).read_bytes()).compile(
            sys_inputs=inputs, format="pdf", pdf_standards=[STANDARD], timestamp=made
        )
    except typst.TypstError as error:
        raise NotPrintable(error.message) from error
    assert isinstance(pdf, bytes)
    return pdf
