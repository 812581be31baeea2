"""What a Joint Action Group decided, and who does what by when; every word is sealed under the item's own key."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partners.jag import decisions_in_words
from partners.models import Organisation, User
from reviews.models.item import JagItem
from reviews.models.meeting import JagMeeting
from vault.models import SealedField, SealedModel, Sealer


class JagDecision(SealedModel):
    """One decision: what of the partnership's list, and why."""

    way_to_data_key: ClassVar[str] = "item__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(JagItem, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(JagMeeting, null=True, on_delete=models.PROTECT, related_name="decisions")
    codes = ArrayField(models.CharField(max_length=30))
    why = SealedField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"decision on {self.item_id}"

    @property
    def in_words(self) -> str:
        return decisions_in_words(self.codes)

    def sealing_key(self) -> Sealer:
        return self.item.data_key


class JagActionQuerySet(models.QuerySet["JagAction"]):
    """Questions about actions."""

    def not_done(self) -> "JagActionQuerySet":
        return self.filter(done_at=None)

    def of_house(self, user: User) -> "JagActionQuerySet":
        """Those that the person's organisation is to do."""
        return self.filter(organisation=user.organisation_id)

    def late(self, *, today: date) -> "JagActionQuerySet":
        return self.not_done().filter(due_on__lt=today)


class JagAction(SealedModel):
    """Something that an organisation does about an item by a day."""

    way_to_data_key: ClassVar[str] = "item__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(JagItem, on_delete=models.CASCADE, related_name="actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    what = SealedField()
    due_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    what_was_done = SealedField()

    objects = JagActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "given_at", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"], condition=models.Q(done_at=None), name="jag_action_to_do"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="jag_action_done_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"action on {self.item_id}"

    def sealing_key(self) -> Sealer:
        return self.item.data_key
