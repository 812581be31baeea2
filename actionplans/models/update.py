"""What contributors report, as dated records: they are added, never overwritten."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from files.models import SealedFile
from partners.models import Organisation, User


class Confidence(models.TextChoices):
    """How sure the contributor is that it will be done in time."""

    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


class ProgressUpdateQuerySet(models.QuerySet["ProgressUpdate"]):
    """Questions about updates."""

    def newest_of_each_action(self) -> "ProgressUpdateQuerySet":
        """One an action: the newest."""
        return self.order_by("action_id", "-as_at", "-id").distinct("action_id")

    def of_sending(self, sending: UUID, organisation: Organisation) -> "ProgressUpdateQuerySet":
        """What one sending of the organisation recorded, in the order of the plans."""
        return self.filter(sending=sending, organisation=organisation).order_by(
            "action__plan__order", "action__order"
        )


class ProgressUpdate(models.Model):
    """What one organisation reported on one day. Without `by` it came with the plan's own document."""

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="updates")
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
    # The month it answers for; None for what came with the plan's own document.
    cycle = models.ForeignKey("UpdateCycle", null=True, on_delete=models.PROTECT, related_name="updates")
    is_late = models.BooleanField(default=False)
    # The sending of a form that this record came with: sent twice, it is still one record.
    sending = models.UUIDField(null=True, editable=False)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-id"]
        indexes = [
            models.Index(fields=["action", "-as_at", "-id"]),
            models.Index(fields=["organisation", "sending"], name="updates_of_a_sending"),
            # Who has told in a round: a few weeks of many years.
            models.Index(
                fields=["as_at", "organisation", "action"],
                name="updates_of_a_round",
                condition=models.Q(by__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent_done__gte=0, percent_done__lte=100),
                name="percent_between_0_and_100",
            ),
            models.UniqueConstraint(fields=["action", "sending"], name="one_update_a_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref} on {self.as_at}: {self.percent_done}%"


class Evidence(models.Model):
    """Something that shows what was done: a link, or a sealed file. It hangs on the action, and on the update or
    closing that it came with."""

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="evidence")
    update = models.ForeignKey(ProgressUpdate, null=True, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=160)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # Of a file that nobody may open yet; known where `actionplans.evidence.mark_held` was asked.
    is_held = True
    is_refused = False

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(link="") & models.Q(file__isnull=False))
                | (~models.Q(link="") & models.Q(file=None)),
                name="evidence_is_link_or_file",
            )
        ]

    def __str__(self) -> str:
        return self.title


class UpdateDraftQuerySet(models.QuerySet["UpdateDraft"]):
    """Questions about what was typed and not sent."""

    def of(self, user: User, organisation: Organisation) -> "UpdateDraftQuerySet":
        """One person's own, of where they work now."""
        return self.filter(by=user, organisation=organisation)

    def of_anybody_in(self, organisation: Organisation) -> "UpdateDraftQuerySet":
        """Those of all people of an organisation."""
        return self.filter(organisation=organisation).order_by("pk")

    def keep(self, drafts: Iterable["UpdateDraft"], *, now: datetime) -> None:
        """Keeps these in the place of those of the same person about the same actions: one statement."""
        kept = list(drafts)
        for draft in kept:
            draft.saved_at = now
        UpdateDraft.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["by", "organisation", "action"],
            update_fields=["said", "seen", "saved_at"],
        )


class UpdateDraft(models.Model):
    """What somebody typed about one action and has not sent yet: theirs alone, gone when it is sent."""

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # The fields of the form as they were typed, right or wrong.
    said = models.JSONField()
    # The newest update that stood on the page.
    seen = models.ForeignKey(ProgressUpdate, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    objects = UpdateDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "organisation", "action"], name="one_update_draft_each")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}, saved {self.saved_at}"
