"""A form to fill in by hand, as a PDF that screen readers can read (PDF/UA-1): questions, boxes to tick, lines.

What is asked comes from whoever calls; here is only how it looks on paper.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from documents.pdf import STANDARD, NotPrintable, _compiler, _printable

LAYOUT = Path(__file__).parent / "typst" / "form.typ"


@dataclass(frozen=True)
class Asked:
    """One question. `id` is printed beside it, so that whoever types it in finds its place.

    With `choices` there are boxes to tick; otherwise `lines` to write on, or the parts of a date.
    """

    id: str
    label: str
    hint: str = ""
    only_if: str = ""
    choices: Sequence[tuple[str, str]] = ()
    lines: int = 0
    is_date: bool = False


@dataclass(frozen=True)
class Part:
    """Questions under one heading; `notes` stand behind them, and `picture` (SVG) beside it, as decoration."""

    heading: str
    asked: Sequence[Asked]
    lead: str = ""
    only_if: str = ""
    picture: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class PaperForm:
    """The whole form. `title` stands in the file's own particulars too: it says nothing of what it is about.

    `in_large_print`: nothing on it is smaller than 16 pt. `for_staff` stands last and is in English, whatever the
    language of the form.
    """

    title: str
    heading: str
    intro: Sequence[str]
    warning: str
    parts: Sequence[Part]
    ending: Sequence[str]
    page_words: str
    date_words: Sequence[str]
    prepared_on: date
    language: str = "en-GB"
    right_to_left: bool = False
    in_large_print: bool = False
    for_staff: Part | None = None


def render_form(form: PaperForm) -> bytes:
    """The form's PDF; the same form gives the same bytes. Raises NotPrintable."""
    language, _, region = form.language.partition("-")
    data = {**asdict(form), "prepared_on": "", "lang": language, "region": region.upper() or None}
    inputs = {"form": json.dumps(_printable(json.loads(json.dumps(data))))}
    made = datetime.combine(form.prepared_on, time(), UTC)
    try:
        pdf = _compiler(LAYOUT.read_bytes()).compile(
            sys_inputs=inputs, format="pdf", pdf_standards=[STANDARD], timestamp=made
        )
    except typst.TypstError as error:
        raise NotPrintable(error.message) from error
    assert isinstance(pdf, bytes)
    return pdf
