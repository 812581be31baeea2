"""Being away, and who stands in meanwhile."""

from datetime import date, datetime

from django.db import models, transaction

from audit import trail
from partners.models.granting import NotYoursToChange
from partners.models.organisation import Organisation
from partners.models.person import User, holders_of
from partners.roles import Permission


class CannotStandIn(Exception):
    """The person chosen can't do this work in those days."""


class AwayAlready(Exception):
    """These days overlap days away that were noted before."""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about who is away."""

    def on(self, today: date) -> "AbsenceQuerySet":
        """Those that `today` falls into."""
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def not_over(self, today: date) -> "AbsenceQuerySet":
        """Those that go on or are still to come, the first one first."""
        return self.filter(ends_on__gte=today).select_related("user", "deputy").order_by("starts_on", "pk")

    def covered_by(self, deputy: User) -> "AbsenceQuerySet":
        """Those in which this person stands in, for people who work where they work."""
        return self.filter(deputy=deputy, organisation=deputy.organisation_id)

    def overlapping(self, starts_on: date, ends_on: date) -> "AbsenceQuerySet":
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)


class Absence(models.Model):
    """Somebody is away from a day to a day, both included; their deputy of the same organisation does their work."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    # Where they were away from: whoever has moved on is nobody's colleague there any more.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stands_in")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deputy", "ends_on"]), models.Index(fields=["user", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(deputy=models.F("user")), name="nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} away {self.starts_on} to {self.ends_on}"

    @classmethod
    @transaction.atomic
    def note(
        cls, user: User, *, starts_on: date, ends_on: date, deputy: User, by: User, now: datetime
    ) -> "Absence":
        """Notes days away. Raises CannotStandIn, AwayAlready, or NotYoursToChange for somebody else's days."""
        _refuse_others(by, user)
        assert user.organisation, "only the days of somebody with a workplace may be noted"
        # Two who are noted at once wait for each other, in one order.
        list(User.objects.select_for_update(no_key=True).filter(pk__in=[user.pk, deputy.pk]).order_by("pk"))
        if cls.objects.filter(user=user).overlapping(starts_on, ends_on).exists():
            raise AwayAlready(f"{user.name} is noted as away on some of these days already")
        _refuse_deputy(user, deputy, starts_on, ends_on)
        absence = cls.objects.create(
            user=user, organisation=user.organisation, starts_on=starts_on, ends_on=ends_on, deputy=deputy
        )
        trail.record("absence.noted", absence, by=by, now=now, person=user.pk, deputy=deputy.pk)
        return absence

    @transaction.atomic
    def take_back(self, *, by: User, now: datetime) -> None:
        """They are not away after all, or back already. Raises NotYoursToChange."""
        _refuse_others(by, self.user)
        trail.record("absence.taken_back", self, by=by, now=now, person=self.user_id)
        self.delete()


def may_note_days_of(by: User, user: User) -> bool:
    """Everybody notes their own days; a team manager also those of their organisation's people."""
    same_house = user.organisation_id is not None and user.organisation_id == by.organisation_id
    return same_house and (by.pk == user.pk or by.may(Permission.MANAGE_TEAM))


def deputies_for(user: User) -> "models.QuerySet[User]":
    """Colleagues of the same organisation who work on cases too."""
    from_here = {"memberships__left_at": None, "memberships__organisation": user.organisation_id}
    return holders_of(Permission.WORK_CASES).filter(**from_here).exclude(pk=user.pk).order_by("name")


def _refuse_others(by: User, user: User) -> None:
    if not may_note_days_of(by, user):
        raise NotYoursToChange("You can note days away for yourself and for the people of your organisation.")


def _refuse_deputy(user: User, deputy: User, starts_on: date, ends_on: date) -> None:
    if not deputies_for(user).filter(pk=deputy.pk).exists():
        raise CannotStandIn(f"{deputy.name} does not work on cases in the same organisation")
    if Absence.objects.filter(user=deputy).overlapping(starts_on, ends_on).exists():
        raise CannotStandIn(f"{deputy.name} is away on some of these days too")
