"""The paper of a meeting, once: its agenda before it, a draft while it is under way, its minutes once it is closed."""

from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from actionplans.models import LogEntry, Meeting, MeetingItem
from actionplans.models.meeting import Standing
from documents.definition import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Together,
)
from partners.models import Membership, User

_TITLES = {Standing.PLANNED: "Agenda", Standing.UNDER_WAY: "Draft minutes", Standing.CLOSED: "Minutes"}
_LOG_COLUMNS = (
    Column("Number", share=1.2),
    Column("What", share=4),
    Column("By whom", share=2.2),
    Column("By when", share=1.4),
)
NOTHING_WRITTEN = "Nothing was written about this."


def minutes_of(meeting: Meeting, *, today: date, notice: str = "") -> Document:
    """The document as the meeting stands: five statements, however long its agenda."""
    items = list(
        meeting.items.prefetch_related(
            Prefetch("log", LogEntry.objects.select_related("organisation", "person").order_by("number"))
        )
    )
    is_planned = meeting.standing is Standing.PLANNED
    blocks = _agenda(meeting, items) if is_planned else _written(meeting, items)
    return Document(
        title=f"{_TITLES[meeting.standing]}: {meeting.get_group_display()}",
        subtitle=meeting.place,
        period=day_in_words(meeting.held_on),
        prepared_on=timezone.localdate(meeting.closed_at) if meeting.closed_at else today,
        status_line=_status(meeting),
        notice=notice,
        blocks=blocks,
    )


def day_in_words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def log_row(entry: LogEntry) -> tuple[Cell, ...]:
    """An entry as a row of a document's table."""
    return str(entry), entry.what, entry.given_to_words, day_in_words(entry.due)


def _status(meeting: Meeting) -> str:
    if meeting.closed_at:
        closed = day_in_words(timezone.localdate(meeting.closed_at))
        return f"Closed on {closed} by {meeting.closed_by}. Corrections are noted at the next meeting"
    return "Under way: not the final minutes" if meeting.opened_at else "For the meeting"


def _agenda(meeting: Meeting, items: list[MeetingItem]) -> tuple[Block, ...]:
    rows = tuple((str(number), item.title, item.why) for number, item in enumerate(items, 1))
    columns = (Column("Item", share=0.5), Column("About", share=3), Column("Why", share=4))
    waiting = LogEntry.objects.waiting().filter(group=meeting.group).select_related("organisation", "person")
    return (
        Heading("Agenda", key="agenda"),
        Table("What is talked about, in this order", columns, rows)
        if rows
        else Paragraph("Nothing is on the agenda yet."),
        Heading("Open entries of the action log", key="log"),
        *_log_table("What is open, by due date", list(waiting.order_by("due", "number"))),
    )


def _written(meeting: Meeting, items: list[MeetingItem]) -> tuple[Block, ...]:
    entries = sorted((entry for item in items for entry in item.log.all()), key=lambda entry: entry.number)
    return (
        Heading("Who was there", key="present"),
        *_attendance(meeting),
        Heading("What was talked about", key="items"),
        *(block for number, item in enumerate(items, 1) for block in _item(number, item)),
        Heading("What was asked for", key="log"),
        *_log_table("Entries of the action log that this meeting made", entries),
    )


def _attendance(meeting: Meeting) -> tuple[Block, ...]:
    present = [_with_house(person) for person in _present(meeting)] + _lines(meeting.others_present)
    there: Block = Bullets(tuple(present)) if present else Paragraph("Nobody was noted.")
    apologies = _lines(meeting.apologies)
    return there, Paragraph(
        f"Apologies: {'; '.join(apologies)}." if apologies else "No apologies were noted."
    )


def _present(meeting: Meeting) -> list[User]:
    at_work = Membership.objects.filter(left_at=None).select_related("organisation")
    return list(
        meeting.present.prefetch_related(Prefetch("memberships", at_work, to_attr="at_work")).order_by("name")
    )


def _with_house(person: User) -> str:
    works: list[Membership] = person.at_work  # type: ignore[attr-defined]
    return f"{person}, {works[0].organisation}" if works else str(person)


def _item(number: int, item: MeetingItem) -> list[Block]:
    head: list[Block] = [Heading(f"{number}. {item.title}", level=3)]
    if item.why:
        head.append(Paragraph(item.why))
    said = [Paragraph(each) for each in _lines(item.note)]
    blocks: list[Block] = [Together((*head, *said[:1])), *said[1:]]
    if item.decision:
        blocks.append(Callout("Decided", item.decision))
    entries = item.log.all()
    if entries:
        blocks.append(Bullets(tuple(_asked(entry) for entry in entries)))
    if not (said or item.decision or entries):
        blocks.append(Paragraph(NOTHING_WRITTEN))
    return blocks


def _asked(entry: LogEntry) -> str:
    return f"{entry}: {entry.what} ({entry.given_to_words}, by {day_in_words(entry.due)})"


def _log_table(caption: str, entries: list[LogEntry]) -> tuple[Block, ...]:
    if not entries:
        return (Paragraph("None."),)
    return (Table(caption, _LOG_COLUMNS, tuple(log_row(entry) for entry in entries)),)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
