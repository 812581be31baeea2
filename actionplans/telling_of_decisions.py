"""Telling whoever asked for a change that it was decided: one message, of what is still theirs to read."""

from datetime import datetime
from typing import Any

from actionplans import mails
from actionplans.models import ChangeRequest, Decision
from outbox.models import OutboxEntry

KIND = "actionplans.decided"
TOLD_OF = (Decision.APPROVED, Decision.REFUSED)


def put_decided(request: ChangeRequest, *, now: datetime) -> None:
    """Asks for the message, unless somebody decided about, or took back, what they asked themselves."""
    if request.decision in TOLD_OF and request.asked_by_id != request.decided_by_id:
        OutboxEntry.put(KIND, str(request.pk), {"request": request.pk}, now=now)


def tell_of(payload: dict[str, Any]) -> bool:
    """Sends it; False where whoever asked has left, or may not see the request any more."""
    request = ChangeRequest.objects.select_related("asked_by").get(pk=payload["request"])
    to = request.asked_by
    if not (to.is_active and ChangeRequest.objects.seen_by(to).filter(pk=request.pk).exists()):
        return False
    mails.send_decided(request, to)
    return True
