"""Warning of a listing that nobody has found true for long: each stage once, and only the stage that applies today.

The public's pages need no warning to leave a stale centre out: their query does it. The row of a warning and the
letters are one transaction, so that a worker that dies, or two at once, neither warn twice nor forget.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from centres.models import ListingWarning, WarningStage
from centres.telling import leads_of, managers_of, send
from outbox.models import OutboxEntry, handler
from partners.mails import full_address
from partners.models import CentreStanding, ReportingCentre
from partners.models.centre import VERIFIED_FOR

KIND = "centres.listing_warning"
# The first day on which the public does not see a centre that was found true on day 0, and the days of the warnings.
HIDDEN_AFTER = VERIFIED_FOR + timedelta(days=1)
SOON_BEFORE, LAST_BEFORE = timedelta(days=14), timedelta(days=1)
CENTRE, LEADS = "centre", "leads"


def hidden_on(verified_on: date) -> date:
    """The first day on which the public is not shown the centre, unless somebody finds it true before."""
    return verified_on + HIDDEN_AFTER


def last_day(centre: ReportingCentre) -> date | None:
    """The last day on which the public is shown it if nobody confirms it before; None where nobody ever has."""
    return hidden_on(centre.verified_on) - LAST_BEFORE if centre.verified_on else None


def stage_on(today: date, verified_on: date) -> WarningStage | None:
    """What there is to warn of today; None while there are more than 14 days left."""
    hidden = hidden_on(verified_on)
    if today >= hidden:
        return WarningStage.HIDDEN
    if today >= hidden - LAST_BEFORE:
        return WarningStage.LAST
    return WarningStage.SOON if today >= hidden - SOON_BEFORE else None


def warn_of_stale_listings(*, now: datetime) -> int:
    """Writes the warnings whose day has come, each once, and asks for their letters; how many there were.

    Only centres on the list are warned. However late it runs, each hears the stage of today and none that has passed.
    """
    today = timezone.localdate(now)
    return sum(_warn(centre, today, now) for centre in _to_be_warned(today))


def _to_be_warned(today: date) -> list[ReportingCentre]:
    """The centres on the list that have not been told of what applies today."""
    rows = ReportingCentre.objects.active().filter(verified_on__lte=today - HIDDEN_AFTER + SOON_BEFORE)
    warned = ListingWarning.objects.filter(centre__in=rows).values_list("centre", "stage", "since")
    told = set(warned)
    return [each for each in rows if (each.pk, stage_of(each, today), each.verified_on) not in told]


def stage_of(centre: ReportingCentre, today: date) -> WarningStage | None:
    """What there is to warn of, for a centre on the list."""
    return stage_on(today, centre.verified_on) if centre.verified_on else None


@transaction.atomic
def _warn(centre: ReportingCentre, today: date, now: datetime) -> bool:
    """Looks again under a lock, since somebody may have checked or suspended it meanwhile."""
    fresh = ReportingCentre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    stage = stage_of(fresh, today)
    if stage is None or fresh.verified_on is None or fresh.standing != CentreStanding.LISTED:
        return False
    warning, is_new = ListingWarning.objects.get_or_create(
        centre=fresh, stage=stage, since=fresh.verified_on, defaults={"sent_at": now}
    )
    if is_new:
        for audience in (CENTRE, LEADS):
            payload = {"warning": warning.pk, "to": audience}
            OutboxEntry.put(KIND, f"{warning.pk}:{audience}", payload, now=now)
    return is_new


@handler(KIND)
def send_warning(payload: dict[str, Any], now: datetime) -> None:
    """Writes to the managers of the centre, or to who looks after it, unless the reason is gone by now.

    Those who look after it hear of the last day and of the hiding, and of all where the centre has no manager.
    """
    rows = ListingWarning.objects.select_related("centre__organisation", "centre__looked_after_by")
    warning = rows.get(pk=payload["warning"])
    centre = warning.centre
    if centre.verified_on != warning.since or centre.standing != CentreStanding.LISTED:
        return
    managers = list(managers_of(centre))
    is_to_leads = payload["to"] == LEADS
    if is_to_leads and managers and warning.stage == WarningStage.SOON:
        return
    check = reverse("centres:verify", args=[centre.organisation.code])
    context = {
        "centre": centre,
        "stage": warning.stage,
        "hidden_on": hidden_on(warning.since),
        "last_day": last_day(centre),
        "has_manager": bool(managers),
        "link": full_address(check if is_to_leads else reverse("centres:confirm_own")),
    }
    name = "listing_stale_leads" if is_to_leads else "listing_stale"
    message_id = f"centre-warning-{warning.pk}-{payload['to']}"
    send(name, leads_of(centre) if is_to_leads else managers, context, message_id=message_id)
