"""What the portal writes about plans: how much waits and where, never what it is about."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from actionplans.models import ChangeRequest, UpdateCycle
from actionplans.owing import Digest
from actionplans.rounds import Audience, Stage
from partners.mails import full_address
from partners.models import User


def send_reminder(cycle: UpdateCycle, stage: Stage, to: User, digest: Digest) -> None:
    """One person's message of one stage, under an id that is always the same for them, so that it can't be two."""
    page = "updates" if stage.to is Audience.CONTRIBUTORS and digest.owed else "updates_waiting"
    said = {
        "cycle": cycle,
        "stage": stage,
        "user": to,
        "digest": digest,
        "asks_contributors": stage.to is Audience.CONTRIBUTORS,
        "link": full_address(reverse(f"actionplans:{page}")),
        "left_link": full_address(reverse("actionplans:updates_waiting")),
    }
    subject, _, text = render_to_string("actionplans/mails/reminder.txt", said).partition("\n")
    EmailMessage(
        subject.strip(),
        text.strip() + "\n",
        to=[to.email],
        headers={"Message-ID": reminder_id(cycle, stage, to)},
    ).send()


def send_decided(request: ChangeRequest, to: User) -> None:
    """That what somebody asked for was decided; how, they read behind the door."""
    said = {
        "user": to,
        "link": full_address(reverse("actionplans:change_request", args=[request.pk])),
    }
    subject, _, text = render_to_string("actionplans/mails/decided.txt", said).partition("\n")
    host = urlsplit(settings.BASE_URL).hostname
    EmailMessage(
        subject.strip(),
        text.strip() + "\n",
        to=[to.email],
        headers={"Message-ID": f"<change-request-{request.pk}@{host}>"},
    ).send()


def reminder_id(cycle: UpdateCycle, stage: Stage, to: User) -> str:
    """The same for the same person and stage, whoever sends it and however often."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"<updates-{cycle.month:%Y-%m}-{stage.code}-{to.pk}@{host}>"
