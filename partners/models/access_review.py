"""Each quarter every organisation confirms its people; whoever nobody confirmed in time is suspended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from audit import trail
from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners.models.granting import NotYoursToChange
from partners.models.membership import LastAdministrator, Membership, MembershipQuerySet
from partners.models.organisation import Organisation
from partners.models.person import User, holders_of
from partners.roles import Permission

MONTHS_A_QUARTER = 3
TIME_TO_ANSWER = timedelta(days=28)
WARNED_BEFORE = timedelta(days=7)
CONFIRMERS_NEEDED = 2
# A portal that was down, or is new, opens a quarter's reviews this late at most; then it waits for the next quarter.
OPENS_WITHIN = timedelta(days=14)


class ReviewIsOver(Exception):
    """The review was closed: who was not confirmed is suspended, and an administrator can restore them."""


class AccessReviewQuerySet(models.QuerySet["AccessReview"]):
    """Questions about reviews."""

    def open(self) -> "AccessReviewQuerySet":
        return self.filter(closed_at=None).select_related("organisation")

    def newest_first(self) -> "AccessReviewQuerySet":
        return self.order_by("-quarter_start", "organisation__order", "organisation__name")

    def to_warn(self, *, today: date) -> "AccessReviewQuerySet":
        """Those that end within a week, of which nobody was warned."""
        return self.open().filter(warned_at=None, due_on__lte=today + WARNED_BEFORE)

    def overdue(self, *, today: date) -> "AccessReviewQuerySet":
        """Those whose last day is over."""
        return self.open().filter(due_on__lt=today)

    def with_counts(self) -> "AccessReviewQuerySet":
        """As the list shows them, with how many people were asked about, and how many were answered for."""
        at_work = models.Q(
            organisation__memberships__left_at=None,
            organisation__memberships__user__is_active=True,
            organisation__memberships__joined_at__lte=models.F("opened_at"),
        )
        answered = models.Subquery(
            AccessReviewAnswer.objects.filter(review=models.OuterRef("pk"))
            .order_by()
            .values("review")
            .annotate(n=models.Count("pk"))
            .values("n")
        )
        return self.annotate(
            people=models.Count("organisation__memberships", filter=at_work),
            answered=models.functions.Coalesce(answered, 0),
        )


class AccessReview(models.Model):
    """One organisation's confirmation of its people in one quarter. `due_on` is the last day to answer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_reviews")
    quarter_start = models.DateField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    warned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    suspended = models.PositiveIntegerField(default=0)

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter_start", "organisation__order", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "quarter_start"], name="one_access_review_a_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"access review of {self.organisation_id}, {self.quarter_start}"

    # What the clock does ---------------------------------------------------------------------------------------

    @classmethod
    def open_quarter(cls, *, now: datetime) -> int:
        """Opens the running quarter's review of every organisation that has people; returns how many are new."""
        today = timezone.localdate(now)
        start = quarter_start(today)
        if today - start > OPENS_WITHIN:
            return 0
        with_people = Membership.objects.at_work().values("organisation")
        without = Organisation.objects.filter(pk__in=with_people).exclude(access_reviews__quarter_start=start)
        return sum(cls.open_for(organisation, now=now) for organisation in without)

    @classmethod
    @transaction.atomic
    def open_for(cls, organisation: Organisation, *, now: datetime) -> bool:
        """Opens one organisation's review of the running quarter and asks it to answer; False if there is one."""
        today = timezone.localdate(now)
        review, is_new = cls.objects.get_or_create(
            organisation=organisation,
            quarter_start=quarter_start(today),
            defaults={"opened_at": now, "due_on": today + TIME_TO_ANSWER},
        )
        if is_new:
            trail.record("access_review.opened", review, by=None, now=now, organisation=organisation.code)
            review._tell("opened", now)
        return is_new

    @transaction.atomic
    def warn(self, *, now: datetime) -> bool:
        """Tells those who answer that a week is left; False if somebody did already, or nobody is left to confirm."""
        if not AccessReview.objects.filter(pk=self.pk, warned_at=None, closed_at=None).update(warned_at=now):
            return False
        is_needed = self.unanswered().exists()
        if is_needed:
            self._tell("warned", now)
        return is_needed

    @transaction.atomic
    def close(self, *, now: datetime) -> bool:
        """Suspends everybody whom nobody confirmed, and says so; False if another worker is at it or was.

        The last administrator stays: without one nobody could let anybody in again.
        """
        free = AccessReview.objects.select_for_update(skip_locked=True, no_key=True)
        if not free.filter(pk=self.pk, closed_at=None).exists():
            return False
        self.closed_at, self.suspended = now, 0
        for membership in self.unanswered().select_related("user").order_by("pk"):
            self.suspended += self._suspend_unconfirmed(membership, now)
        self.save(update_fields=["closed_at", "suspended"])
        trail.record("access_review.closed", self, by=None, now=now, suspended=self.suspended)
        self._tell("closed", now)
        return True

    def _suspend_unconfirmed(self, membership: Membership, now: datetime) -> bool:
        try:
            membership.user.suspend(by=None, now=now, reason="not_confirmed", review=self.pk)
        except LastAdministrator:
            trail.record(
                "access_review.left_last_administrator", self, by=None, now=now, person=membership.user_id
            )
            return False
        return True

    def _tell(self, what: str, now: datetime) -> None:
        payload = {"review": self.pk, "what": what}
        OutboxEntry.put("partners.access_review", f"{self.pk}:{what}", payload, now=now)

    # What people do --------------------------------------------------------------------------------------------

    def asked_about(self) -> MembershipQuerySet:
        """Everybody at work there since before the review was opened."""
        members = Membership.objects.at_work().filter(organisation=self.organisation_id)
        return members.filter(joined_at__lte=self.opened_at)

    def unanswered(self) -> MembershipQuerySet:
        """Those for whom nobody has answered."""
        return self.asked_about().exclude(accessreviewanswer__review=self)

    def answerable_by(self, user: User) -> MembershipQuerySet:
        """Those for whom this person may answer: never for themselves."""
        return self.unanswered().exclude(user=user) if may_answer(user, self) else Membership.objects.none()

    def confirmers(self) -> "models.QuerySet[User]":
        """Who answers for the organisation; with fewer than two, the administrators too: nobody confirms themselves."""
        own = holders_of(Permission.CONFIRM_PEOPLE).filter(
            memberships__left_at=None, memberships__organisation=self.organisation_id
        )
        if own.count() >= CONFIRMERS_NEEDED:
            return own
        administrators = holders_of(Permission.INVITE_PEOPLE)
        return User.objects.filter(models.Q(pk__in=own) | models.Q(pk__in=administrators))

    @transaction.atomic
    def answer(self, keeps: Mapping[int, bool], *, by: User, now: datetime) -> int:
        """Says of each membership (by id) whether the person still belongs; who does not is suspended at once.

        Answers that somebody else gave first stay. Returns how many were new; raises ReviewIsOver,
        NotYoursToChange, or LastAdministrator, and then none is kept.
        """
        open_one = AccessReview.objects.select_for_update(no_key=True).filter(pk=self.pk, closed_at=None)
        if not open_one.exists():
            raise ReviewIsOver(
                "This review is closed. An administrator can restore people who were suspended."
            )
        if not may_answer(by, self):
            raise NotYoursToChange("Only this organisation’s managers and administrators confirm its people.")
        members = list(
            self.answerable_by(by).filter(pk__in=list(keeps)).select_related("user", "organisation")
        )
        answers = [
            AccessReviewAnswer(review=self, membership=one, keeps=keeps[one.pk], by=by, at=now)
            for one in members
        ]
        AccessReviewAnswer.objects.bulk_create(answers)
        AuditEvent.objects.bulk_create([answer.event(by, now) for answer in answers])
        for one in members:
            if not keeps[one.pk]:
                self._suspend_who_left(one, by, now)
        return len(answers)

    def _suspend_who_left(self, membership: Membership, by: User, now: datetime) -> None:
        # The organisation's word about who works for it counts also for roles that only an administrator gives.
        membership.user.suspend(by=None, now=now, reason="no_longer_belongs", review=self.pk, said_by=by.pk)


class AccessReviewAnswer(models.Model):
    """What was said of one person in one review."""

    review = models.ForeignKey(AccessReview, on_delete=models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE)
    keeps = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "membership"], name="one_answer_a_person_and_review")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {'kept' if self.keeps else 'not kept'}"

    def event(self, by: User, now: datetime) -> AuditEvent:
        """Its entry in the trail, for `bulk_create`."""
        act = "membership.confirmed" if self.keeps else "membership.not_confirmed"
        facts: dict[str, Any] = {"review": self.review_id, "person": self.membership.user_id}
        return trail.prepare(act, self.membership, by=by, now=now, **facts)


def quarter_start(today: date) -> date:
    """The first day of the calendar quarter: of January, April, July or October."""
    return date(today.year, (today.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1, 1)


def may_answer(user: User, review: AccessReview) -> bool:
    """Whether somebody answers for the review's organisation: its confirmers, and administrators for all."""
    if user.may(Permission.INVITE_PEOPLE):
        return True
    return user.may(Permission.CONFIRM_PEOPLE) and user.organisation_id == review.organisation_id
