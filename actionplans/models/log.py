"""The standing action logs: what each group asked for, of whom, by when, and what became of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Q

from audit import trail
from partners.models import Organisation, User
from partners.roles import Permission

# With the group's place in its list: PostgreSQL's advisory lock for whoever gives the next number.
_NUMBERS = 0x4C4C_5200


class Group(models.TextChoices):
    """Who meets, and keeps a log of its own."""

    DELIVERY_GROUP = "delivery", "Hate and Prevent Delivery Group"
    SOG = "sog", "Senior Officer Group"
    BOARD = "board", "Strategy Board"

    @property
    def short(self) -> str:
        """As it is said beside a number."""
        return {"delivery": "Delivery Group", "sog": "SOG", "board": "Board"}[self.value]


class LogState(models.TextChoices):
    """How an entry of the log stands."""

    OPEN = "open", "open"
    DONE = "done", "done"
    DROPPED = "dropped", "dropped"


class NotYours(Exception):
    """Only those whom an entry was given to, and those who run meetings, may answer for it."""


class NotInThatState(Exception):
    """The act does not fit how the entry stands; the message says so for the reader."""


class NoOtherDay(Exception):
    """The new due date is the one that it has."""


def may_see_whole_log(user: User) -> bool:
    """Whether somebody sees what every organisation was asked for, and not only their own."""
    return user.may(Permission.RUN_MEETINGS) or user.may(Permission.SEE_DASHBOARD)


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Questions about what meetings asked for."""

    def visible_to(self, user: User) -> "LogEntryQuerySet":
        """All to who steers; to others what they or their organisation was given."""
        if may_see_whole_log(user):
            return self
        return self.filter(Q(person=user) | Q(organisation=user.organisation_id))

    def waiting(self) -> "LogEntryQuerySet":
        return self.filter(state=LogState.OPEN)

    def overdue(self, *, today: date) -> "LogEntryQuerySet":
        return self.waiting().filter(due__lt=today)

    def given_to(self, user: User) -> "LogEntryQuerySet":
        """Theirs, or their organisation's and nobody's own."""
        return self.filter(Q(person=user) | Q(person=None, organisation=user.organisation_id))

    def open_first(self) -> "LogEntryQuerySet":
        """Open ones by due date, the most overdue first; then those that have ended, the newest first."""
        is_over = models.Case(models.When(state=LogState.OPEN, then=0), default=1)
        return self.order_by(is_over, models.F("ended_at").desc(nulls_last=True), "due", "group", "number")


class LogEntry(models.Model):
    """One entry of a group's standing action log: who does what by when. Its number is the group's own."""

    group = models.CharField(max_length=10, choices=Group.choices)
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey("Meeting", null=True, on_delete=models.PROTECT, related_name="log")
    item = models.ForeignKey("MeetingItem", null=True, on_delete=models.PROTECT, related_name="log")
    action = models.ForeignKey("Action", null=True, on_delete=models.PROTECT, related_name="log")
    what = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LogState.choices, default=LogState.OPEN)
    outcome = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The sending of a form that made it: sent twice, it is still one entry.
    sending = models.UUIDField(null=True, unique=True, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["group", "-number"]
        indexes = [
            models.Index(fields=["group", "state", "due"], name="log_that_waits"),
            models.Index(fields=["organisation", "state"], name="log_of_an_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_log_entry_a_number"),
            models.CheckConstraint(
                condition=models.Q(state=LogState.OPEN, ended_at=None, ended_by=None)
                | (~models.Q(state=LogState.OPEN) & models.Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="ended_log_entry_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{Group(self.group).short} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == LogState.OPEN

    def is_overdue(self, *, today: date) -> bool:
        return self.is_open and self.due < today

    @property
    def given_to_words(self) -> str:
        """Who it was given to, as it is read."""
        return f"{self.person}, {self.organisation}" if self.person else str(self.organisation)

    def may_answer(self, user: User) -> bool:
        """Whether somebody may say that it is done: the one it was given to, who updates the plans for the
        organisation it was given to, and who runs meetings."""
        is_theirs = self.organisation_id == user.organisation_id and user.may(Permission.UPDATE_PLANS)
        return is_theirs or self.person_id == user.pk or user.may(Permission.RUN_MEETINGS)

    @classmethod
    @transaction.atomic
    def add(
        cls,
        group: str,
        *,
        what: str,
        organisation: Organisation,
        due: date,
        by: User,
        now: datetime,
        person: User | None = None,
        sending: UUID | None = None,
        **about: Any,
    ) -> "LogEntry":
        """The group's next entry; `about` are meeting, item and action. A `sending` that came before gives its entry
        again."""
        # Numbers have no gap: whoever comes second waits until the first is committed, or undone.
        _wait_for_numbers_of(group)
        known = cls.objects.filter(sending=sending).first() if sending else None
        if known:
            return known
        last = cls.objects.filter(group=group).aggregate(last=models.Max("number"))["last"] or 0
        entry = cls.objects.create(
            group=group,
            number=last + 1,
            what=what,
            organisation=organisation,
            person=person,
            due=due,
            sending=sending,
            made_by=by,
            made_at=now,
            **about,
        )
        trail.record("log_entry.added", entry, by=by, now=now, group=group, number=entry.number, due=str(due))
        return entry

    @transaction.atomic
    def mark_done(self, outcome: str, *, by: User, now: datetime) -> None:
        """It was done, and what came of it; raises NotYours or NotInThatState."""
        self._lock(is_open=True)
        if not self.may_answer(by):
            raise NotYours("This entry was given to somebody else.")
        self._end(LogState.DONE, LogAct.DONE, outcome, by, now)
        trail.record("log_entry.done", self, by=by, now=now)

    @transaction.atomic
    def drop(self, reason: str, *, by: User, now: datetime) -> None:
        """It is not asked for any more, and why; raises NotYours or NotInThatState."""
        self._lock(is_open=True)
        _refuse_others(by)
        self._end(LogState.DROPPED, LogAct.DROPPED, reason, by, now)
        trail.record("log_entry.dropped", self, by=by, now=now)

    @transaction.atomic
    def put_off(self, due: date, reason: str, *, by: User, now: datetime) -> None:
        """Another due date, and why; raises NotYours, NotInThatState or NoOtherDay."""
        self._lock(is_open=True)
        _refuse_others(by)
        if due == self.due:
            raise NoOtherDay("It is due on that day already.")
        before, self.due = self.due, due
        self.save(update_fields=["due"])
        self._keep(LogAct.DUE_MOVED, reason, by, now, due_before=before, due_after=due)
        trail.record("log_entry.due_moved", self, by=by, now=now, before=str(before), after=str(due))

    @transaction.atomic
    def reopen(self, reason: str, *, by: User, now: datetime) -> None:
        """It is asked for again, and why; raises NotYours or NotInThatState."""
        self._lock(is_open=False)
        _refuse_others(by)
        self.state, self.outcome, self.ended_at, self.ended_by = LogState.OPEN, "", None, None
        self.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
        self._keep(LogAct.REOPENED, reason, by, now)
        trail.record("log_entry.reopened", self, by=by, now=now)

    def _end(self, state: LogState, act: "LogAct", words: str, by: User, now: datetime) -> None:
        self.state, self.outcome, self.ended_at, self.ended_by = state, words, now, by
        self.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
        self._keep(act, words, by, now)

    def _keep(self, act: "LogAct", words: str, by: User, now: datetime, **dates: date) -> None:
        self.changes.create(act=act, words=words, by=by, at=now, **dates)

    def _lock(self, *, is_open: bool) -> None:
        self.refresh_from_db(from_queryset=LogEntry.objects.select_for_update(no_key=True))
        if self.is_open != is_open:
            state = LogState(self.state).label
            raise NotInThatState(f"This entry is {state} already." if is_open else "This entry is open.")


class LogAct(models.TextChoices):
    """What was done with an entry after it was made."""

    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
    DUE_MOVED = "due_moved", "Due date moved"
    REOPENED = "reopened", "Opened again"


class LogChange(models.Model):
    """One line of an entry's history: who did what with it, when, and in which words. Lines are only added."""

    entry = models.ForeignKey(LogEntry, on_delete=models.CASCADE, related_name="changes")
    act = models.CharField(max_length=10, choices=LogAct.choices)
    words = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act=LogAct.DUE_MOVED, due_before__isnull=False, due_after__isnull=False)
                | (~models.Q(act=LogAct.DUE_MOVED) & models.Q(due_before=None, due_after=None)),
                name="moved_due_date_has_both_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} on {self.at:%-d %B %Y}"


def _refuse_others(by: User) -> None:
    if not by.may(Permission.RUN_MEETINGS):
        raise NotYours("Only those who run the meetings may do this.")


def _wait_for_numbers_of(group: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERS + Group.values.index(group)])
