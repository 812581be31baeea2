"""Meetings that steer the plans, what was said of each thing, and the log of what they asked for."""

from datetime import date

from django.db import models

from partners.models import Organisation, User


class Group(models.TextChoices):
    """Who meets, and keeps a log of its own."""

    DELIVERY_GROUP = "delivery", "Hate and Prevent Delivery Group"
    SOG = "sog", "Senior Officer Group"
    BOARD = "board", "Strategy Board"


class Meeting(models.Model):
    """One meeting of a group. It is planned, then under way, then closed; closed minutes stay as they are."""

    group = models.CharField(max_length=10, choices=Group.choices)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    present = models.ManyToManyField(User, related_name="+", blank=True)
    apologies = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

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
        return f"{self.get_group_display()}, {self.held_on}"


class MeetingItem(models.Model):
    """One thing on the agenda: an action of a plan, or a topic of its own; with what was said and decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    action = models.ForeignKey("Action", null=True, on_delete=models.PROTECT, related_name="meeting_items")
    title = models.CharField(max_length=250)
    # Why it is on the agenda, as it stood when the agenda was made.
    why = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    discussed_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class LogState(models.TextChoices):
    """How an entry of the log stands."""

    OPEN = "open", "open"
    DONE = "done", "done"
    DROPPED = "dropped", "dropped"


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Questions about what meetings asked for."""

    def waiting(self) -> "LogEntryQuerySet":
        return self.filter(state=LogState.OPEN)

    def overdue(self, *, today: date) -> "LogEntryQuerySet":
        return self.waiting().filter(due__lt=today)


class LogEntry(models.Model):
    """One entry of a group's standing action log: who does what by when. Its number is the group's own."""

    group = models.CharField(max_length=10, choices=Group.choices)
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="log")
    item = models.ForeignKey(MeetingItem, null=True, on_delete=models.PROTECT, related_name="log")
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

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["group", "-number"]
        indexes = [models.Index(fields=["group", "state", "due"], name="log_that_waits")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_log_entry_a_number"),
            models.CheckConstraint(
                condition=models.Q(state=LogState.OPEN, ended_at=None, ended_by=None)
                | (~models.Q(state=LogState.OPEN) & models.Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="ended_log_entry_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.number}"
