"""The strategy statement (Appendix A), and plans with their priorities."""

from datetime import date

from django.db import models
from django.db.models import Q

from partners.models import Organisation, User
from partners.roles import Permission


class StrategyStatement(models.Model):
    """Appendix A: vision, definitions, priorities, governance. `content` is the partnership's own document, in the
    form of `partnership/<name>/strategy.toml`; each part says whether it is illustrative and where it comes from."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=160)
    period_start = models.DateField()
    period_end = models.DateField()
    is_illustrative = models.BooleanField()
    content = models.JSONField()

    def __str__(self) -> str:
        return self.title


class DefinitionAdoption(models.Model):
    """A partner adopted the one definition, or has not yet."""

    statement = models.ForeignKey(StrategyStatement, on_delete=models.CASCADE, related_name="adoptions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    adopted_on = models.DateField(null=True)

    class Meta:
        ordering = ["organisation__order"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "organisation"], name="one_adoption_a_partner")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.adopted_on or 'not yet'}"


class PlanQuerySet(models.QuerySet["ActionPlan"]):
    """Questions about plans."""

    def published(self) -> "PlanQuerySet":
        """Those that anybody may read."""
        return self.filter(is_published=True, is_draft=False)

    def seen_by(self, user: User) -> "PlanQuerySet":
        """All but drafts, which only those see who own them."""
        return self.but_drafts_of_others(user.pk if user.may(Permission.OWN_PLANS) else None)

    def but_drafts_of_others(self, owner: int | None) -> "PlanQuerySet":
        """All but drafts, and those that this person, who may own plans, answers for."""
        if owner is None:
            return self.filter(is_draft=False)
        return self.filter(Q(is_draft=False) | Q(owner=None) | Q(owner=owner))

    def running(self, today: date) -> "PlanQuerySet":
        """Begun for good, and their period has not ended."""
        return self.filter(is_draft=False, period_end__gte=today)


class ActionPlan(models.Model):
    """One plan, such as Appendix C."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=160)
    appendix = models.CharField(max_length=10, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    is_illustrative = models.BooleanField(default=False)
    is_published = models.BooleanField(default=True)
    notice = models.TextField(blank=True)
    about = models.TextField(blank=True)
    source = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Who answers for it and approves changes; without one, everybody who may.
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # Being written: nobody reports on it, and it is in no figure.
    is_draft = models.BooleanField(default=False)
    previous = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="next")
    # What the public page tells beside titles and dates.
    publishes_progress = models.BooleanField(default=True)
    publishes_figures = models.BooleanField(default=False)
    public_words = models.TextField(blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_end__gt=models.F("period_start")), name="plan_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_owned_by(self, user: User) -> bool:
        """Whether somebody answers for it: its owner, or where it has none, everybody who may own plans."""
        return user.may(Permission.OWN_PLANS) and self.owner_id in (None, user.pk)

    def has_ended(self, *, today: date) -> bool:
        """Whether its period is over: then it is history and no longer rated."""
        return today > self.period_end


class Priority(models.Model):
    """A priority of a plan."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="priorities")
    code = models.SlugField()
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "priorities"
        ordering = ["plan__order", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_priority_a_code")]

    def __str__(self) -> str:
        return self.name
