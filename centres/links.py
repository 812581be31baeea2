"""Sending a link to the place that it is for."""

from datetime import datetime
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from centres.models import TellUsLink
from centres.models.tell_us import MAIL
from outbox.models import handler
from partners.mails import full_address


def address_of(link: TellUsLink) -> str:
    """The link itself."""
    return full_address(reverse("telling:tell", args=[link.token]))


@handler(MAIL)
def send_link(payload: dict[str, Any], now: datetime) -> None:
    """Sends the link, unless it was ended or renewed since, or would not work."""
    link = TellUsLink.objects.get(pk=payload["link"])
    if link.turn != payload["turn"] or not link.sent_to or not link.is_open(today=timezone.localdate(now)):
        return
    context = {"link": link, "address": address_of(link)}
    subject, _, text = render_to_string("centres/mails/tell_us_link.txt", context).partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [link.sent_to])
