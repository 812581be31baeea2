"""Update cycles: the months in which contributors tell how their actions go, and who was reminded of them."""

from dataclasses import asdict
from datetime import date

from django.db import models

from actionplans.rounds import round_of
from partners.models import User


class UpdateCycle(models.Model):
    """One month's round of updates. After `closes_on` an update is still taken, and marked as late."""

    month = models.DateField(unique=True)
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("due_on"), due_on__lte=models.F("closes_on")),
                name="cycle_opens_is_due_and_closes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @classmethod
    def of(cls, day: date) -> "UpdateCycle":
        """The round that a day belongs to, made where it is the first to need it; however many ask, there is one."""
        dates = asdict(round_of(day))
        return cls.objects.get_or_create(month=dates.pop("month"), defaults=dates)[0]

    @classmethod
    def planned(cls, day: date) -> "UpdateCycle":
        """The same to look at: nothing is written where it has not begun yet."""
        dates = round_of(day)
        return cls.objects.filter(month=dates.month).first() or cls(**asdict(dates))

    def is_late(self, day: date) -> bool:
        """Whether what is told on this day comes after the round has closed."""
        return day > self.closes_on

    def is_open(self, *, today: date) -> bool:
        """Whether what is told today counts as told in time."""
        return self.opens_on <= today <= self.closes_on


class Reminder(models.Model):
    """Somebody was reminded, at one stage of one cycle: once."""

    cycle = models.ForeignKey(UpdateCycle, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # A stage of partnership/<name>/update_cycle.toml.
    stage = models.SlugField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person", "stage"], name="reminded_once_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.stage}"
