"""Staff: who they are, and what they may do where they work today."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import IntegrityError, models, transaction

from audit import trail
from partners.models.granting import NotYoursToChange, may_restore, refuse_change
from partners.models.organisation import Organisation
from partners.models.session import StaffSession
from partners.roles import ROLES, Permission, Role

if TYPE_CHECKING:
    from partners.models.membership import Membership


class AlreadyHasAccount(Exception):
    """Somebody signs in with this address already."""


class PeopleManager(BaseUserManager["User"]):
    """People by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff of a partner or a centre. The public has no accounts."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    # Who took their access away, while it is; nobody where the portal itself did.
    suspended_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    date_joined = models.DateTimeField()

    objects: ClassVar[PeopleManager] = PeopleManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="one_account_an_address")
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def membership(self) -> "Membership | None":
        """Where they work today."""
        today = self.memberships.filter(left_at=None).select_related("organisation")
        return next(iter(today), None)

    @property
    def organisation(self) -> Organisation | None:
        return self.membership.organisation if self.membership else None

    @property
    def organisation_id(self) -> int | None:
        return self.membership.organisation_id if self.membership else None

    @property
    def roles(self) -> list[Role]:
        return [ROLES[code] for code in self.membership.role_codes] if self.membership else []

    def may(self, permission: Permission) -> bool:
        """Whether one of their roles allows it."""
        return any(permission in role.permissions for role in self.roles)

    def forget_membership(self) -> None:
        """Looks up again where they work when next asked."""
        self.__dict__.pop("membership", None)

    @classmethod
    def _make(cls, *, email: str, name: str, password: str, now: datetime) -> "User":
        user = cls(email=email, name=name, date_joined=now)
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:  # the constraint knows also what came in at the same moment
            raise AlreadyHasAccount from None
        return user

    @transaction.atomic
    def suspend(self, *, by: "User | None", now: datetime, **facts: Any) -> None:
        """Takes their access away from their next request on; what they did stays.

        `by` is None where the portal itself does it. Raises NotYoursToChange or LastAdministrator.
        """
        self.forget_membership()
        if self.membership:
            refuse_change(by, self.membership)
            self.membership.keep_one_administrator()
        self._set_active(False, "person.suspended", by, now, facts)
        StaffSession.end_all(self, by=by, now=now)

    @transaction.atomic
    def restore(self, *, by: "User", now: datetime, **facts: Any) -> None:
        """Gives suspended access back; raises NotYoursToChange."""
        self.forget_membership()
        if self.membership:
            refuse_change(by, self.membership)
        if not may_restore(by, self):
            raise NotYoursToChange("Only an administrator of the partnership can give this access back.")
        self._set_active(True, "person.restored", by, now, facts)

    def _set_active(
        self, is_active: bool, act: str, by: "User | None", now: datetime, facts: dict[str, Any]
    ) -> None:
        taken_by = None if is_active else by
        others = User.objects.filter(pk=self.pk, is_active=not is_active)
        changed = others.update(is_active=is_active, suspended_by=taken_by)
        self.is_active = is_active
        if changed:
            self.suspended_by = taken_by
            trail.record(act, self, by=by, now=now, **facts)


def holders_of(permission: Permission) -> "models.QuerySet[User]":
    """Everybody at work whose role allows it."""
    codes: list[Any] = [role.code for role in ROLES.values() if permission in role.permissions]
    return User.objects.filter(
        is_active=True, memberships__left_at=None, memberships__role_codes__overlap=codes
    ).distinct()
