"""Actions: who does what by when, the questions one asks of them, and the act of telling how they go."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from actionplans import rag_sql
from actionplans.models.change import RagOverride
from actionplans.models.cycle import UpdateCycle
from actionplans.models.measure import Holder
from actionplans.models.plan import ActionPlan, Priority
from actionplans.models.standing import STANDS, Standing
from actionplans.models.tellers import who_could_tell, without_tellers
from actionplans.models.update import ProgressUpdate
from actionplans.rag import OFF_TRACK, OVERRIDABLE, SAYABLE, RagRating, Rating, rate
from actionplans.rounds import opened_on
from actionplans.slipping import last_month_ends
from actionplans.trajectory import forecast
from audit import trail
from partners.models import District, Organisation, User
from reporting.strands import Strand


class NotInvolved(Exception):
    """Only an organisation that leads or supports an action reports on it."""


class NotThePlansOwner(Exception):
    """Only whoever owns the plan says something else than the rule."""


class NothingToOverride(Exception):
    """The rule says just that, or rates the action in a way that nobody overrides; or nothing is overridden."""


class ReasonMissing(Exception):
    """Without a reason to stand beside it, nothing is put in the rule's place."""


class ActionQuerySet(models.QuerySet["Action"]):
    """Questions about actions."""

    def involving(self, organisation: Organisation) -> "ActionQuerySet":
        """Those that an organisation leads or supports."""
        supports = Action.supporting.through.objects.filter(
            action=OuterRef("pk"), organisation_id=organisation.pk
        )
        return self.filter(Q(lead=organisation) | Exists(supports))

    def as_told_by(self, on: date) -> "ActionQuerySet":
        """Adds `percent_then` (None where nobody had told yet): as the newest update stood at the end of `on`."""
        return self.annotate(percent_then=percent_by(on))

    def running(self, today: date) -> "ActionQuerySet":
        """Begun and not closed or deferred, of a plan that runs; complete or not."""
        return self.filter(is_running(today))

    def in_force(self) -> "ActionQuerySet":
        """Those of plans that are no draft."""
        return self.filter(plan__is_draft=False)

    def with_what_rates(self) -> "ActionQuerySet":
        """Brings along what `Action.rating` looks at, so that a list of them asks once."""
        return self.select_related("plan", "measure")

    def with_who_could_tell(self) -> "ActionQuerySet":
        """Brings along whether anybody at the lead could tell how the action goes."""
        return self.annotate(is_told_by_somebody=Exists(who_could_tell(OuterRef("lead_id"))))

    def rated(self, today: date) -> "ActionQuerySet":
        """Rates them in the database, by the rule of actionplans.rag: `rag` (what counts), `by_progress` (progress
        against time alone), `is_milestone_late`, `is_measure_behind` and `rank` (worst first), on `today`.

        No update is read, so it is for thousands: count, filter, order and page on these. For the words on a row ask
        `action.rating(today=today)` of the few rows shown, brought by `with_what_rates()`. Such as::

            Action.objects.in_force().rated(today).exceptions().with_what_rates().worst_first()[:50]
            Action.objects.rated(today).filter(rag="amber", is_measure_behind=True)
            Action.objects.rated(today).order_by().values("plan", "rag").annotate(number=Count("pk"))
        """
        return (
            self.annotate(by_progress=rag_sql.by_progress(today))
            .annotate(
                is_milestone_late=rag_sql.is_milestone_late(today),
                is_measure_behind=rag_sql.is_measure_behind(today),
            )
            .annotate(rag=rag_sql.rag(today))
            .annotate(rank=rag_sql.rank())
        )

    def exceptions(self) -> "ActionQuerySet":
        """Of those `rated`: overdue, off track and slipping, and those that the plan's owner says are worse than the
        rule says. An override for the better takes nothing out."""
        return self.filter(_is_exception())

    def worst_first(self) -> "ActionQuerySet":
        """Of those `rated`: the worst first, then in the order of the plans."""
        return self.order_by("rank", "plan__order", "plan__code", "order")

    def off_track(self, today: date) -> "ActionQuerySet":
        """Those that the rule rates overdue or off track on `today`; drafts are in no list."""
        return self.in_force().standing(today).filter(Q(rag__in=[rag.value for rag in OFF_TRACK]))

    def slipping(self, today: date) -> "ActionQuerySet":
        """Adds to those `rated` whether each `slips`: put off twice, or in need of attention today and at two
        month ends (actionplans.slipping).

        Reads updates, but only of those that need attention today.
        """
        later, earlier = last_month_ends(today)
        told = self.annotate(percent_later=percent_by(later), percent_earlier=percent_by(earlier))
        stood = told.annotate(
            stood_later=rag_sql.by_progress(later, "percent_later"),
            stood_earlier=rag_sql.by_progress(earlier, "percent_earlier"),
        )
        return stood.annotate(slips=rag_sql.slips("stood_later", "stood_earlier"))

    def standing(self, today: date, *, is_kept: bool = False) -> "ActionQuerySet":
        """The same as `rated` and `slipping`, as it is kept of each action for `today`: for the pages of a day.

        What is not kept is worked out and kept first (actionplans.models.standing); `is_kept` says that all of it is.
        """
        if not is_kept and not keep_ratings(today):
            return self.rated(today).slipping(today)
        return self.annotate(**{name: F(f"standing__{name}") for name in STANDS})

    def standing_before(self, day: date) -> "ActionQuerySet":
        """Adds `before`: the rating by progress at the end of an earlier day, kept as in `standing`."""
        if not keep_ratings_before(day):
            return self.rated_before(day)
        return self.annotate(before=F("standing__before"))

    def rated_before(self, day: date) -> "ActionQuerySet":
        """The same, worked out: by what had been told by then."""
        # Nothing was told since: no update need be read.
        unchanged = models.When(updated_on__lte=day, then=F("percent_now"))
        then = models.Case(unchanged, default=percent_by(day))
        return self.annotate(percent_before=then).annotate(before=rag_sql.by_progress(day, "percent_before"))

    def owed_by(self, organisation: Organisation, today: date) -> "ActionQuerySet":
        """Those that run, are not complete, and that nobody of the organisation has told about in this month's round.

        What came with the plan's own document (no person behind it) does not count as telling.
        """
        told = ProgressUpdate.objects.filter(
            action=OuterRef("pk"),
            organisation=organisation,
            by__isnull=False,
            as_at__gte=opened_on(today),
            as_at__lte=today,
        )
        unfinished = Q(percent_now__lt=100) | Q(percent_now=None)
        return self.involving(organisation).filter(is_running(today) & unfinished & ~Q(Exists(told)))

    def without_lead(self, today: date) -> "ActionQuerySet":
        """Those not complete whose lead was retired, or has nobody left who could tell how they go."""
        return (
            self.in_force()
            .filter(Q(percent_now__lt=100) | Q(percent_now=None), closed_on=None, plan__period_end__gte=today)
            # There are few organisations: they are looked at once, not with each of their actions.
            .filter(lead__in=without_tellers(today).values("pk"))
        )


def keep_ratings(today: date, *, is_missing: bool = False) -> bool:
    """Works out and keeps what is missing of a day's ratings; False where they must be worked out live this moment.

    `is_missing` says of a transaction that writes nothing else that it has seen some missing.
    """
    return Standing.objects.keep(_rated_today, "rated_on", today, *STANDS, is_missing=is_missing)


def keep_ratings_before(day: date, *, is_missing: bool = False) -> bool:
    """The same for the ratings by progress at the end of an earlier day."""
    return Standing.objects.keep(_rated_before, "before_on", day, "before", is_missing=is_missing)


def _rated_today(today: date) -> ActionQuerySet:
    return Action.objects.rated(today).slipping(today)


def _rated_before(day: date) -> ActionQuerySet:
    return Action.objects.rated_before(day)


def _is_exception() -> Q:
    worse = RagOverride.objects.filter(action=OuterRef("pk"), ended_at=None).for_the_worse()
    return rag_sql.needs_attention("rag") | (Q(rag=RagRating.GREEN) & Q(Exists(worse)))


def is_running(today: date, of: str = "") -> Q:
    """Whether an action has begun, is not closed or deferred, and its plan runs; `of` leads to it, as `action__`."""
    begun = {"starts__lte": today, "closed_on": None, "plan__is_draft": False, "plan__period_end__gte": today}
    return Q(**{f"{of}{name}": value for name, value in begun.items()}) & ~Q(
        **{f"{of}course": Course.DEFERRED}
    )


def percent_by(on: date) -> Subquery:
    """How much of an action had been told to be done by the end of a day."""
    told = ProgressUpdate.objects.filter(action=OuterRef("pk"), as_at__lte=on).order_by("-as_at", "-id")
    return Subquery(told.values("percent_done")[:1])


class Importance(models.TextChoices):
    """How much the plan depends on it."""

    HIGH = "high", "high"
    MEDIUM = "medium", "medium"


class Course(models.TextChoices):
    """What is said of an action beside its dates; both are outside the rating by time."""

    TIMED = "", "runs from its start to its due date"
    ONGOING = "ongoing", "ongoing"
    DEFERRED = "deferred", "deferred"


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
    # Who sees to it at the lead, and who does while they can't.
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    course = models.CharField(max_length=10, choices=Course.choices, blank=True)
    # Why it is ongoing or deferred.
    course_reason = models.CharField(max_length=250, blank=True)
    blocked_by = models.ManyToManyField("self", symmetrical=False, related_name="blocks", blank=True)
    blocked_by_text = models.CharField(max_length=250, blank=True)
    # The baseline: what was planned first, where it was changed since.
    original_due = models.DateField(null=True)
    original_lead = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    times_put_off = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closing_words = models.TextField(blank=True)
    is_public = models.BooleanField(default=True)
    rolled_from = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="rolled_into"
    )
    # The newest update's, kept in step by the database itself (migration 0002); None while nobody has told.
    percent_now = models.PositiveSmallIntegerField(null=True, editable=False)
    updated_on = models.DateField(null=True, editable=False)
    # The earliest due date among its milestones that are not done, kept by the database too (migration 0002).
    milestone_due = models.DateField(null=True, editable=False)

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

    def rating(self, *, today: date) -> Rating:
        """How it stands on `today`; needs its plan and measure, as ActionQuerySet.with_what_rates brings them."""
        measure = getattr(self, "measure", None)
        return rate(
            starts=self.starts,
            due=self.due,
            percent_done=self.percent_now,
            today=today,
            plan_ended=self.plan.has_ended(today=today),
            closed_on=self.closed_on,
            course=self.course,
            milestone_due=self.milestone_due,
            measured=measure.measured() if measure else None,
        )

    def forecast(self, *, today: date) -> date | None:
        """The day on which all will be done at its pace so far; None where that can't be said."""
        if self.rating(today=today).by_progress not in OVERRIDABLE:
            return None
        return forecast(starts=self.starts, percent_done=self.percent_now, today=today)

    def override(self, *, today: date) -> "RagOverride | None":
        """What the plan's owner says beside the rule, while it is needed."""
        found = next((each for each in self.overrides.all() if each.ended_at is None), None)
        return found if found and found.is_needed(self.rating(today=today).rag) else None

    @transaction.atomic
    def override_rating(self, rag: RagRating, reason: str, *, by: User, now: datetime) -> RagOverride:
        """Puts the owner's word beside the rule's rating, in place of an earlier one.

        Raises NotThePlansOwner, ReasonMissing, NothingToOverride.
        """
        self._refuse_unless_owner(by)
        if not reason.strip():
            raise ReasonMissing("Say why: the reason stands beside the rating.")
        action = Action.objects.select_for_update(of=("self",)).with_what_rates().get(pk=self.pk)
        computed = action.rating(today=timezone.localdate(now)).rag
        if rag not in SAYABLE or computed not in OVERRIDABLE or rag == computed:
            raise NothingToOverride(f"The rule says “{computed.word}”.")
        self.overrides.filter(ended_at=None).update(ended_at=now, ended_by=by)
        made = self.overrides.create(rag=rag, computed=computed, reason=reason.strip(), by=by, at=now)
        trail.record("action.rating_overridden", self, by=by, now=now, rag=rag.value, computed=computed.value)
        return made

    @transaction.atomic
    def end_override(self, *, by: User, now: datetime) -> None:
        """Lets the rule's rating stand alone again. Raises NotThePlansOwner, NothingToOverride."""
        self._refuse_unless_owner(by)
        if not self.overrides.filter(ended_at=None).update(ended_at=now, ended_by=by):
            raise NothingToOverride("Nobody says anything else than the rule.")
        trail.record("action.override_ended", self, by=by, now=now)

    def _refuse_unless_owner(self, by: User) -> None:
        if not self.plan.is_owned_by(by):
            raise NotThePlansOwner(f"{by} does not own the plan of {self.ref}.")

    def has_lost_its_lead(self, *, today: date) -> bool:
        """Whether nobody can tell for its lead any more: it needs another one. Needs its lead."""
        retired = self.lead.retired_on
        if retired and retired <= today:
            return True
        # As a page brings it along (`with_who_could_tell`).
        known: bool | None = getattr(self, "is_told_by_somebody", None)
        return not (who_could_tell(self.lead).exists() if known is None else known)

    def involves(self, organisation: Organisation) -> bool:
        """Whether the organisation leads or supports it."""
        return self.lead_id == organisation.pk or self.supporting.filter(pk=organisation.pk).exists()

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
        sending: UUID | None = None,
        figures: Mapping[Holder, Decimal] | None = None,
        **details: Any,
    ) -> ProgressUpdate:
        """Adds a dated record of progress; `details` are the further fields of ProgressUpdate, `figures` new cells
        of the measure.

        What a person tells answers for the round of its day, late where that has closed. A `sending` that was
        recorded before gives that record again. Raises NotInvolved.
        """
        if not self.involves(organisation):
            raise NotInvolved(f"{organisation} neither leads nor supports {self.ref}.")
        if sending:
            # Two sendings at once wait here for each other.
            Action.objects.select_for_update(of=("self",)).get(pk=self.pk)
            known = self.updates.filter(sending=sending).first()
            if known:
                return known
        day = on or timezone.localdate(now)
        cycle = details.pop("cycle", None) or (UpdateCycle.of(day) if by else None)
        update = self.updates.create(
            percent_done=percent_done,
            what_changed=what_changed,
            by=by,
            organisation=organisation,
            recorded_at=now,
            as_at=day,
            sending=sending,
            cycle=cycle,
            is_late=bool(cycle and cycle.is_late(day)),
            **details,
        )
        for holder, value in (figures or {}).items():
            self.measure.record_figure(holder, value, by=by, now=now, on=update.as_at)
        trail.record("action.updated", self, by=by, now=now, percent_done=percent_done, update=update.pk)
        return update
