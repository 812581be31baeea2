"""The contents of a pack or a hand-off as one document: as PDF, as Word and on screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework.pack_contents import Answer, Contents, File, SafeContact, Told
from documents.definition import Block, Callout, Column, Document, Heading, Paragraph, Table

WORDS_LEFT_OUT = (
    "Their own words are not in this pack, because they may name somebody else. "
    "Ask who leads the case if you need them."
)
FACTS = (Column("Question", share=2), Column("Answer", share=3))
DAYS = (Column("Day", share=1), Column("What was done", share=4))
FILES = (Column("File", share=1), Column("Came on", share=1), Column("SHA-256, and how it stands", share=3))
UNTESTED = (
    "Nobody has asked them about it. Do not contact them because of this pack, "
    "and do not let them know who told us."
)


@dataclass(frozen=True)
class Mark:
    """What stands on every page: whose it is, and that it is not to be copied."""

    name: str
    made_for: str
    made_by: str
    purpose: str
    made_on: date
    taken_by: str
    taken_on: date

    @property
    def line(self) -> str:
        """All of it."""
        return (
            f"For {self.made_for} only. {self.name}, made for {self.purpose} on {_day(self.made_on)} "
            f"by {self.made_by}; taken by {self.taken_by} on {_day(self.taken_on)}. Do not copy."
        )

    @property
    def across(self) -> str:
        """What lies across each page."""
        return f"For {self.made_for} only · {self.name} · do not copy"


def document(
    contents: Contents, mark: Mark, *, notes: tuple[str, ...] = (), without_words: bool = False
) -> Document:
    """The document; `notes` are said first, such as that it changed since it was made."""
    blocks: list[Block] = [Paragraph(note) for note in notes]
    blocks += [Heading("The case"), *_case(contents)]
    for number, report in enumerate(contents.reports, 1):
        title = "What was told" if len(contents.reports) == 1 else f"What was told: report {number}"
        blocks += [Heading(title), *_report(report, without_words=without_words)]
    if contents.done:
        rows = tuple((_day(timezone.localdate(each.at)), each.in_words) for each in contents.done)
        blocks += [Heading("What has been done"), Table("What has been done", DAYS, rows)]
    return Document(
        title=f"Case {contents.reference}",
        subtitle=mark.name,
        blocks=tuple(blocks),
        period=_period(contents, mark.taken_on),
        prepared_on=mark.taken_on,
        status_line=f"For {mark.made_for} only. Do not copy.",
        notice=mark.line,
        watermark=mark.across,
        author=contents.lead,
    )


def _period(contents: Contents, until: date) -> str:
    """From the first word that was told to the day on which it is read."""
    told = [timezone.localdate(report.received_at) for report in contents.reports]
    return f"{_day(min(told))} to {_day(until)}" if told else _day(until)


def _case(contents: Contents) -> Iterator[Block]:
    for report in contents.reports:
        yield _safe_contact(report.safe_contact)
    known = [contents.state, contents.recorded_as, contents.recorded_strands, *contents.risk]
    rows = (("Leads the case", contents.lead), *((each.question, each.in_words or None) for each in known))
    yield Table("How it stands", FACTS, rows)


def _safe_contact(plan: SafeContact) -> Callout:
    lines = tuple(f"{each.question} {_in_line(each.in_words)}" for each in (*plan.details, *plan.rules))
    return Callout("How to reach them safely", f"Contact: {plan.in_words}.", lines)


def _report(report: Told, *, without_words: bool) -> Iterator[Block]:
    received = timezone.localtime(report.received_at)
    facts = [
        Answer("", "Reference", report.reference, report.reference),
        Answer("", "Received", "", f"{received:%-d %B %Y, %H:%M}"),
        report.told_by,
        Answer("", "Language", "", report.language),
    ]
    yield _answers("The report", [*facts, *report.strands, *report.when, *report.where])
    if report.words:
        yield Heading("In their own words", 3)
        yield from _paragraphs(report.words.in_words)
    elif without_words:
        yield Paragraph(WORDS_LEFT_OUT)
    if report.more:
        yield Heading("What else they said", 3)
        yield _answers("Answers", report.more)
    for later in report.later:
        yield Heading(f"Said on {_day(timezone.localdate(later.said_at))}", 3)
        for each in later.answers:
            yield from _paragraphs(f"{each.question}: {each.in_words}")
    yield from _parts(report)


def _parts(report: Told) -> Iterator[Block]:
    if report.person:
        yield Heading("Who it happened to", 3)
        yield _answers("The person", report.person)
    if report.risk:
        yield Heading("Risk", 3)
        caption = f"Risk questions, answered by {report.risk.made_by} on {_day(report.risk.made_on)}"
        yield _answers(caption, [report.risk.level, *report.risk.answers])
    if report.others:
        yield Heading("Others who were named or described", 3)
        yield Callout("Said by the person, and not tested", UNTESTED)
        for number, each in enumerate(report.others, start=1):
            yield _answers(f"Person {number}, as it was told", each)
    if report.files:
        yield Heading("What came with it", 3)
        yield Table("Files. The files themselves are with who leads the case.", FILES, _files(report.files))


def _answers(caption: str, found: Iterable[Answer]) -> Table:
    return Table(caption, FACTS, tuple((each.question, _listed(each.in_words) or None) for each in found))


def _listed(text: str) -> str:
    """Several choices in one cell, so that they are told apart in every medium."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())


def _files(files: Iterable[File]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (f"{each.title} ({each.ending.upper()})", _day(each.received_on), f"{each.sha256} ({each.state})")
        for each in files
    )


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _in_line(text: str) -> str:
    return " ".join(text.split())


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
