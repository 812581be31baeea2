"""Information sharing agreements with centres: signed, and renewed before their review is due."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from centres.looking_after import lock_unless_closed, refuse_days_to_come
from centres.models import CentreEvent
from partners import keeping
from partners.models import (
    Organisation,
    OrganisationKind,
    ReferenceVersion,
    ReportingCentre,
    SharingAgreement,
    User,
)
from partners.retention import add_months

# A year, unless both sides choose a nearer or later day; never longer than three.
REVIEW_AFTER_MONTHS = 12
AT_MOST_MONTHS = 36
DUE_SOON = timedelta(days=keeping.REVIEW_SOON_DAYS)


class NotAPartner(Exception):
    """A centre signs with a partner, not with another centre or one that is gone."""


class ReviewTooFar(Exception):
    """The review is not after the signing, or further away than three years."""


def usual_review(signed_on: date) -> date:
    """When an agreement that was signed on a day is looked at again, unless both sides choose another day."""
    return add_months(signed_on, REVIEW_AFTER_MONTHS)


@transaction.atomic
def sign(
    centre: ReportingCentre,
    partner: Organisation,
    *,
    signed_on: date,
    review_on: date | None = None,
    by: User,
    now: datetime,
) -> SharingAgreement:
    """The centre's agreement with a partner: a new one, or the one they have, renewed; earlier days stay in its
    history. Raises NotYet, NotAPartner, ReviewTooFar or NotInThisStanding."""
    refuse_days_to_come(signed_on, now=now)
    if partner.kind == OrganisationKind.CENTRE or partner.retired_on:
        raise NotAPartner("Choose a partner who looks after centres: a council, for example.")
    review = review_on or usual_review(signed_on)
    if not signed_on < review <= add_months(signed_on, AT_MOST_MONTHS):
        raise ReviewTooFar("The review must be after the day it was signed, and within three years of it.")
    lock_unless_closed(centre)
    agreement = between(centre, partner)
    days = {"signed_on": signed_on, "review_on": review}
    if agreement is None:
        agreement = _new(centre, partner, days, by=by, now=now)
    else:
        _renew(agreement, days, by=by, now=now)
    facts = {name: day.isoformat() for name, day in days.items()}
    CentreEvent.note("agreement_signed", centre, by=by, now=now, partner=partner.code, **facts)
    return agreement


def of_centre(centre: ReportingCentre) -> SharingAgreement | None:
    """The agreement of the centre that lasts longest; None without one."""
    return centre.organisation.sharing_agreements.order_by("-review_on", "-pk").first()


def between(centre: ReportingCentre, partner: Organisation) -> SharingAgreement | None:
    """The agreement between these two alone; one that others signed too is not theirs to renew."""
    signed_by_two = SharingAgreement.objects.annotate(signers=Count("organisations")).filter(signers=2)
    both = signed_by_two.filter(pk__in=partner.sharing_agreements.values("pk"))
    return (
        both.filter(pk__in=centre.organisation.sharing_agreements.values("pk")).order_by("-review_on").first()
    )


def _new(
    centre: ReportingCentre, partner: Organisation, days: dict[str, date], *, by: User, now: datetime
) -> SharingAgreement:
    made = SharingAgreement(title=f"Information sharing with {centre}"[:160], **days)
    keeping.add(made, organisations=[centre.organisation, partner], by=by, now=now)
    return made


def _renew(agreement: SharingAgreement, days: dict[str, date], *, by: User, now: datetime) -> None:
    seen = ReferenceVersion.objects.number_of(keeping.kind_of(agreement), keeping.code_of(agreement))
    keeping.change(agreement, days, seen=seen, by=by, now=now)
