"""Saying that two cases are of one household, or of one place that was meant. The portal never says so itself."""

from datetime import datetime

from django.db import transaction

from casework.models import Case
from casework.states import ActNotAllowed
from partners.models import User
from reviews.listing import bring_up_to_date
from reviews.models import SamePlace


class TheSameCase(ActNotAllowed):
    """A case was compared with itself."""


@transaction.atomic
def link_place(case: Case, other: Case, *, kind: str, is_same: bool, by: User, now: datetime) -> None:
    """Writes it on both timelines, where it can be said anew, and lists by the rule; raises TheSameCase."""
    if case.pk == other.pk:
        raise TheSameCase("That is this case itself. Enter another case’s reference.")
    first, second = sorted((case, other), key=lambda each: each.pk)
    for each in (first, second):
        each.begin("link_place", None)
    SamePlace.decide(first, second, kind=kind, is_same=is_same, by=by, now=now)
    for each, with_ in ((first, second), (second, first)):
        each.end("link_place", by=by, now=now, kind=kind, is_same=is_same, case=with_.reference)
    bring_up_to_date(now=now)
