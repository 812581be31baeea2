"""Who works where, in which roles and team: joining is by invitation, moving and leaving are acts."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from audit import trail
from partners.models.granting import NotYoursToChange, looks_after, refuse_change, refuse_grant
from partners.models.organisation import Organisation
from partners.models.person import User
from partners.roles import ADMINISTRATOR, ROLES, Role


class LastAdministrator(Exception):
    """Nobody would be left to let people in."""


class HasLeft(Exception):
    """The person does not work there any more."""


class TeamNotHere(Exception):
    """The team belongs to another organisation."""


class TeamExists(Exception):
    """The organisation has a team of this name already."""


class Team(models.Model):
    """People of one organisation who do the same work."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["organisation__order", "organisation__name", "name"]
        constraints = [
            models.UniqueConstraint("organisation", models.functions.Lower("name"), name="one_team_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, organisation: Organisation, name: str, *, by: User | None, now: datetime) -> "Team":
        """A new team without people; raises TeamExists or NotYoursToChange."""
        if by and not looks_after(by, organisation.pk):
            raise NotYoursToChange("Only an administrator of the partnership can make a team there.")
        try:
            with transaction.atomic():
                team = cls.objects.create(organisation=organisation, name=name)
        except IntegrityError:
            raise TeamExists(f"{organisation} has a team called {name} already") from None
        trail.record("team.made", team, by=by, now=now, organisation=organisation.code)
        return team


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about who works where."""

    def current(self) -> "MembershipQuerySet":
        """Those that have not ended."""
        return self.filter(left_at=None)

    def at_work(self) -> "MembershipQuerySet":
        """Those of people who can sign in."""
        return self.current().filter(user__is_active=True)

    def suspended(self) -> "MembershipQuerySet":
        """Those of people whose access was taken away."""
        return self.current().filter(user__is_active=False)

    def gone(self) -> "MembershipQuerySet":
        """The last one of everybody who works nowhere now."""
        later = Membership.objects.filter(
            user=models.OuterRef("user"), joined_at__gt=models.OuterRef("joined_at")
        )
        return self.exclude(left_at=None).filter(~models.Exists(later))

    def administrators(self) -> "MembershipQuerySet":
        """Those of people who let everybody in."""
        return self.at_work().filter(role_codes__contains=[ADMINISTRATOR.code])

    def looked_after_by(self, user: User) -> "MembershipQuerySet":
        """Those that somebody may see on the pages about people: all, or their own organisation's."""
        if looks_after(user, None):
            return self
        return self.filter(organisation=user.organisation_id)

    def by_organisation(self) -> "MembershipQuerySet":
        """As the list of people shows them."""
        return self.select_related("user", "organisation", "team").order_by(
            "organisation__order", "organisation__name", "user__name", "pk"
        )


class Membership(models.Model):
    """A person works for an organisation in some roles, from a time and perhaps until one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role_codes = ArrayField(models.CharField(max_length=30))
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(left_at=None), name="one_workplace_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(role_codes__contained_by=sorted(ROLES)), name="membership_roles_are_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organisation}"

    @property
    def roles(self) -> list[Role]:
        return [ROLES[code] for code in self.role_codes]

    @transaction.atomic
    def change_roles(
        self, role_codes: Iterable[str], *, team: Team | None = None, by: User | None, now: datetime
    ) -> None:
        """Other roles, another team; what was withdrawn is gone on the person's next request.

        Raises NotYoursToChange, RolesDoNotFit, TeamNotHere, LastAdministrator or HasLeft.
        """
        roles = sorted(set(role_codes))
        self._begin(by, stays_administrator=ADMINISTRATOR.code in roles)
        _refuse_place(by, self.organisation, roles, team)
        before, self.role_codes, self.team = self.role_codes, roles, team
        self.save(update_fields=["role_codes", "team"])
        facts = {"before": sorted(before), "after": roles, "team": team.pk if team else None}
        trail.record("membership.roles_changed", self, by=by, now=now, person=self.user_id, **facts)

    @transaction.atomic
    def move_to(
        self,
        organisation: Organisation,
        role_codes: Iterable[str],
        *,
        team: Team | None = None,
        by: User | None,
        now: datetime,
    ) -> "Membership":
        """Ends this work and begins the next: on their next request the person sees the new place and not the old.

        Raises what `change_roles` raises.
        """
        roles = sorted(set(role_codes))
        self._begin(by, stays_administrator=ADMINISTRATOR.code in roles)
        _refuse_place(by, organisation, roles, team)
        self._leave(now)
        moved = Membership.objects.create(
            user=self.user, organisation=organisation, team=team, role_codes=roles, joined_at=now
        )
        facts = {"before": self.organisation.code, "to": organisation.code, "roles": roles}
        trail.record("membership.moved", moved, by=by, now=now, person=self.user_id, **facts)
        return moved

    @transaction.atomic
    def end(self, *, by: User | None, now: datetime) -> None:
        """The person has left: they keep an account that opens nothing, until somebody invites them elsewhere.

        Raises NotYoursToChange, LastAdministrator or HasLeft.
        """
        self._begin(by)
        self._leave(now)
        facts = {"organisation": self.organisation.code, "person": self.user_id}
        trail.record("membership.ended", self, by=by, now=now, **facts)

    def keep_one_administrator(self) -> None:
        """Raises LastAdministrator when nobody else could let people in; of two who go at once, one waits for the
        other."""
        if ADMINISTRATOR.code not in self.role_codes:
            return
        rows = Membership.objects.administrators().order_by("pk")
        those = {
            one.pk for one in rows.select_for_update(of=("self", "user"), no_key=True).select_related("user")
        }
        if those and not those - {self.pk}:
            raise LastAdministrator(
                f"{self.user.name} is the only administrator. Make somebody else an administrator first."
            )

    def _begin(self, by: User | None, *, stays_administrator: bool = False) -> None:
        if not stays_administrator:
            self.keep_one_administrator()
        current = Membership.objects.select_related("user", "organisation")
        self.refresh_from_db(from_queryset=current.select_for_update(of=("self",), no_key=True))
        if self.left_at:
            raise HasLeft(f"{self.user.name} does not work for {self.organisation} any more.")
        refuse_change(by, self)

    def _leave(self, now: datetime) -> None:
        self.left_at = now
        self.save(update_fields=["left_at"])
        self.user.forget_membership()


def _refuse_place(by: User | None, organisation: Organisation, roles: list[str], team: Team | None) -> None:
    refuse_grant(by, organisation, roles)
    if team and team.organisation_id != organisation.pk:
        raise TeamNotHere(f"{team} is not a team of {organisation}")
