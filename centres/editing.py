"""Changing what is listed of a reporting centre: each change is a version with what stood before.

What a centre changes itself counts at once, so that nobody goes to a closed door while somebody approves it; who looks
after the centre is told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from centres.models import CentreEvent
from centres.standing import NameTaken, locked_for
from centres.telling import leads_of, send
from outbox.models import OutboxEntry, handler
from partners.mails import full_address
from partners.models import Organisation, ReferenceKind, ReferenceVersion, ReportingCentre, User

KIND = "centres.listing_changed"
# What a centre's own manager may change, and what they may not.
OWN = (
    "address",
    "postcode",
    "opening_hours",
    "phone",
    "languages",
    "is_step_free",
    "has_private_room",
)
LISTING = (*OWN, "kind", "about", "email", "district", "looked_after_by")

FIELD_NAMES = {
    "name": "Name",
    "kind": "Kind",
    "about": "About it",
    "district": "Area",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "email": "Email",
    "opening_hours": "Opening hours",
    "languages": "Languages spoken",
    "is_step_free": "Step-free access",
    "has_private_room": "A private room",
    "looked_after_by": "Looked after by",
}


def listing_of(centre: ReportingCentre) -> dict[str, Any]:
    """What a version keeps of a listing."""
    plain = {name: getattr(centre, name) for name in LISTING if name not in ("district", "looked_after_by")}
    council = centre.looked_after_by
    return {
        "name": centre.organisation.name,
        **plain,
        "district": centre.district.code,
        "looked_after_by": council.code if council else "",
    }


def version_of(centre: ReportingCentre) -> int:
    """The number of the version that stands; 0 where nothing was ever changed."""
    return ReferenceVersion.objects.number_of(ReferenceKind.CENTRE, centre.organisation.code)


@transaction.atomic
def change_listing(
    centre: ReportingCentre, values: Mapping[str, Any], *, seen: int | None, by: User | None, now: datetime
) -> bool:
    """Sets fields of the listing, `name` among them; whether anything was different.

    Raises NotInThisStanding, NameTaken, or ChangedMeanwhile when somebody changed it after the version `seen`.
    """
    locked_for("edit", centre)
    before = listing_of(centre)
    _rename(centre.organisation, str(values.get("name", centre.organisation.name)))
    for name in values.keys() & set(LISTING):
        setattr(centre, name, values[name])
    centre.save(update_fields=list(LISTING))
    after = listing_of(centre)
    if after == before:
        return False
    kind, code = ReferenceKind.CENTRE, centre.organisation.code
    version = ReferenceVersion.publish(kind, code, after, before=before, seen=seen, by=by, now=now)
    changed = [name for name in FIELD_NAMES if before[name] != after[name]]
    CentreEvent.note("edited", centre, by=by, now=now, changed=changed, version=version.version)
    if by and by.organisation_id == centre.organisation_id:
        OutboxEntry.put(KIND, f"{code}:{version.version}", {"version": version.pk}, now=now)
    return True


def _rename(house: Organisation, name: str) -> None:
    if name == house.name:
        return
    if Organisation.objects.filter(name__iexact=name).exclude(pk=house.pk).exists():
        raise NameTaken(f"There is an organisation called {name} already.")
    house.name, house.short_name = name, name[:60]
    house.save(update_fields=["name", "short_name"])


@handler(KIND)
def tell_of_change(payload: dict[str, Any], now: datetime) -> None:
    """Tells who looks after the centre that its manager changed the listing, and where to read what."""
    version = ReferenceVersion.objects.get(pk=payload["version"])
    rows = ReportingCentre.objects.select_related("organisation", "looked_after_by")
    centre = rows.get(organisation__code=version.code)
    link = full_address(reverse("centres:edit", args=[version.code]))
    context = {"centre": centre, "by": version.by, "link": link}
    message_id = f"centre-listing-{version.pk}"
    send("listing_changed", leads_of(centre), context, message_id=message_id)
