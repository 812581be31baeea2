"""What stands on a Joint Action Group's list: one group of linked cases, without a word or a name of anybody."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from casework.models import Case
from partners.models import District, Organisation, User
from partners.roles import Permission
from reporting.models.risk import RiskLevel
from reviews.chairing import chaired_by
from reviews.models.meeting import JagMeeting
from vault.models import DataKey


class ItemState(models.TextChoices):
    """Where an item stands."""

    LISTED = "listed", "listed"
    ON_AGENDA = "on_agenda", "on an agenda"
    DECIDED = "decided", "decided, work goes on"
    CLOSED = "closed", "closed"


# Still to be decided about.
TO_DECIDE = (ItemState.LISTED, ItemState.ON_AGENDA)


class JagItemQuerySet(models.QuerySet["JagItem"]):
    """Questions about items."""

    def visible_to(self, user: User) -> "JagItemQuerySet":
        """Those that the person's organisation may see; whoever is a chair and no more, only what they chair."""
        seen = self._seen_by(user)
        return seen if user.may(Permission.SEE_QUEUE) else seen.filter(chaired_by(user))

    def chaired_by(self, user: User) -> "JagItemQuerySet":
        """Those whose list the person runs."""
        if not user.may(Permission.CHAIR_JAG):
            return self.none()
        return self._seen_by(user).filter(chaired_by(user))

    def _seen_by(self, user: User) -> "JagItemQuerySet":
        seen = self.filter(visible_to__contains=[user.organisation_id])
        return seen.filter(models.Q(barred_people=None) | ~models.Q(barred_people__contains=[user.pk]))

    def to_decide(self) -> "JagItemQuerySet":
        return self.filter(state__in=TO_DECIDE)

    def late(self, *, today: date) -> "JagItemQuerySet":
        """Those that nobody decided about in time."""
        return self.to_decide().filter(due_on__lt=today)

    def in_order(self) -> "JagItemQuerySet":
        """What is to be decided first, by the day it is due; then what was, the newest first."""
        decided = models.Case(
            models.When(state__in=TO_DECIDE, then=0), default=1, output_field=models.SmallIntegerField()
        )
        return self.order_by(decided, "due_on", "-number")


class JagItem(models.Model):
    """One item, such as JAG-CHW-2026-014. In clear stands what a chair may know: why it is listed, how high the risk
    is, who works on it. The database itself keeps `visible_to`, `works_on` and `barred_people` (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    # Whose group it is: the district's own council, or who reads what no district can be named for.
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reasons = ArrayField(models.CharField(max_length=20))
    level = models.CharField(max_length=10, choices=RiskLevel.choices)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.LISTED)
    listed_at = models.DateTimeField()
    due_on = models.DateField()
    meeting = models.ForeignKey(JagMeeting, null=True, on_delete=models.PROTECT, related_name="items")
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # What was decided and is to be done is sealed under a key of the item's own.
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    cases: Any = models.ManyToManyField(Case, through="JagCase", related_name="jag_items")
    visible_to = ArrayField(models.IntegerField(), default=list)
    works_on = ArrayField(models.IntegerField(), default=list)
    # Members of staff who must not see one of its cases; None as good as always.
    barred_people = ArrayField(models.IntegerField(), null=True, editable=False)

    objects = JagItemQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["visible_to"], name="jag_item_visible_to"),
            models.Index(fields=["state", "due_on"], name="jag_item_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=TO_DECIDE, decided_at=None)
                | (~models.Q(state__in=TO_DECIDE) & models.Q(decided_at__isnull=False)),
                name="decided_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=ItemState.CLOSED) & models.Q(closed_at=None)),
                name="closed_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.ON_AGENDA, meeting__isnull=False)
                | ~models.Q(state=ItemState.ON_AGENDA),
                name="item_on_an_agenda_has_its_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_to_decide(self) -> bool:
        return self.state in TO_DECIDE

    @property
    def where(self) -> str:
        """The district's name."""
        return self.district.name if self.district else "No one district"

    def is_late(self, *, today: date) -> bool:
        """Whether nobody decided in time."""
        return self.is_to_decide and self.due_on < today


class JagCase(models.Model):
    """A case in an item. An open item has it alone: of two that list it at once, one finds it listed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(JagItem, on_delete=models.CASCADE, related_name="jag_cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="jag_cases")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "case"], name="case_once_in_an_item"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_open=True), name="case_in_one_open_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.item_id}"


class JagIncident(models.Model):
    """What a chair may know of one incident: its month, what it was about, the kind of place. Of what was erased, only
    that it was."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(JagItem, on_delete=models.CASCADE, related_name="incidents")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    # The first day of the month in which it was told.
    month = models.DateField(null=True)
    strands = ArrayField(models.CharField(max_length=20), default=list)
    place_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "case"], name="incident_once_in_an_item"),
        ]

    def __str__(self) -> str:
        return f"incident of {self.item_id}"
