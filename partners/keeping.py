"""Keeping the partnership's lists: organisations, areas, community safety partnerships and sharing agreements.

Each act changes the record and adds a version of it in one transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from partners.models import (
    CentreStanding,
    CommunitySafetyPartnership,
    District,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    ReferenceKind,
    ReferenceVersion,
    SharingAgreement,
    User,
)
from partners.wording import recipients

Record = Organisation | District | CommunitySafetyPartnership | SharingAgreement
Data = Mapping[str, Any]

# An agreement is put before its administrators so long before it is due for review.
REVIEW_SOON_DAYS = 60


class StillNeeded(Exception):
    """Something depends on the record; the message says what, for who wants it gone."""


KINDS: dict[type, ReferenceKind] = {
    Organisation: ReferenceKind.ORGANISATION,
    District: ReferenceKind.DISTRICT,
    CommunitySafetyPartnership: ReferenceKind.CSP,
    SharingAgreement: ReferenceKind.AGREEMENT,
}


def kind_of(record: Record) -> ReferenceKind:
    return KINDS[type(record)]


def code_of(record: Record) -> str:
    """What its versions are filed under: its code, or its number where it has none."""
    return str(record.pk) if isinstance(record, SharingAgreement) else record.code


def data_of(record: Record) -> dict[str, Any]:
    """What a version keeps of the record: codes, numbers, days as text, and names."""
    if isinstance(record, Organisation):
        names = ("name", "short_name", "kind", "is_one_of_eleven", "is_fallback_triage", "order")
        retired_on = record.retired_on.isoformat() if record.retired_on else ""
        return {name: getattr(record, name) for name in names} | {"retired_on": retired_on}
    if isinstance(record, District):
        return {
            "name": record.name,
            "population": record.population,
            "csp": record.csp.code,
            "triage": record.triage_organisation.code,
        }
    if isinstance(record, CommunitySafetyPartnership):
        return {"name": record.name, "merged_into": ""}
    return {
        "title": record.title,
        "organisations": sorted(record.organisations.values_list("code", flat=True)),
        "signed_on": record.signed_on.isoformat(),
        "review_on": record.review_on.isoformat(),
    }


@transaction.atomic
def add(record: Record, *, by: User, now: datetime, organisations: list[Organisation] | None = None) -> None:
    """Saves a new record with its first version; `organisations` are those of an agreement."""
    record.save(force_insert=True)
    _set_organisations(record, organisations)
    ReferenceVersion.publish(
        kind_of(record), code_of(record), data_of(record), before=None, seen=0, by=by, now=now
    )


@transaction.atomic
def change(
    record: Record,
    values: Mapping[str, Any],
    *,
    seen: int,
    by: User,
    now: datetime,
    organisations: list[Organisation] | None = None,
) -> bool:
    """Sets fields of the record, if they differ from what stands; whether they did. Raises ChangedMeanwhile when
    somebody changed it after the version `seen`."""
    type(record)._default_manager.select_for_update().get(pk=record.pk)
    before = data_of(record)
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values) or None)
    _set_organisations(record, organisations)
    after = data_of(record)
    if after == before:
        return False
    ReferenceVersion.publish(
        kind_of(record), code_of(record), after, before=before, seen=seen, by=by, now=now
    )
    return True


def _set_organisations(record: Record, organisations: list[Organisation] | None) -> None:
    if isinstance(record, SharingAgreement) and organisations is not None:
        record.organisations.set(organisations)


@transaction.atomic
def set_fallback(organisation: Organisation, *, by: User, now: datetime) -> None:
    """From now on this organisation reads first what no district can be named for. Raises StillNeeded."""
    if organisation.retired_on or organisation.kind == OrganisationKind.CENTRE:
        raise StillNeeded("A reporting centre or a retired organisation cannot read new reports first.")
    for other in Organisation.objects.filter(is_fallback_triage=True).exclude(pk=organisation.pk):
        _set_now(other, {"is_fallback_triage": False}, by=by, now=now)
    _set_now(organisation, {"is_fallback_triage": True}, by=by, now=now)


@transaction.atomic
def retire(organisation: Organisation, *, by: User, today: date, now: datetime) -> None:
    """From now on it is offered nowhere; reports, cases and plans of old keep its name. Raises StillNeeded."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    needed = what_needs(organisation)
    if needed:
        raise StillNeeded(needed[0])
    _set_now(organisation, {"retired_on": today}, by=by, now=now)


@transaction.atomic
def bring_back(organisation: Organisation, *, by: User, now: datetime) -> None:
    """Undoes `retire`. Raises StillNeeded for a reporting centre that has closed: that is for good."""
    if hasattr(organisation, "centre"):
        raise StillNeeded("A centre that has closed stays closed. Propose a new one.")
    _set_now(organisation, {"retired_on": None}, by=by, now=now)


def what_needs(organisation: Organisation) -> list[str]:
    """Why it cannot be retired, one sentence each, with what to do first; nothing when it can.

    Whoever works there answers for its cases and actions, and hands them over on leaving: with nobody left, no open
    work is left either.
    """
    reads = ", ".join(organisation.triages.values_list("name", flat=True))
    people = Membership.objects.current().filter(organisation=organisation).count()
    invited = Invitation.objects.waiting().filter(organisation=organisation).count()
    reasons = {
        f"It reads new reports from {reads} first. Give each of these areas to another organisation.": reads,
        "It reads first the reports that name no area. Choose another organisation for that.": (
            organisation.is_fallback_triage
        ),
        f"{_counted(people, 'person works', 'people work')} there. End their access or move them first.": people,
        f"{_counted(invited, 'invitation waits', 'invitations wait')} to be taken up there. "
        "Take them back or let them run out.": invited,
        "People who report can choose it in the wording about sharing, and would not be heard.": (
            organisation.code in {each.organisation for each in recipients()}
        ),
        "It is a reporting centre. Close the centre instead.": is_open_centre(organisation),
    }
    return [sentence for sentence, holds in reasons.items() if holds]


def is_open_centre(organisation: Organisation) -> bool:
    """Whether it is a reporting centre that has not closed."""
    centre = getattr(organisation, "centre", None)
    return centre is not None and centre.standing != CentreStanding.CLOSED


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _set_now(record: Record, values: Mapping[str, Any], *, by: User, now: datetime) -> None:
    """Sets fields whatever version stands: the act says all by itself."""
    seen = ReferenceVersion.objects.number_of(kind_of(record), code_of(record))
    change(record, values, seen=seen, by=by, now=now)


@transaction.atomic
def end_agreements_of(organisation: Organisation, *, by: User | None, now: datetime, today: date) -> int:
    """Takes an organisation out of all that it has signed; an agreement with one partner alone is over. What they said
    stays in their versions. Returns how many there were."""
    agreements = list(organisation.sharing_agreements.select_for_update())
    for agreement in agreements:
        before = data_of(agreement)
        agreement.organisations.remove(organisation)
        is_over = agreement.organisations.count() < 2
        after = data_of(agreement) | ({"ended_on": today.isoformat()} if is_over else {})
        kind, code = ReferenceKind.AGREEMENT, code_of(agreement)
        ReferenceVersion.publish(kind, code, after, before=before, seen=None, by=by, now=now)
        if is_over:
            agreement.delete()
    return len(agreements)


@transaction.atomic
def merge(
    csp: CommunitySafetyPartnership, into: CommunitySafetyPartnership, *, by: User, now: datetime
) -> list[District]:
    """Moves all areas of one community safety partnership to another and takes the empty one away; which moved."""
    if csp == into:
        raise StillNeeded("Choose another community safety partnership: it cannot be merged with itself.")
    moved = list(csp.districts.select_related("csp", "triage_organisation"))
    for district in moved:
        _set_now(district, {"csp": into}, by=by, now=now)
    ReferenceVersion.publish(
        ReferenceKind.CSP,
        csp.code,
        data_of(csp) | {"merged_into": into.code},
        before=data_of(csp),
        seen=None,
        by=by,
        now=now,
    )
    csp.delete()
    return moved
