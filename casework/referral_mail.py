"""A referral waits: officers of the organisation that was asked hear it by mail, once, and never what it is about."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from casework.models import Referral
from casework.referring import WAITS
from outbox.models import handler
from partners.models.person import holders_of
from partners.roles import Permission
from scope.context import worker_scope


@handler(WAITS)
def send(payload: dict[str, Any], now: datetime) -> None:
    """Tells who works on cases there, unless it was answered or called off meanwhile; where nobody does, those who can
    name somebody."""
    with worker_scope():
        found = Referral.objects.to_answer().filter(pk=payload["referral"]).first()
        if found is None:
            return
        at_work = holders_of(Permission.WORK_CASES).filter(
            memberships__left_at=None, memberships__organisation=found.organisation_id
        )
        people = at_work if at_work.exists() else holders_of(Permission.INVITE_PEOPLE)
        context = {
            "organisation": found.organisation.name,
            "nobody": not at_work.exists(),
            "due": found.due_at.date(),
            "address": urljoin(settings.BASE_URL, reverse("casework:referrals")),
        }
        to = sorted(set(people.values_list("email", flat=True)))
    subject, _, text = render_to_string("casework/mails/referral_waits.txt", context).partition("\n")
    EmailMessage(
        subject.strip(),
        text.strip() + "\n",
        bcc=to,
        to=[],
        # Sent again, because a worker died in between, it carries the same id.
        headers={"Message-ID": f"<referral-{found.pk}@{urlsplit(settings.BASE_URL).hostname}>"},
    ).send()
