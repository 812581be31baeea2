"""Actions, what measures them, and dated records of how they go: records are added, never overwritten."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from actionplans.models.plan import ActionPlan, Priority
from audit import trail
from partners.models import District, Organisation, User
from reporting.strands import Strand


class ActionQuerySet(models.QuerySet["Action"]):
    """Questions about actions."""

    def involving(self, organisation: Organisation) -> "ActionQuerySet":
        """Those that an organisation leads or supports."""
        return self.filter(models.Q(lead=organisation) | models.Q(supporting=organisation)).distinct()


class Importance(models.TextChoices):
    """How much the plan depends on it."""

    HIGH = "high", "high"
    MEDIUM = "medium", "medium"


class Action(models.Model):
    """One action of a plan."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField(max_length=10)
    title = models.CharField(max_length=250)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    supporting = models.ManyToManyField(Organisation, related_name="supports", blank=True)
    supporting_text = models.CharField(max_length=250, blank=True)
    importance = models.CharField(max_length=10, choices=Importance.choices)
    starts = models.DateField()
    due = models.DateField()
    why = models.TextField(blank=True)
    good_looks_like = models.TextField(blank=True)
    # Empty means all of them.
    strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices), default=list, blank=True)
    districts = models.ManyToManyField(District, blank=True, related_name="+")
    decision_needed = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["plan__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="one_action_a_ref"),
            models.CheckConstraint(
                condition=models.Q(due__gt=models.F("starts")), name="action_due_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @transaction.atomic
    def record_update(
        self,
        *,
        percent_done: int,
        what_changed: str,
        by: User | None,
        organisation: Organisation,
        now: datetime,
        on: date | None = None,
        **details: Any,
    ) -> "ProgressUpdate":
        """Adds a dated record of progress; `details` are the further fields of ProgressUpdate."""
        update = self.updates.create(
            percent_done=percent_done,
            what_changed=what_changed,
            by=by,
            organisation=organisation,
            recorded_at=now,
            as_at=on or now.date(),
            **details,
        )
        trail.record("action.updated", self, by=by, now=now, percent_done=percent_done, update=update.pk)
        return update


class Milestone(models.Model):
    """A step on the way."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class CountedBy(models.TextChoices):
    """Who contributes a cell of the grid; '' means that the measure is one figure."""

    WHOLE = "", "the whole partnership"
    PARTNER = "partner", "each partner"
    DISTRICT = "district", "each district"


class Measure(models.Model):
    """How an action is measured: one measure an action."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="measure")
    text = models.CharField(max_length=200)
    unit = models.CharField(max_length=80)
    baseline = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    target = models.DecimalField(max_digits=10, decimal_places=2)
    is_lower_better = models.BooleanField(default=False)
    counted_by = models.CharField(max_length=10, choices=CountedBy.choices, blank=True)
    # How one figure is made of the cells: 'sum', 'mean' or 'single'.
    total = models.CharField(max_length=10, default="single")
    source = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.text


class Contribution(models.Model):
    """One dated cell of a measure's grid: a partner's or a district's own figure. The newest of each counts."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=10, decimal_places=2)
    as_at = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-as_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, district=None)
                | models.Q(organisation=None, district__isnull=False),
                name="contribution_of_partner_or_district",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} as at {self.as_at}"


class Confidence(models.TextChoices):
    """How sure the contributor is that it will be done in time."""

    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


class ProgressUpdate(models.Model):
    """What one organisation reported on one day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    as_at = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    percent_done = models.PositiveSmallIntegerField()
    is_no_change = models.BooleanField(default=False)
    what_changed = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM)

    class Meta:
        ordering = ["-as_at", "-id"]
        indexes = [models.Index(fields=["action", "-as_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent_done__gte=0, percent_done__lte=100),
                name="percent_between_0_and_100",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action.ref} on {self.as_at}: {self.percent_done}%"
