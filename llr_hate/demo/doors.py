"""What waits for those who let people in and out: a review, somebody who is away, a second step to be reset."""

from datetime import datetime, timedelta

from django.utils import timezone

from partners.models import Absence, AccessReview, Organisation, SecondFactorReset, User
from partners.models.second_factor_reset import HowKnown, WhyReset

OPENED_DAYS_AGO = 10
# Whose people are being confirmed, and who of them nobody has answered for yet, by the start of their address.
UNCONFIRMED = {
    "charnwood-bc": ("casimir.thornhill", "adaeze.lindqvist"),
    "copperbell-cafe": ("harold.banerjee-stone",),
    "leicester-city": ("sunniva.dhaliwal-price", "augustin.kirkbride", "matteo.ogunleye"),
}
AWAY, STANDS_IN = "casimir.thornhill", "niamh.bhattal"
LOST_THEIR_PHONE, ASKS_FOR_THEM = "dev.raithatha", "hesper.quillan"


def leave_doors_to_keep(*, now: datetime) -> None:
    """Opens three organisations' reviews ten days ago, and notes the absence and the lost second step."""
    for code, unconfirmed in UNCONFIRMED.items():
        _review(Organisation.objects.get(code=code), unconfirmed, now - timedelta(days=OPENED_DAYS_AGO))
    today, away = timezone.localdate(now), _person(AWAY)
    until = today + timedelta(days=5)
    deputy = _person(STANDS_IN)
    Absence.note(away, starts_on=today, ends_on=until, deputy=deputy, by=away, now=now - timedelta(days=3))
    SecondFactorReset.ask(
        _person(LOST_THEIR_PHONE),
        reason=WhyReset.LOST,
        how_known=HowKnown.VIDEO,
        by=_person(ASKS_FOR_THEM),
        now=now - timedelta(hours=2),
    )


def _review(organisation: Organisation, unconfirmed: tuple[str, ...], opened: datetime) -> None:
    AccessReview.open_for(organisation, now=opened)
    review = AccessReview.objects.get(organisation=organisation)
    administrator = _person(ASKS_FOR_THEM)
    members = review.answerable_by(administrator).select_related("user")
    kept = {one.pk: True for one in members if not one.user.email.startswith(unconfirmed)}
    review.answer(kept, by=administrator, now=opened + timedelta(days=1))


def _person(starts: str) -> User:
    return User.objects.get(email__startswith=f"{starts}@")
