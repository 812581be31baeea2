"""What officers hear by e-mail: one message an hour or a day for an organisation, whatever came, and never what it is
about. Seven hundred reports are one message. How often, and the words, are the partnership's (`digests.toml`)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from outbox.models import OutboxEntry, handler
from partners.data import installed
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.models import Report
from scope.context import staff_scope

DIGESTS = "digests.toml"
RECEIVED = "reporting.received"
OTHER = "reporting.other_news"

# By organisation, for when the digest stands of which this process knows: each report would ask for it again.
_waiting: dict[int, datetime] = {}


def next_digest(now: datetime) -> datetime:
    """When what happened at `now` is told: at the end of the hour, or the next morning."""
    said = installed(DIGESTS)
    if said["every"] == "hour":
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    local = timezone.localtime(now)
    at = datetime.combine(local.date(), time(said["at"]), timezone.get_default_timezone())
    return at if at > now else datetime.combine(local.date() + timedelta(days=1), time(said["at"]), at.tzinfo)


def digest_for(organisation: int, *, now: datetime, kind: str = RECEIVED) -> OutboxEntry:
    """The one message of the hour or the day, to be added with an act."""
    at = next_digest(now)
    key = f"{organisation}:{timezone.localtime(at):%Y%m%d%H%z}"
    entry = OutboxEntry.prepare(kind, key, {"organisation": organisation, "of": key}, now=now)
    entry.try_at = at
    return entry


def missing_digest(organisation: int, *, now: datetime) -> list[OutboxEntry]:
    """`digest_for`; nothing where this process knows that it waits already. Added, it is told to `digest_waits`."""
    if _waiting.get(organisation) == next_digest(now):
        return []
    return [digest_for(organisation, now=now)]


def digest_waits(entries: Sequence[OutboxEntry]) -> None:
    """Remembers digests that are in the database for good."""
    if not connection.in_atomic_block:
        _waiting.update({entry.payload["organisation"]: entry.try_at for entry in entries})


def forget() -> None:
    """Nothing is known to wait (tests)."""
    _waiting.clear()


def ask_for_digests(report: Report, *, now: datetime, kind: str = RECEIVED) -> None:
    """Lets all who may see a report hear, with the next digest, that there is something new in it."""
    entries = [digest_for(each, now=now, kind=kind) for each in report.visible_to]
    OutboxEntry.objects.bulk_create(entries, ignore_conflicts=True)


@handler(RECEIVED)
def tell_officers(payload: dict[str, Any], now: datetime) -> None:
    """Tells an organisation's officers how much is new.

    What they may see is asked now, in their own scope: what was taken from them meanwhile is not announced.
    """
    with staff_scope(payload["organisation"]):
        new = Report.objects.waiting().count()
        unread = Report.objects.filter(has_unread_word=True, erased_at=None).count()
    if new or unread:
        _send(payload, {"new": new, "unread": unread})


@handler(OTHER)
def tell_of_something_else(payload: dict[str, Any], now: datetime) -> None:
    """Tells them that something else has changed, unless they hear anyhow."""
    if not OutboxEntry.objects.filter(key=f"{RECEIVED}:{payload['of']}").exists():
        _send(payload, {})


def _send(payload: dict[str, Any], counts: dict[str, int]) -> None:
    officers = holders_of(Permission.SEE_QUEUE).filter(
        memberships__organisation_id=payload["organisation"], memberships__left_at=None
    )
    addresses = sorted(set(officers.values_list("email", flat=True)))
    if not addresses:
        return
    said = installed(DIGESTS)
    lines = [said[what].format(count=count) for what, count in counts.items() if count]
    parts = [
        said["opening"],
        "\n".join(lines),
        f"Sign in: {urljoin(settings.BASE_URL, '/staff/')}",
        said["ending"],
    ]
    # The same message sent again, because a worker died in between, is one file or carries the same id.
    identity = f"<digest-{payload.get('of', '').replace(':', '-')}@{urlsplit(settings.BASE_URL).hostname}>"
    EmailMessage(
        said["subject"],
        "\n\n".join(part for part in parts if part) + "\n",
        bcc=addresses,
        to=[],
        headers={"Message-ID": identity},
    ).send()
