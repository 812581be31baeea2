"""Staff: who they are, where they work, what they may do, and how they come in."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, models, transaction

from audit import trail
from outbox.models import OutboxEntry
from partners.models.organisation import Organisation
from partners.roles import ADMINISTRATOR, ROLES, Permission, Role

INVITATION_LASTS = timedelta(days=7)
FIRST_INVITATION_LASTS = timedelta(hours=1)


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
        return self.memberships.filter(left_at=None).select_related("organisation").first()

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
    def suspend(self, *, by: "User", now: datetime) -> None:
        """Takes their access away from their next request on; what they did stays."""
        self._set_active(False, "person.suspended", by, now)

    @transaction.atomic
    def restore(self, *, by: "User", now: datetime) -> None:
        """Gives suspended access back."""
        self._set_active(True, "person.restored", by, now)

    def _set_active(self, is_active: bool, act: str, by: "User", now: datetime) -> None:
        if self.is_active == is_active:
            return
        self.is_active = is_active
        self.save(update_fields=["is_active"])
        trail.record(act, self, by=by, now=now)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about who works where."""

    def current(self) -> "MembershipQuerySet":
        """Those that have not ended."""
        return self.filter(left_at=None)

    def by_organisation(self) -> "MembershipQuerySet":
        """As the list of people shows them."""
        return self.select_related("user", "organisation").order_by(
            "organisation__order", "organisation__name", "user__name"
        )


class Membership(models.Model):
    """A person works for an organisation in some roles, from a time and perhaps until one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
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
    def end(self, *, by: User, now: datetime) -> None:
        """The person has left: they keep an account that opens nothing, until somebody invites them elsewhere."""
        self.left_at = now
        self.save(update_fields=["left_at"])
        trail.record("membership.ended", self, by=by, now=now, organisation=self.organisation.code)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Those that nobody has taken up, too old ones among them, the newest first."""
        return self.filter(accepted_at=None).select_related("organisation").order_by("-invited_at")


class InvitationNotValid(Exception):
    """The link was used, is too old, or was never ours."""


class AdministratorExists(Exception):
    """There is somebody who invites people, so nobody comes in by the first link any more."""


class AlreadyHasAccount(Exception):
    """Somebody signs in with this address already."""


class Invitation(models.Model):
    """A way in for one person. The link's secret is derived from the id and a key, so it is never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role_codes = ArrayField(models.CharField(max_length=30))
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_made")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitation_used")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email}"

    @classmethod
    @transaction.atomic
    def invite(
        cls,
        *,
        email: str,
        name: str,
        organisation: Organisation,
        role_codes: list[str],
        by: User | None,
        now: datetime,
        lasts: timedelta = INVITATION_LASTS,
    ) -> "Invitation":
        """Invites one person; the outbox sends the link. Raises AlreadyHasAccount."""
        if User.objects.filter(email__iexact=email).exists():
            raise AlreadyHasAccount
        invitation = cls.objects.create(
            email=email.lower(),
            name=name,
            organisation=organisation,
            role_codes=role_codes,
            invited_by=by,
            invited_at=now,
            expires_at=now + lasts,
        )
        trail.record("person.invited", invitation, by=by, now=now, roles=role_codes, to=organisation.code)
        OutboxEntry.put(
            "partners.invitation", str(invitation.pk), {"invitation": str(invitation.pk)}, now=now
        )
        return invitation

    @classmethod
    @transaction.atomic
    def invite_first_administrator(
        cls, *, email: str, name: str, organisation: Organisation, now: datetime
    ) -> "Invitation":
        """Invites the person who invites all others; raises AdministratorExists once there is one."""
        if holders_of(Permission.INVITE_PEOPLE).exists():
            raise AdministratorExists
        return cls.invite(
            email=email,
            name=name,
            organisation=organisation,
            role_codes=[ADMINISTRATOR.code],
            by=None,
            now=now,
            lasts=FIRST_INVITATION_LASTS,
        )

    @property
    def roles(self) -> list[Role]:
        return [ROLES[code] for code in self.role_codes]

    @transaction.atomic
    def send_again(self, *, by: User, now: datetime) -> None:
        """Sends the link once more and lets it work for another seven days; an accepted one is left alone."""
        if self.accepted_at:
            raise InvitationNotValid
        self.expires_at = now + INVITATION_LASTS
        self.save(update_fields=["expires_at"])
        trail.record("person.invited_again", self, by=by, now=now)
        OutboxEntry.put(
            "partners.invitation", f"{self.pk}:{now.isoformat()}", {"invitation": str(self.pk)}, now=now
        )

    @property
    def token(self) -> str:
        """What the link carries."""
        return _signer().sign(str(self.pk))

    @classmethod
    def by_token(cls, token: str, *, now: datetime) -> "Invitation":
        """The open invitation that a link stands for; raises InvitationNotValid."""
        try:
            invitation = cls.objects.select_related("organisation").get(pk=_signer().unsign(token))
        except (BadSignature, cls.DoesNotExist, ValueError):
            raise InvitationNotValid from None
        if invitation.accepted_at or invitation.expires_at <= now:
            raise InvitationNotValid
        return invitation

    @transaction.atomic
    def accept(self, *, password: str, now: datetime) -> User:
        """Makes the account and the membership; raises InvitationNotValid when somebody was quicker, and
        AlreadyHasAccount when the address came in by another invitation."""
        current = Invitation.objects.select_for_update().get(pk=self.pk)
        if current.accepted_at or current.expires_at <= now:
            raise InvitationNotValid
        user = User._make(email=current.email, name=current.name, password=password, now=now)
        # Who opens the link reads that mailbox, so the address is proven; a second factor cannot be set up without.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        Membership.objects.create(
            user=user, organisation=current.organisation, role_codes=current.role_codes, joined_at=now
        )
        current.accepted_at, current.accepted_by = now, user
        current.save(update_fields=["accepted_at", "accepted_by"])
        trail.record("invitation.accepted", current, by=user, now=now)
        return user


def _signer() -> Signer:
    return Signer(salt="partners.invitation")


def holders_of(permission: Permission) -> "models.QuerySet[User]":
    """Everybody at work whose role allows it."""
    codes: list[Any] = [role.code for role in ROLES.values() if permission in role.permissions]
    return User.objects.filter(
        is_active=True, memberships__left_at=None, memberships__role_codes__overlap=codes
    ).distinct()
