"""The pack of a meeting: what its members read before, and write in while it is held. It names nobody.

One definition; `documents` makes a PDF and a Word file of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from documents.definition import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from partners.models import User
from reviews.models import JagAction, JagItem, JagMeeting
from reviews.models.item import JagItemQuerySet
from reviews.repeat import Why, rule_of_today
from reviews.shown import clock, incident, reasons, who_works_on, with_counts

KEEP_IT = (
    "For members of the Joint Action Group only. It names nobody on purpose: do not write names, addresses or "
    "references of cases into it. Whoever works on a case sees there whom it is about."
)

# A row of a table in which somebody writes by hand.
EMPTY_LINE = "\u00a0"


def pack_of(meeting: JagMeeting, *, for_user: User, today: date, notice: str = "") -> Document:
    """The pack as it stands today, of what the person who asks may see."""
    items = JagItem.objects.visible_to(for_user).filter(meeting=meeting)
    if meeting.held_at:
        items = JagItem.objects.visible_to(for_user).filter(decisions__meeting=meeting).distinct()
    agenda = list(with_counts(items).select_related("data_key", "district").in_order())
    return Document(
        title=f"{meeting.where} Joint Action Group",
        subtitle="Repeat victims and high risk: pack for the meeting",
        period=f"Meeting of {meeting.meets_on:%-d %B %Y}" + (f", {meeting.place}" if meeting.place else ""),
        prepared_on=today,
        status_line="Not for publication",
        notice=notice,
        author=str(meeting.chair.organisation or ""),
        blocks=tuple(_blocks(agenda, _followed_up(meeting, for_user), today)),
    )


def _blocks(agenda: list[Any], actions: list[JagAction], today: date) -> Iterator[Block]:
    late = sum(item.is_late(today=today) for item in agenda)
    high = sum(item.level == "high" for item in agenda)
    yield Callout("How to use this pack", KEEP_IT)
    yield KeyFigures(
        (
            KeyFigure(len(agenda), "to look at"),
            KeyFigure(high, "at high risk"),
            KeyFigure(late, "past the day to decide by"),
            KeyFigure(len(actions), "actions from before, not done"),
        )
    )
    yield Heading("Agenda")
    yield _agenda(agenda, today) if agenda else Paragraph("Nothing is on the agenda.")
    if actions:
        yield Heading("Not done from before")
        yield _actions(actions, today)
    if agenda:
        yield Heading("One by one")
    for item in agenda:
        yield from _one(item, today)
    yield Heading("Why things are listed")
    yield Bullets(tuple(rule_of_today().in_words[why] for why in Why))


def _agenda(agenda: list[Any], today: date) -> Table:
    return Table(
        caption="What is looked at, in this order",
        columns=(
            Column("Number", share=2.1),
            Column("Why", share=2.9),
            Column("Risk", share=0.9),
            Column("Incidents", numeric=True, share=0.9),
            Column("Decision", share=1.6),
        ),
        rows=tuple(
            (
                item.number,
                "; ".join(reasons(item)),
                item.get_level_display(),
                item.told,
                clock(item, today=today),
            )
            for item in agenda
        ),
    )


def _actions(actions: list[JagAction], today: date) -> Table:
    return Table(
        caption="Actions that are not done",
        columns=(
            Column("Number", share=2.1),
            Column("What", share=3.4),
            Column("Who", share=1.4),
            Column("By", share=1.6),
        ),
        rows=tuple(
            (
                action.item.number,
                action.unseal("what") or "Erased",
                action.organisation.short_name,
                f"{action.due_on:%-d %B %Y}" + (", late" if action.due_on < today else ""),
            )
            for action in actions
        ),
    )


def _one(item: Any, today: date) -> Iterator[Block]:
    """One thing on the agenda: what may be known of it, and room to write."""
    rows = [incident(each) for each in item.incidents.all()]
    yield Heading(item.number, level=3)
    yield Paragraph(f"{'. '.join(reasons(item))}. {clock(item, today=today)}.")
    yield Paragraph(f"Works on it: {', '.join(who_works_on(item)) or 'nobody yet'}.")
    yield Table(
        caption=f"Incidents of {item.number}",
        columns=(Column("Told in"), Column("About", share=1.6), Column("Kind of place", share=2.0)),
        rows=tuple((each["month"], each["strands"] or None, each["place"] or None) for each in rows),
    )
    said = [(decision.in_words, decision.unseal("why") or "Erased") for decision in item.decisions.all()]
    if said:
        yield Bullets(tuple(f"Decided: {what}. {why}" for what, why in said))
    else:
        yield _room_to_write(item)


def _room_to_write(item: Any) -> Table:
    return Table(
        caption=f"To be written while {item.number} is discussed",
        columns=(
            Column("Decision, and why", share=2.0),
            Column("Who does what", share=2.0),
            Column("By when", share=0.8),
        ),
        rows=((EMPTY_LINE, EMPTY_LINE, EMPTY_LINE),) * 3,
        row_header=False,
    )


def _followed_up(meeting: JagMeeting, user: User) -> list[JagAction]:
    """What earlier meetings asked for in this district and is not done."""
    items: JagItemQuerySet = JagItem.objects.visible_to(user).filter(district=meeting.district)
    actions = JagAction.objects.not_done().filter(item__in=items)
    return list(actions.select_related("item__data_key", "organisation"))
