"""Who hears of a reporting centre, and how a letter about it goes out: what there is to do, never about a person."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string

from partners.models import ReportingCentre, User
from partners.models.person import holders_of
from partners.roles import Permission


def managers_of(centre: ReportingCentre) -> QuerySet[User]:
    """Those at work at the centre who run it."""
    return _at(centre.organisation_id, Permission.RUN_CENTRE)


def leads_of(centre: ReportingCentre) -> QuerySet[User]:
    """The centre leads of the organisation that looks after it; where it has none, the administrators."""
    leads = _at(centre.looked_after_by_id, Permission.OVERSEE_CENTRES)
    return leads if leads.exists() else holders_of(Permission.INVITE_PEOPLE)


def _at(organisation_id: int | None, permission: Permission) -> QuerySet[User]:
    return holders_of(permission).filter(memberships__left_at=None, memberships__organisation=organisation_id)


def send(name: str, to: Iterable[User], context: Mapping[str, Any], *, message_id: str) -> None:
    """One letter to all of them, none of whom sees the others; sent again, because a worker died in between, it
    carries the same id."""
    addresses = sorted(each.email for each in to)
    if not addresses:
        return
    subject, _, text = render_to_string(f"centres/mails/{name}.txt", dict(context)).partition("\n")
    host = urlsplit(settings.BASE_URL).hostname
    EmailMessage(
        subject.strip(),
        text.strip() + "\n",
        bcc=addresses,
        to=[],
        headers={"Message-ID": f"<{message_id}@{host}>"},
    ).send()
