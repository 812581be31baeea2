"""What this room does after commit."""

from datetime import datetime
from typing import Any

from outbox.models import handler
from partners import mails
from partners.models import Invitation, User


@handler("partners.invitation")
def send_invitation(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link, unless it was taken up or is too old by now."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=payload["invitation"])
    if invitation.accepted_at is None and invitation.expires_at > now:
        mails.send_invitation(invitation)


@handler("partners.password_reset")
def send_password_reset(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link for a new password to somebody who may still come in; nobody may have been meant."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user:
        mails.send_password_reset(user)
