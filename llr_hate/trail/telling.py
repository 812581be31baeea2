"""Telling auditors how the trail stands: each morning, and at once on a day when it does not hold.

The mail carries the head, so that a copy of it lies in a mailbox, where nobody who runs the portal can change it.
"""

import json
from datetime import datetime
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from audit.models import TrailCheck
from outbox.models import OutboxEntry, handler
from partners.models import User
from partners.models.person import holders_of
from partners.roles import Permission

KIND = "trail.checked"


def tell_auditors(check: TrailCheck, *, now: datetime) -> None:
    """Asks for the mails: to each auditor one a day of a trail in order, and one of a trail that is not."""
    day, verdict = timezone.localdate(now), "good" if check.is_good else "bad"
    for auditor in holders_of(Permission.SEE_AUDIT):
        payload = {"check": str(check.pk), "user": auditor.pk}
        OutboxEntry.put(KIND, f"{auditor.pk}:{day}:{verdict}", payload, now=now)


@handler(KIND)
def send(payload: dict[str, Any], now: datetime) -> None:
    """Sends one, to somebody who is still auditor."""
    check = TrailCheck.objects.get(pk=payload["check"])
    auditor: User | None = holders_of(Permission.SEE_AUDIT).filter(pk=payload["user"]).first()
    if auditor is None:
        return
    head = {
        "seal": check.seal,
        "events": check.events,
        "hash": bytes(check.hash).hex(),
        "at": check.at.isoformat(timespec="seconds"),
    }
    told = render_to_string("llr_hate/trail/mails/checked.txt", {"check": check, "head": json.dumps(head)})
    subject, _, text = told.partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [auditor.email])
