"""Acts on the communication calendar: campaigns, their events, what they reached, and the library of materials.

What an act changes in the portal's own counts is counted in the same transaction.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from actionplans.computed import OF_EVENTS
from actionplans.keeping_counts import count_again
from actionplans.models import Campaign, CampaignEvent, CampaignKind, Material, Reach
from audit import trail
from insight import awareness
from partners.models import District, Organisation, User

LONGEST_CODE = 24


class AlreadyCancelled(Exception):
    """The campaign or event was cancelled before."""


class AlreadyPlanned(Exception):
    """This year's awareness week stands in the calendar already."""


@transaction.atomic
def plan_campaign(
    *,
    partners: Iterable[Organisation],
    districts: Iterable[District],
    by: User | None,
    now: datetime,
    **said: Any,
) -> Campaign:
    """Puts a campaign into the calendar; `said` are its fields, and without a `code` it is given one."""
    said.setdefault("code", free_code(f"{said['name']} {said['starts'].year}"))
    campaign = Campaign.objects.create(made_by=by, made_at=now, **said)
    campaign.partners.set(partners)
    campaign.districts.set(districts)
    trail.record("campaign.planned", campaign, by=by, now=now, code=campaign.code, kind=campaign.kind)
    return campaign


def free_code(words: str) -> str:
    """A code that no campaign has yet, made of words."""
    code = slugify(words)[:LONGEST_CODE].strip("-") or "campaign"
    taken = set(Campaign.objects.filter(code__startswith=code).values_list("code", flat=True))
    numbers = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (code, *numbers) if each not in taken)


@transaction.atomic
def change_campaign(
    campaign: Campaign,
    *,
    partners: Iterable[Organisation],
    districts: Iterable[District],
    by: User,
    now: datetime,
    **said: Any,
) -> bool:
    """Sets what differs; whether anything did. Its code never changes: it stands in links. Raises AlreadyCancelled."""
    _refuse_cancelled(campaign)
    changed = [name for name, value in said.items() if getattr(campaign, name) != value]
    for name in changed:
        setattr(campaign, name, said[name])
    for name, wanted in (("partners", partners), ("districts", districts)):
        links = getattr(campaign, name)
        if {each.pk for each in links.all()} != {each.pk for each in wanted}:
            links.set(wanted)
            changed.append(name)
    if changed:
        campaign.save()
        trail.record("campaign.changed", campaign, by=by, now=now, code=campaign.code, changed=changed)
        count_again(OF_EVENTS, now=now)
    return bool(changed)


@transaction.atomic
def cancel_campaign(campaign: Campaign, *, why: str, by: User, now: datetime) -> None:
    """It stays in the calendar as cancelled, and its events count no longer. Raises AlreadyCancelled."""
    _refuse_cancelled(campaign)
    campaign.cancelled_at, campaign.cancelled_by, campaign.cancelled_why = now, by, why
    campaign.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    trail.record("campaign.cancelled", campaign, by=by, now=now, code=campaign.code)
    count_again(OF_EVENTS, now=now)


def _refuse_cancelled(campaign: Campaign) -> None:
    if Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk).cancelled_at:
        raise AlreadyCancelled


# Events, reach ----------------------------------------------------------------------------------------------------


@transaction.atomic
def add_event(campaign: Campaign, *, by: User | None, now: datetime, **said: Any) -> CampaignEvent:
    """Adds an event of the campaign; `said` are its fields. Raises AlreadyCancelled."""
    _refuse_cancelled(campaign)
    event = campaign.events.create(made_by=by, made_at=now, **said)
    _note_event("campaign.event_added", event, by=by, now=now)
    return event


@transaction.atomic
def tell_reached(event: CampaignEvent, people: int, *, by: User, now: datetime) -> None:
    """How many people came to an event; a later number stands in place of the earlier, which the trail keeps."""
    before, event.people_reached = event.people_reached, people
    event.save(update_fields=["people_reached"])
    trail.record("campaign.event_told", event, by=by, now=now, before=before, after=people)


@transaction.atomic
def cancel_event(event: CampaignEvent, *, by: User, now: datetime) -> None:
    """It stays, as cancelled, and counts no longer. Raises AlreadyCancelled."""
    if CampaignEvent.objects.select_for_update(of=("self",)).get(pk=event.pk).cancelled_at:
        raise AlreadyCancelled
    event.cancelled_at = now
    event.save(update_fields=["cancelled_at"])
    _note_event("campaign.event_cancelled", event, by=by, now=now)


def _note_event(act: str, event: CampaignEvent, *, by: User | None, now: datetime) -> None:
    district = event.district.code if event.district else ""
    trail.record(act, event, by=by, now=now, campaign=event.campaign.code, district=district)
    count_again(OF_EVENTS, now=now)


@transaction.atomic
def enter_reach(
    campaign: Campaign,
    *,
    organisation: Organisation,
    channel: str,
    people: int,
    clicks: int | None,
    on: date,
    by: User | None,
    now: datetime,
) -> Reach:
    """Adds a dated number for one channel of one partner; what was entered before stays."""
    reach = campaign.reach.create(
        organisation=organisation,
        channel=channel,
        people=people,
        clicks=clicks,
        as_at=on,
        by=by,
        recorded_at=now,
    )
    trail.record("campaign.reach_entered", reach, by=by, now=now, campaign=campaign.code, people=people)
    return reach


def newest_reach(campaign: Campaign) -> list[Reach]:
    """The newest number of each partner's channel, the largest first; needs `reach` with its organisations."""
    newest: dict[tuple[int, str], Reach] = {}
    for each in campaign.reach.all():
        newest.setdefault((each.organisation_id, each.channel.casefold()), each)
    return sorted(newest.values(), key=lambda each: -each.people)


# The awareness week -----------------------------------------------------------------------------------------------


@transaction.atomic
def accept_week(week: awareness.AwarenessWeek, *, lead: Organisation, by: User, now: datetime) -> Campaign:
    """Makes this year's proposed week a campaign of all partners. Raises AlreadyPlanned."""
    code = code_of_week(week.year)
    if Campaign.objects.filter(code=code).exists():
        raise AlreadyPlanned
    return plan_campaign(
        code=code,
        kind=CampaignKind.AWARENESS_WEEK,
        name=f"{awareness.NAME} {week.year}",
        starts=week.days.first,
        ends=week.days.last,
        lead=lead,
        partners=Organisation.objects.filter(is_one_of_eleven=True, retired_on=None).exclude(pk=lead.pk),
        districts=(),
        by=by,
        now=now,
    )


def code_of_week(year: int) -> str:
    """The code of a year's awareness week; there is one a year."""
    return f"awareness-week-{year}"


# Materials --------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_material(*, by: User | None, now: datetime, **said: Any) -> Material:
    """Adds a poster, card, clip or text to the library; `said` are its fields."""
    material = Material.objects.create(added_by=by, added_at=now, **said)
    trail.record("material.added", material, by=by, now=now, language=material.language)
    return material


@transaction.atomic
def retire_material(material: Material, *, by: User, now: datetime) -> None:
    """Takes it out of the library; it stays known."""
    material.retired_at = now
    material.save(update_fields=["retired_at"])
    trail.record("material.retired", material, by=by, now=now)
