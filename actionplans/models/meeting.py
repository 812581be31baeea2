"""Meetings that steer the plans: their agenda, and what was said and decided of each thing on it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction

from actionplans.models.action import Action
from actionplans.models.log import Group, LogEntry
from audit import trail
from partners.models import User


class MeetingThatDay(Exception):
    """The group meets on that day already."""


class NotNow(Exception):
    """The act does not fit how the meeting stands; the message says so for the reader."""


class WrittenMeanwhile(Exception):
    """Somebody else wrote about the same thing since the page was opened; `item` has what stands now."""

    def __init__(self, item: "MeetingItem") -> None:
        super().__init__(f"{item.noted_by} wrote about this while you were writing.")
        self.item = item


class Standing(StrEnum):
    """How a meeting stands."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    CLOSED = "closed"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def closed(self) -> "MeetingQuerySet":
        return self.filter(closed_at__isnull=False)

    def last_of(self, group: str, *, before: date) -> "Meeting | None":
        """The group's newest closed meeting of an earlier day."""
        return self.closed().filter(group=group, held_on__lt=before).order_by("-held_on").first()


class Meeting(models.Model):
    """One meeting of a group. It is planned, then under way, then closed; closed minutes stay as they are, which the
    database holds too (migration 0003)."""

    group = models.CharField(max_length=10, choices=Group.choices)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    present = models.ManyToManyField(User, related_name="+", blank=True)
    # Who was there and has no account.
    others_present = models.TextField(blank=True)
    apologies = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "held_on"], name="one_meeting_of_a_group_a_day"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(opened_at__isnull=False),
                name="closed_meeting_was_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.held_on:%-d %B %Y}"

    @property
    def standing(self) -> Standing:
        if self.closed_at:
            return Standing.CLOSED
        return Standing.UNDER_WAY if self.opened_at else Standing.PLANNED

    @classmethod
    @transaction.atomic
    def plan(cls, group: str, *, held_on: date, place: str, by: User, now: datetime) -> "Meeting":
        """A meeting to come; raises MeetingThatDay."""
        meeting = cls(group=group, held_on=held_on, place=place, made_by=by, made_at=now)
        meeting._save_day()
        trail.record("meeting.planned", meeting, by=by, now=now, group=group, held_on=str(held_on))
        return meeting

    @transaction.atomic
    def change(self, *, held_on: date, place: str, by: User, now: datetime) -> None:
        """Another day or place; raises MeetingThatDay, or NotNow once it is closed."""
        self._lock(Standing.PLANNED, Standing.UNDER_WAY)
        self.held_on, self.place = held_on, place
        self._save_day()
        trail.record("meeting.changed", self, by=by, now=now, held_on=str(held_on))

    @transaction.atomic
    def call_off(self, *, by: User, now: datetime) -> None:
        """It does not take place: gone with its agenda. Raises NotNow once it was opened."""
        self._lock(Standing.PLANNED)
        trail.record("meeting.called_off", self, by=by, now=now, group=self.group, held_on=str(self.held_on))
        self.delete()

    @transaction.atomic
    def open(self, *, by: User, now: datetime) -> None:
        """It begins; raises NotNow."""
        self._lock(Standing.PLANNED)
        self.opened_at = now
        self.save(update_fields=["opened_at"])
        trail.record("meeting.opened", self, by=by, now=now)

    @transaction.atomic
    def close(self, *, by: User, now: datetime) -> None:
        """It ends, and its minutes stay as they are; raises NotNow."""
        self._lock(Standing.UNDER_WAY)
        self.closed_at, self.closed_by = now, by
        self.save(update_fields=["closed_at", "closed_by"])
        trail.record("meeting.closed", self, by=by, now=now, items=self.items.count(), log=self.log.count())

    @transaction.atomic
    def note_attendance(
        self, present: Iterable[User], *, others: str, apologies: str, by: User, now: datetime
    ) -> None:
        """Who was there and who sent apologies; raises NotNow once it is closed."""
        self._lock(Standing.PLANNED, Standing.UNDER_WAY)
        people = list(present)
        self.present.set(people)
        self.others_present, self.apologies = others, apologies
        self.save(update_fields=["others_present", "apologies"])
        trail.record("meeting.attendance_noted", self, by=by, now=now, present=len(people))

    @transaction.atomic
    def add_items(self, items: Sequence["MeetingItem"], *, by: User, now: datetime) -> None:
        """Puts things at the end of the agenda, each action and log entry once; raises NotNow once it is closed."""
        self._lock(Standing.PLANNED, Standing.UNDER_WAY)
        there = list(self.items.all())
        known = {item.about for item in there if item.about}
        fresh = [item for item in items if item.about is None or item.about not in known]
        start = max((item.order for item in there), default=0) + 1
        for order, item in enumerate(fresh, start):
            item.meeting, item.order = self, order
        MeetingItem.objects.bulk_create(fresh)
        self._agenda_changed(by, now)

    @transaction.atomic
    def take_off(self, item: "MeetingItem", *, by: User, now: datetime) -> None:
        """Takes a thing off the agenda; raises NotNow where something was said of it already."""
        self._lock(Standing.PLANNED, Standing.UNDER_WAY)
        item.refresh_from_db()
        if item.was_discussed or item.log.exists():
            raise NotNow("Something was written about this item, so it stays on the agenda.")
        item.delete()
        self._agenda_changed(by, now)

    @transaction.atomic
    def move(self, item: "MeetingItem", *, up: bool, by: User, now: datetime) -> None:
        """Puts a thing one place up or down; at the end of the list it stays where it is."""
        self._lock(Standing.PLANNED, Standing.UNDER_WAY)
        items = list(self.items.all())
        here = items.index(item)
        there = max(0, here - 1) if up else min(len(items) - 1, here + 1)
        items.insert(there, items.pop(here))
        for order, each in enumerate(items, 1):
            each.order = order
        MeetingItem.objects.bulk_update(items, ["order"])
        self._agenda_changed(by, now)

    def _agenda_changed(self, by: User, now: datetime) -> None:
        trail.record("meeting.agenda_changed", self, by=by, now=now, items=self.items.count())

    def _save_day(self) -> None:
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            raise MeetingThatDay(f"The group meets on {self.held_on:%-d %B %Y} already.") from None

    def _lock(self, *allowed: Standing) -> None:
        """Two who act on one meeting wait here for each other."""
        self.refresh_from_db(from_queryset=Meeting.objects.select_for_update(no_key=True))
        if self.standing not in allowed:
            raise NotNow(_REFUSALS[self.standing])


_REFUSALS = {
    Standing.PLANNED: "The meeting has not been opened yet.",
    Standing.UNDER_WAY: "The meeting is under way already.",
    Standing.CLOSED: "The meeting is closed, and its minutes stay as they are. "
    "Note a correction at the next meeting.",
}


class MeetingItem(models.Model):
    """One thing on the agenda: an action of a plan, an entry of the log, or a topic of its own; with what was said
    and decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    action = models.ForeignKey(Action, null=True, on_delete=models.PROTECT, related_name="meeting_items")
    entry = models.ForeignKey(LogEntry, null=True, on_delete=models.PROTECT, related_name="discussed")
    title = models.CharField(max_length=250)
    # Why it is on the agenda, as it stood when the agenda was made.
    why = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    discussed_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # How often it was written: who saves a page that is older is told.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> tuple[str, int] | None:
        """The action or log entry that it is about; None for a topic of its own."""
        if self.action_id:
            return "action", self.action_id
        return ("entry", self.entry_id) if self.entry_id else None

    @property
    def was_discussed(self) -> bool:
        return self.discussed_at is not None

    @transaction.atomic
    def write(
        self,
        *,
        note: str,
        decision: str,
        seen: int,
        by: User,
        now: datetime,
        asked: dict[str, Any] | None = None,
    ) -> LogEntry | None:
        """Keeps what was said and decided, and with `asked` (what, organisation, person, due, sending) one log entry.

        Raises WrittenMeanwhile where somebody else wrote other words since version `seen`, NotNow unless the meeting
        is under way; either leaves everything as it was.
        """
        self.meeting._lock(Standing.UNDER_WAY)
        self.refresh_from_db()
        is_new = (self.note, self.decision) != (note, decision)
        if self.version != seen and is_new:
            raise WrittenMeanwhile(self)
        if is_new or (asked and not self.was_discussed):
            self.note, self.decision, self.noted_by, self.discussed_at = note, decision, by, now
            self.version += 1
            self.save()
            trail.record("meeting.noted", self.meeting, by=by, now=now, item=self.pk, version=self.version)
        if not asked:
            return None
        return LogEntry.add(
            self.meeting.group,
            by=by,
            now=now,
            meeting=self.meeting,
            item=self,
            action=self.action or (self.entry.action if self.entry else None),
            **asked,
        )
