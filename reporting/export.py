"""What was told, as rows that another system can read, and as a copy for the person: JSON, PDF and plain text.

The JSON has a schema with a version. A row says which question it was (its id never changes), in which words it was
asked, what was answered (a code, codes, a text or an ISO date), and the same in words.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.definition import Block, Document, Heading, Paragraph
from documents.pdf import render
from reporting.journey.question import TOLD_AT_A_CENTRE, Answers, chosen
from reporting.journey.summary import told
from reporting.models import Addition, EqualityAnswers, Report, Suspect
from reporting.recorded import recorded_by_a_centre
from reporting.strands import ReporterRole

SCHEMA = "llr-report/1"


@dataclass(frozen=True)
class Row:
    """One question and its answer. `page` is the name of where it was asked."""

    id: str
    page: str
    question: str
    answer: str | list[str]
    in_words: str


def rows(answers: Answers) -> Iterator[Row]:
    """Everything that was answered, in the order of the journey and in the active language."""
    for each in told(answers):
        value = answers[each.question.id]
        answer = chosen(answers, each.question.id) if isinstance(value, (list, tuple)) else str(value)
        yield Row(each.question.id, each.page.name, str(each.asked), answer, str(each.answer))


def rows_said_later(first: Answers, added: Answers) -> list[Row]:
    """What was added after sending: asked and worded as it would have been then."""
    found = [row for row in rows({**first, **added}) if row.id in added]
    known = {row.id for row in found}
    others = [
        name for name, value in added.items() if name not in {*known, "page"} and isinstance(value, str)
    ]
    return found + [Row(name, "", _("More that you told us"), added[name], added[name]) for name in others]


@dataclass(frozen=True)
class Copy:
    """All that a person told us in one report: at first, and later, each with its day."""

    reference: str
    received_on: date
    rows: list[Row]
    later: list[tuple[date, list[Row]]]

    @classmethod
    def of(cls, report: Report) -> "Copy":
        """The copy for the person themselves, what stands apart included. Ask in the scope of their own code; raises
        ReportErased."""
        first = everything_told(report, **_apart(report))
        return cls(
            report.reference,
            timezone.localdate(report.received_at),
            list(rows(first)),
            [
                (timezone.localdate(each.said_at), rows_said_later(first, each.said()))
                for each in Addition.objects.filter(report=report).order_by("said_at", "id")
            ],
        )

    def parts(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows under a line that says when they were told."""
        yield _told_on(self.received_on), self.rows
        for day, said in self.later:
            if said:
                yield _told_on(day), said


def _apart(report: Report) -> dict[str, Answers]:
    found: dict[str, Answers] = {"centre": recorded_by_a_centre(report)}
    for equality in EqualityAnswers.objects.filter(report=report):
        found["equality"] = equality.told()
    for suspect in Suspect.objects.filter(report=report):
        found[f"suspect {suspect.pk}"] = suspect.told()
    return found


def everything_told(report: Report, **apart: Answers) -> dict[str, Any]:
    """All answers that a report holds, as they were in the draft; `apart`: what stands beside it. Ask in a scope that
    sees the report; raises ReportErased."""
    answers = {**report.told(), **report.contact_details(), **_bars(report)}
    if words := report.unseal("words"):
        answers["Q07"] = words
    for part in apart.values():
        answers |= part
    if report.reporter_role == ReporterRole.CENTRE:
        answers[TOLD_AT_A_CENTRE] = "centre"
    return answers


def _bars(report: Report) -> dict[str, Any]:
    bars = list(report.bars.select_related("organisation").order_by("pk"))
    if not bars:
        return {}
    persons = [text for bar in bars if bar.organisation is None and (text := bar.unseal("person"))]
    return {
        "Q24_bar": "yes",
        "Q24_bar_org": [bar.organisation.code for bar in bars if bar.organisation is not None],
        "Q24_bar_person": "\n".join(persons),
    }


def as_data(copy: Copy) -> dict[str, Any]:
    """A report for another system."""
    return {
        "schema": SCHEMA,
        "reference": copy.reference,
        "received_on": copy.received_on.isoformat(),
        "language": get_language(),
        "answers": [asdict(row) for row in copy.rows],
        "said_later": [
            {"said_on": day.isoformat(), "answers": [asdict(row) for row in said]} for day, said in copy.later
        ],
    }


def as_json(copy: Copy) -> bytes:
    """`as_data` as a file."""
    return json.dumps(as_data(copy), ensure_ascii=False, indent=1).encode()


def as_text(copy: Copy) -> bytes:
    """A copy that any device opens, with a mark at its beginning so that all of them know its letters."""
    lines = [copy.reference, ""]
    for told_on, said in copy.parts():
        lines += [told_on, ""]
        for row in said:
            lines += [row.question, *(f"    {line}" for line in row.in_words.splitlines()), ""]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def as_pdf(copy: Copy, *, today: date) -> bytes:
    """A copy to print; raises documents.pdf.NotPrintable."""
    blocks: list[Block] = []
    for told_on, said in copy.parts():
        blocks.append(Heading(told_on, 2))
        for row in said:
            lines = [line for line in row.in_words.splitlines() if line.strip()]
            blocks += [Heading(row.question, 3), *(Paragraph(line) for line in lines)]
    return render(
        Document(
            title=_("A copy"),
            subtitle=copy.reference,
            period="",
            prepared_on=today,
            status_line=_("Only for you"),
            blocks=tuple(blocks),
        )
    )


def _told_on(day: date) -> str:
    return _("You told us on %(day)s.") % {"day": date_format(day, "j F Y")}
