"""Who speaks for a partner in communications: one at a time, named, replaced and ended as dated records."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actionplans.computed import OF_CONTACTS
from actionplans.keeping_counts import count_again
from actionplans.models import CommsContact
from audit import trail
from partners.models import Organisation, User


class NotThere(Exception):
    """The person does not work at the organisation, so they can't speak for it."""


@transaction.atomic
def name_contact(organisation: Organisation, person: User, *, by: User, now: datetime) -> CommsContact:
    """From today the person speaks for the organisation, in place of whoever did. Raises NotThere."""
    if person.organisation_id != organisation.pk or not person.is_active:
        raise NotThere(f"{person} does not work at {organisation}.")
    before = _ends_whoever_is(organisation, now=now)
    if before and before.person_id == person.pk:
        before.until = None
        before.save(update_fields=["until"])
        return before
    contact = CommsContact.objects.create(
        organisation=organisation, person=person, named_on=timezone.localdate(now), named_by=by
    )
    trail.record("contact.named", contact, by=by, now=now, organisation=organisation.code, person=person.pk)
    count_again(OF_CONTACTS, now=now)
    return contact


@transaction.atomic
def end_contact(organisation: Organisation, *, by: User, now: datetime) -> None:
    """From today nobody speaks for the organisation."""
    ended = _ends_whoever_is(organisation, now=now)
    if ended:
        trail.record(
            "contact.ended", ended, by=by, now=now, organisation=organisation.code, person=ended.person_id
        )
        count_again(OF_CONTACTS, now=now)


def _ends_whoever_is(organisation: Organisation, *, now: datetime) -> CommsContact | None:
    # Two who name somebody at once wait here for each other.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    contact = CommsContact.objects.filter(organisation=organisation, until=None).first()
    if contact:
        contact.until = timezone.localdate(now)
        contact.save(update_fields=["until"])
    return contact
