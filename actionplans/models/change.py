"""What changes on an action beside its progress: asked for, decided, and every version kept."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actionplans import rag_sql
from actionplans.rag import RagRating, is_override_needed
from partners.models import Organisation, User
from partners.roles import Permission


class ChangeKind(models.TextChoices):
    """What a change request is about."""

    DUE = "due", "due date"
    TARGET = "target", "target"
    LEAD = "lead", "lead"
    CLOSE = "close", "closing"
    REOPEN = "reopen", "opening again"


class Decision(models.TextChoices):
    """How a request ended."""

    WAITING = "waiting", "waiting"
    APPROVED = "approved", "approved"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "taken back"


WITHOUT_VALUE = (ChangeKind.CLOSE, ChangeKind.REOPEN)


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Questions about change requests."""

    def waiting(self) -> "ChangeRequestQuerySet":
        """Nobody has decided yet."""
        return self.filter(decision=Decision.WAITING)

    def to_be_decided_by(self, user: User) -> "ChangeRequestQuerySet":
        """Those that wait for this person: of plans they own, and what others ask of plans that nobody owns alone."""
        if not user.may(Permission.OWN_PLANS):
            return self.none()
        nobodys = Q(action__plan__owner=None) & ~Q(asked_by=user)
        return self.waiting().filter(nobodys | Q(action__plan__owner=user))

    def seen_by(self, user: User) -> "ChangeRequestQuerySet":
        """All to those who own plans; to others what was asked of actions that their organisation has a part in."""
        if user.may(Permission.OWN_PLANS):
            return self
        house = user.organisation_id or 0
        supports = Organisation.supports.through.objects.filter(
            action_id=OuterRef("action_id"), organisation_id=house
        )
        return self.filter(Q(asked_by=user) | Q(action__lead=house) | Q(old_lead=house) | Q(Exists(supports)))


class ChangeRequest(models.Model):
    """Somebody asks for another due date, target or lead, or to close an action; the plan's owner decides.

    What an owner changes on their own is the same record, asked and approved by one person.
    """

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="change_requests")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    new_due = models.DateField(null=True)
    new_target = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    new_lead = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    # What it was when the change was made.
    old_due = models.DateField(null=True)
    old_target = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    old_lead = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_words = models.TextField(blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "kind"],
                condition=models.Q(decision=Decision.WAITING),
                name="one_change_asked_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.DUE, new_due__isnull=False, new_target=None, new_lead=None)
                | models.Q(kind=ChangeKind.TARGET, new_due=None, new_target__isnull=False, new_lead=None)
                | models.Q(kind=ChangeKind.LEAD, new_due=None, new_target=None, new_lead__isnull=False)
                | models.Q(kind__in=WITHOUT_VALUE, new_due=None, new_target=None, new_lead=None),
                name="change_asks_for_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.WAITING, decided_by=None, decided_at=None)
                | (
                    ~models.Q(decision=Decision.WAITING)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="decided_change_has_its_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.kind}"


class RagOverrideQuerySet(models.QuerySet["RagOverride"]):
    """Questions about overrides."""

    def for_the_worse(self) -> "RagOverrideQuerySet":
        """Those that say worse than the rule said when they were given."""
        return self.annotate(said=rag_sql.rank("rag"), rule_said=rag_sql.rank("computed")).filter(
            said__lt=models.F("rule_said")
        )


class RagOverride(models.Model):
    """A rating that somebody put in the place of the computed one, with the reason that stands beside both."""

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="overrides")
    rag = models.CharField(max_length=12)
    # What the rule said when it was put in its place.
    computed = models.CharField(max_length=12, default="")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RagOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=models.Q(ended_at=None), name="one_override_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None) | models.Q(ended_at__isnull=False),
                name="override_ended_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.rag}"

    @property
    def rating(self) -> RagRating:
        """What the owner says."""
        return RagRating(self.rag)

    @property
    def rule_said(self) -> RagRating:
        """What the rule said when the owner said something else."""
        return RagRating(self.computed)

    def stood_on(self, day: date) -> bool:
        """Whether it had been said, and not taken back, by the end of a day."""
        ended = timezone.localdate(self.ended_at) if self.ended_at else None
        return timezone.localdate(self.at) <= day and (ended is None or ended > day)

    def is_needed(self, rule_says: RagRating) -> bool:
        """Whether it still differs from the rule in the direction that was meant; see docs/RAG.md."""
        return is_override_needed(said=self.rating, rule_said=self.rule_said, rule_says=rule_says)


class ActionVersion(models.Model):
    """An action as it stood from `at` on, whole: its fields, milestones, measure and links. Rows are only added.

    Written by `actionplans.history.keep_version`, in the transaction of each act that changes an action.
    """

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    # None for what came with the plan's own document.
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The act that made it, in a few words.
    act = models.CharField(max_length=60)
    data = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["action", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="one_action_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}, version {self.number}"
