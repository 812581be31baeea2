"""The only way in: an invitation to one address, which somebody who may still invite stands behind."""

from datetime import datetime, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.postgres.fields import ArrayField
from django.core.signing import BadSignature, Signer
from django.db import models, transaction

from audit import trail
from outbox.models import OutboxEntry
from partners.models.granting import (
    NotYoursToChange,
    RolesDoNotFit,
    looks_after,
    refuse_grant,
    roles_given_by,
)
from partners.models.membership import Membership
from partners.models.organisation import Organisation
from partners.models.person import AlreadyHasAccount, User, holders_of
from partners.roles import ADMINISTRATOR, ROLES, Permission, Role

INVITATION_LASTS = timedelta(days=7)
FIRST_INVITATION_LASTS = timedelta(hours=1)


class InvitationNotValid(Exception):
    """The link was used, taken back, is too old, was never ours, or nobody stands behind it any more."""


class AdministratorExists(Exception):
    """There is somebody who invites people, so nobody comes in by the first link any more."""


class WasSuspended(Exception):
    """The account of this address was suspended: an administrator decides whether it opens again."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Those that nobody has taken up or back, too old ones among them, the newest first."""
        waiting = self.filter(accepted_at=None, taken_back_at=None)
        return waiting.select_related("organisation").order_by("-invited_at")

    def looked_after_by(self, user: User) -> "InvitationQuerySet":
        """Those that somebody may see: all, or their own organisation's."""
        return self if looks_after(user, None) else self.filter(organisation=user.organisation_id)


class Invitation(models.Model):
    """A way in for one person. The link's secret is derived from the id and a key, so it is never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role_codes = ArrayField(models.CharField(max_length=30))
    # Whoever sent it last: it works as long as they may invite there.
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_made")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitation_used")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False, accepted_at=None),
                name="invitation_taken_back_by_somebody",
            ),
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
        """Invites one person, who may have worked here before; the outbox sends the link.

        Raises AlreadyHasAccount, WasSuspended, RolesDoNotFit or NotYoursToChange.
        """
        refuse_grant(by, organisation, role_codes)
        _refuse_account(email, by)
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
        """Invites the person who invites all others; raises AdministratorExists once there is one.

        Of several such links only the last one works: two would let two strangers in.
        """
        if holders_of(Permission.INVITE_PEOPLE).exists():
            raise AdministratorExists
        earlier = cls.objects.filter(invited_by=None, role_codes=[ADMINISTRATOR.code], expires_at__gt=now)
        earlier.filter(accepted_at=None).update(expires_at=now)
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
        """Sends the link once more and lets it work for another seven days; `by` stands behind it from now on.

        Raises InvitationNotValid for one that was taken up or back, NotYoursToChange.
        """
        self._begin(by)
        self.expires_at, self.invited_by = now + INVITATION_LASTS, by
        self.save(update_fields=["expires_at", "invited_by"])
        trail.record("person.invited_again", self, by=by, now=now)
        OutboxEntry.put(
            "partners.invitation", f"{self.pk}:{now.isoformat()}", {"invitation": str(self.pk)}, now=now
        )

    @transaction.atomic
    def take_back(self, *, by: User, now: datetime) -> None:
        """The link stops working at once; raises InvitationNotValid for one that was taken up, NotYoursToChange."""
        self._begin(by)
        self.taken_back_at, self.taken_back_by = now, by
        self.save(update_fields=["taken_back_at", "taken_back_by"])
        trail.record("invitation.taken_back", self, by=by, now=now, to=self.organisation.code)

    def _begin(self, by: User) -> None:
        current = Invitation.objects.select_related("organisation").select_for_update(of=("self",))
        self.refresh_from_db(from_queryset=current)
        if self.accepted_at or self.taken_back_at:
            raise InvitationNotValid
        given = {role.code for role in roles_given_by(by, self.organisation)}
        if not set(self.role_codes) <= given:
            raise NotYoursToChange("Only an administrator of the partnership can change this invitation.")

    @property
    def token(self) -> str:
        """What the link carries."""
        return _signer().sign(str(self.pk))

    def is_open(self, *, now: datetime) -> bool:
        """Whether the link would let the person in."""
        is_over = self.accepted_at or self.taken_back_at or self.expires_at <= now
        return not is_over and self._has_somebody_behind_it()

    def _has_somebody_behind_it(self) -> bool:
        # An invitation that a command made has nobody behind it, and needs nobody.
        if self.invited_by is None:
            return True
        try:
            refuse_grant(self.invited_by, self.organisation, self.role_codes)
        except (NotYoursToChange, RolesDoNotFit):
            return False
        return self.invited_by.is_active

    @classmethod
    def by_token(cls, token: str, *, now: datetime) -> "Invitation":
        """The open invitation that a link stands for; raises InvitationNotValid."""
        found = cls.objects.select_related("organisation", "invited_by")
        try:
            invitation = found.get(pk=_signer().unsign(token))
        except (BadSignature, cls.DoesNotExist, ValueError):
            raise InvitationNotValid from None
        if not invitation.is_open(now=now):
            raise InvitationNotValid
        return invitation

    @transaction.atomic
    def accept(self, *, password: str, now: datetime) -> User:
        """Makes the membership, and the account where there is none; raises InvitationNotValid when somebody was
        quicker, and AlreadyHasAccount when the person works somewhere meanwhile."""
        found = Invitation.objects.select_related("organisation").select_for_update(of=("self",))
        current = found.get(pk=self.pk)
        if not current.is_open(now=now):
            raise InvitationNotValid
        user = self._person(current, password, now)
        Membership.objects.create(
            user=user, organisation=current.organisation, role_codes=current.role_codes, joined_at=now
        )
        user.forget_membership()
        current.accepted_at, current.accepted_by = now, user
        current.save(update_fields=["accepted_at", "accepted_by"])
        trail.record("invitation.accepted", current, by=user, now=now)
        return user

    @staticmethod
    def _person(invitation: "Invitation", password: str, now: datetime) -> User:
        known = User.objects.select_for_update(no_key=True).filter(email__iexact=invitation.email).first()
        if known is None:
            return _come_in(invitation, password, now)
        if known.membership:
            raise AlreadyHasAccount
        return _come_back(known, invitation, password, now)


def _come_in(invitation: Invitation, password: str, now: datetime) -> User:
    user = User._make(email=invitation.email, name=invitation.name, password=password, now=now)
    # Who opens the link reads that mailbox, so the address is proven; a second factor cannot be set up without.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _come_back(user: User, invitation: Invitation, password: str, now: datetime) -> User:
    """A new password, which ends every session; the second step they have is asked for as before. An organisation's
    own sign-in says anew whom it means by the address, which may be somebody else's by now."""
    if (
        not user.is_active
        and invitation.invited_by
        and not invitation.invited_by.may(Permission.INVITE_PEOPLE)
    ):
        raise InvitationNotValid  # suspended since they were invited, by somebody who may not undo that
    was_suspended, user.is_active, user.suspended_by = not user.is_active, True, None
    user.set_password(password)
    user.save(update_fields=["password", "is_active", "suspended_by"])
    SocialAccount.objects.filter(user=user).delete()
    if was_suspended:
        trail.record("person.restored", user, by=invitation.invited_by, now=now, reason="invited_again")
    return user


def _refuse_account(email: str, by: User | None) -> None:
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        return
    if known.membership:
        raise AlreadyHasAccount
    if not known.is_active and by and not by.may(Permission.INVITE_PEOPLE):
        raise WasSuspended("This person’s access was suspended. Ask an administrator of the partnership.")


def _signer() -> Signer:
    return Signer(salt="partners.invitation")
