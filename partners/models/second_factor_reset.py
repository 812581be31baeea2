"""Taking away a second step that somebody lost: one administrator asks, another agrees within a day."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction

from audit import trail
from outbox.models import OutboxEntry
from partners.models.granting import NotYoursToChange
from partners.models.person import User, holders_of
from partners.models.printed_code import PrintedCode
from partners.models.session import StaffSession
from partners.roles import Permission

AGREED_WITHIN = timedelta(hours=24)
ADMINISTRATORS_NEEDED = 2


class CannotReset(Exception):
    """The reset can't be asked for or agreed to; the message says why."""


class WhyReset(models.TextChoices):
    """What became of the second step."""

    LOST = "lost", "The phone or key is lost"
    STOLEN = "stolen", "The phone or key was stolen"
    REPLACED = "replaced", "The phone was replaced, and the app did not come along"
    BROKEN = "broken", "The phone or key is broken"


class HowKnown(models.TextChoices):
    """How the administrator made sure that it is the person who asks."""

    IN_PERSON = "in_person", "I spoke with them face to face"
    VIDEO = "video", "I saw them on a video call"
    CALLED = "called", "I called them on a number that I knew before"
    MANAGER = "manager", "Their manager, whom I know, confirmed it"


class SecondFactorResetQuerySet(models.QuerySet["SecondFactorReset"]):
    """Questions about resets."""

    def waiting(self, *, now: datetime) -> "SecondFactorResetQuerySet":
        """Those that an administrator may still agree to, the longest waiting first."""
        asked = self.filter(approved_at=None, ended_at=None, asked_at__gt=now - AGREED_WITHIN)
        return asked.select_related("user", "asked_by").order_by("asked_at")


class SecondFactorReset(models.Model):
    """One wish to take a person's second step away, and who agreed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factor_resets")
    reason = models.CharField(max_length=10, choices=WhyReset.choices)
    how_known = models.CharField(max_length=10, choices=HowKnown.choices)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # Taken back or refused by somebody, or run out, which nobody did.
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SecondFactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False, ended_at=None),
                name="reset_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by=None) | models.Q(ended_at__isnull=False),
                name="reset_ended_at_some_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("user"))
                & (models.Q(approved_by=None) | ~models.Q(approved_by=models.F("user")))
                & (models.Q(approved_by=None) | ~models.Q(approved_by=models.F("asked_by"))),
                name="reset_by_two_others",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(approved_at=None, ended_at=None),
                name="one_reset_waits_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"second factor reset of {self.user_id}"

    @classmethod
    @transaction.atomic
    def ask(cls, user: User, *, reason: str, how_known: str, by: User, now: datetime) -> "SecondFactorReset":
        """One administrator asks; every other one hears of it. Raises CannotReset."""
        _refuse_administrator(by, user)
        if len(who_could_reset(user)) < ADMINISTRATORS_NEEDED:
            raise CannotReset("There is no second administrator who could agree.")
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        cls._end_those_that_ran_out(user, now)
        if cls.objects.filter(user=user).waiting(now=now).exists():
            raise CannotReset(
                f"Somebody has asked for {user.name} already: another administrator has to agree."
            )
        reset = cls.objects.create(user=user, reason=reason, how_known=how_known, asked_by=by, asked_at=now)
        facts = {"person": user.pk, "reason": reason, "how_known": how_known}
        trail.record("second_factor.reset_asked", reset, by=by, now=now, **facts)
        OutboxEntry.put("partners.reset_asked", str(reset.pk), {"reset": reset.pk}, now=now)
        return reset

    @transaction.atomic
    def approve(self, *, by: User, now: datetime) -> None:
        """Another administrator agrees: second step, sessions and password are gone, and the person gets a link for
        a new password. Raises CannotReset."""
        self._begin(by, now)
        if by.pk == self.asked_by_id:
            raise CannotReset("You asked for it yourself: another administrator has to agree.")
        if not _is_administrator(self.asked_by):
            raise CannotReset("Who asked for it is no administrator any more. Ask again.")
        self.approved_by, self.approved_at = by, now
        self.save(update_fields=["approved_by", "approved_at"])
        trail.record(
            "second_factor.reset", self, by=by, now=now, person=self.user_id, asked_by=self.asked_by_id
        )
        take_second_factor_away(self.user, key=f"reset:{self.pk}", by=by, now=now)

    @transaction.atomic
    def refuse(self, *, by: User, now: datetime) -> None:
        """An administrator, the one who asked among them, ends it without effect. Raises CannotReset."""
        self._begin(by, now)
        self.ended_by, self.ended_at = by, now
        self.save(update_fields=["ended_by", "ended_at"])
        trail.record("second_factor.reset_refused", self, by=by, now=now, person=self.user_id)

    def _begin(self, by: User, now: datetime) -> None:
        current = SecondFactorReset.objects.select_related("user", "asked_by")
        self.refresh_from_db(from_queryset=current.select_for_update(of=("self",), no_key=True))
        _refuse_administrator(by, self.user)
        if self.approved_at or self.ended_at or self.asked_at <= now - AGREED_WITHIN:
            raise CannotReset("This was dealt with already, or it is more than 24 hours old. Ask again.")

    @classmethod
    def _end_those_that_ran_out(cls, user: User, now: datetime) -> None:
        waiting = cls.objects.filter(user=user, approved_at=None, ended_at=None)
        waiting.filter(asked_at__lte=now - AGREED_WITHIN).update(ended_at=now)


def who_could_reset(user: User) -> list[User]:
    """The administrators other than the person."""
    return list(holders_of(Permission.INVITE_PEOPLE).exclude(pk=user.pk).order_by("pk"))


@transaction.atomic
def reset_at_the_machine(user: User, *, even_so: bool, now: datetime) -> None:
    """What whoever runs the server does where two administrators can't; every administrator is told.

    `even_so`: there are two, but none of them can sign in. Raises CannotReset where two could do it.
    """
    others = who_could_reset(user)
    if len(others) >= ADMINISTRATORS_NEEDED and not even_so:
        raise CannotReset("Two administrators can do this on the page of the person.")
    facts = {"administrators": len(others), "even_so": even_so}
    event = trail.record("second_factor.reset_at_the_machine", user, by=None, now=now, **facts)
    take_second_factor_away(user, key=f"machine:{event.pk}", by=None, now=now)
    OutboxEntry.put("partners.reset_at_the_machine", str(event.pk), {"user": user.pk}, now=now)


def take_second_factor_away(user: User, *, key: str, by: User | None, now: datetime) -> None:
    """Nothing that the person had opens the account any more; a letter to their address is the way back.

    The password goes too: a thief who knows it would otherwise set up a second step of their own. Without it every
    session ends on its next request. Whom their organisation's sign-in means by the person is asked anew too.
    """
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    PrintedCode.objects.filter(user=user).delete()
    StaffSession.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    OutboxEntry.put("partners.second_factor_reset", key, {"user": user.pk}, now=now)


def _refuse_administrator(by: User, user: User) -> None:
    if by.pk == user.pk:
        raise CannotReset("Nobody resets their own second step. Ask the other administrators.")
    if not _is_administrator(by):
        raise NotYoursToChange("Only administrators of the partnership reset a second step.")


def _is_administrator(user: User) -> bool:
    return user.is_active and user.may(Permission.INVITE_PEOPLE)
