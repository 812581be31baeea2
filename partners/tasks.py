"""What this room does after commit."""

import logging
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from outbox.models import handler
from partners import mails
from partners.models import AccessReview, Invitation, KeptForm, SecondFactorReset, StaffSession, User
from partners.models.person import holders_of
from partners.models.second_factor_reset import who_could_reset
from partners.roles import Permission

log = logging.getLogger("llr.partners")


@handler("partners.invitation")
def send_invitation(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link, unless it would not work any more."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=payload["invitation"])
    if invitation.is_open(now=now):
        mails.send_invitation(invitation)


@handler("partners.password_reset")
def send_password_reset(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link for a new password to somebody who may still come in; nobody may have been meant."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user:
        mails.send_password_reset(user)


@handler("partners.reset_asked")
def send_reset_asked(payload: dict[str, Any], now: datetime) -> None:
    """Tells the other administrators that one of them has to agree, while it still waits."""
    reset = SecondFactorReset.objects.waiting(now=now).filter(pk=payload["reset"]).first()
    for administrator in who_could_reset(reset.user) if reset else []:
        if reset and administrator != reset.asked_by:
            mails.send_reset_asked(reset, administrator)


@handler("partners.second_factor_reset")
def send_second_factor_reset(payload: dict[str, Any], now: datetime) -> None:
    """Tells the person that their second step is gone, with the link for a new password."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user:
        mails.send_second_factor_reset(user)


@handler("partners.reset_at_the_machine")
def send_reset_at_the_machine(payload: dict[str, Any], now: datetime) -> None:
    """Tells every administrator what was done at the server."""
    person = User.objects.get(pk=payload["user"])
    for administrator in holders_of(Permission.INVITE_PEOPLE).exclude(pk=person.pk):
        mails.send_reset_at_the_machine(person, administrator)


@handler("partners.access_review")
def send_access_review(payload: dict[str, Any], now: datetime) -> None:
    """Tells those who answer for an organisation how its review stands."""
    review = AccessReview.objects.select_related("organisation").get(pk=payload["review"])
    if payload["what"] != "closed" and review.closed_at:
        return
    for confirmer in review.confirmers():
        mails.send_access_review(review, payload["what"], confirmer)


@shared_task(name="partners.keep_access_reviews")
def keep_access_reviews() -> None:
    """Opens the quarter's reviews, warns a week before they end, and closes those that are over. However often and
    by however many workers it runs, each of these happens once."""
    now = timezone.now()
    today = timezone.localdate(now)
    opened = AccessReview.open_quarter(now=now)
    warned = sum(review.warn(now=now) for review in AccessReview.objects.to_warn(today=today))
    closed = sum(review.close(now=now) for review in AccessReview.objects.overdue(today=today))
    if opened or warned or closed:
        log.info("access reviews", extra={"opened": opened, "warned": warned, "closed": closed})


@shared_task(name="partners.erase_lapsed_sessions")
def erase_lapsed_sessions() -> int:
    """Drops sessions that are over and what was typed in them; returns how many forms were kept too long."""
    now = timezone.now()
    StaffSession.erase_lapsed(now=now, started_before=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    return KeptForm.erase_expired(now=now)
