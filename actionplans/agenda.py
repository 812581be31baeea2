"""What a meeting should talk about: open log entries that are due, actions that slip, decisions that are asked for."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from actionplans.models import Action, Group, LogEntry, Meeting, MeetingItem
from actionplans.steering import worst
from partners.models import User

# More of one kind than this would be no agenda; the rest stays among what is proposed on later days.
MOST_OF_A_KIND = 10
_LONGEST = 250


def fill(meeting: Meeting, *, by: User, now: datetime) -> None:
    """Gives a new meeting its first agenda: the minutes before it, all that is proposed, and any other business."""
    items = [*_minutes_before(meeting), *proposed(meeting, today=timezone.localdate(now))]
    meeting.add_items([*items, MeetingItem(title="Any other business")], by=by, now=now)


def proposed(meeting: Meeting, *, today: date) -> list[MeetingItem]:
    """What is not on its agenda and should be, as items that are not saved: three statements and the agenda's own."""
    known = {item.about for item in meeting.items.all()}
    kinds = {
        Group.DELIVERY_GROUP: (_log_entries, _exceptions, _decisions),
        Group.SOG: (_log_entries, _decisions, _exceptions),
        Group.BOARD: (_log_entries, _decisions, _exceptions),
    }[Group(meeting.group)]
    found: dict[object, MeetingItem] = {}
    for kind in kinds:
        for item in kind(meeting, today):
            if item.about not in known:
                found.setdefault(item.about, item)
    return list(found.values())


def key_of(item: MeetingItem) -> str:
    """What stands for a proposed item in a form."""
    kind, number = item.about or ("", 0)
    return f"{kind}-{number}"


def _minutes_before(meeting: Meeting) -> Iterator[MeetingItem]:
    last = Meeting.objects.last_of(meeting.group, before=meeting.held_on)
    if last:
        yield MeetingItem(
            title=f"Minutes of {last.held_on:%-d %B %Y}",
            why="Corrections are noted here; closed minutes stay as they are.",
        )


def _log_entries(meeting: Meeting, today: date) -> Iterator[MeetingItem]:
    due = LogEntry.objects.waiting().filter(group=meeting.group, due__lte=meeting.held_on)
    for entry in due.select_related("organisation", "person").order_by("due", "number")[:MOST_OF_A_KIND]:
        when = f"was due {entry.due:%-d %B %Y}" if entry.due < today else f"due {entry.due:%-d %B %Y}"
        yield MeetingItem(
            entry=entry,
            title=_cut(f"{entry}: {entry.what}"),
            why=_cut(f"Open entry of the action log, {when}: {entry.given_to_words}."),
        )


def _exceptions(meeting: Meeting, today: date) -> Iterator[MeetingItem]:
    for action, why in worst(today, most=MOST_OF_A_KIND):
        yield MeetingItem(action=action, title=_cut(str(action)), why=_cut(why))


def _decisions(meeting: Meeting, today: date) -> Iterator[MeetingItem]:
    asked = Action.objects.running(today).exclude(decision_needed="").select_related("plan", "lead")
    for action in asked.order_by("due", "pk")[:MOST_OF_A_KIND]:
        yield MeetingItem(
            action=action,
            title=_cut(str(action)),
            why=_cut(f"Decision asked of the Senior Officer Group: {action.decision_needed}"),
        )


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
