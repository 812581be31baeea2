"""A request from the day it comes in to its answer: taken up, who asks is checked, made longer, answered."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit import trail
from partners.models import User
from reporting.reference import GROUP, LETTERS
from rights.clock import begins_on, due_on, longest_due_on
from rights.models import RightsRequest
from rights.models.request import HowChecked, Kind, Outcome
from rights.sight import end_sight
from vault.models import DataKey

PREFIX = "RQ"


class RightsRefused(Exception):
    """It can't be done now; the message says why, and what to do."""


@transaction.atomic
def take_up(
    *, kind: str, asked_by: str, received_on: date, who: str, words: str, by: User, now: datetime
) -> RightsRequest:
    """Writes down what somebody asks. The clock begins when it is known who they are."""
    assert by.organisation_id, "a permission comes with a workplace"
    request = RightsRequest(
        number=_new_number(),
        data_key=DataKey.create(),
        organisation_id=by.organisation_id,
        kind=kind,
        asked_by=asked_by,
        received_on=received_on,
        taken_by=by,
        taken_at=now,
    )
    request.seal("who", who)
    request.seal("words", words)
    request.save(force_insert=True)
    trail.record("rights.taken_up", request, by=by, now=now, kind=kind, asked_by=asked_by)
    return request


@transaction.atomic
def check_who(request: RightsRequest, *, how: str, on: date, by: User, now: datetime) -> None:
    """It is known who asks, and the clock runs; raises RightsRefused."""
    request = _locked(request)
    if request.how_checked != HowChecked.NOT_YET:
        raise RightsRefused("Somebody has already checked who asks.")
    request.how_checked, request.checked_on = how, on
    request.due_on = due_on(begins_on(request.received_on, on), request.asked_by)
    request.save(update_fields=["how_checked", "checked_on", "due_on"])
    trail.record("rights.who_checked", request, by=by, now=now, how=how)


@transaction.atomic
def make_longer(request: RightsRequest, *, why: str, by: User, now: datetime) -> None:
    """Two months more, once, and before the first month is over; raises RightsRefused."""
    request = _locked(request)
    if request.due_on is None or request.checked_on is None:
        raise RightsRefused("The clock does not run yet: check first who asks.")
    if request.extended_at or request.kind == Kind.DISCLOSURE:
        raise RightsRefused("This can’t be made longer.")
    if timezone.localdate(now) > request.due_on:
        raise RightsRefused("Its month is over. It can only be made longer within the first month.")
    request.due_on = longest_due_on(begins_on(request.received_on, request.checked_on))
    request.extended_at = now
    request.seal("why_longer", why)
    request.save(update_fields=["due_on", "extended_at", "why_longer"])
    trail.record("rights.made_longer", request, by=by, now=now)


@transaction.atomic
def answer(request: RightsRequest, *, outcome: str, words: str, by: User, now: datetime) -> None:
    """It is answered, and the desk reads what it was about no longer; raises RightsRefused."""
    request = _locked(request)
    waits = request.packs.filter(released_at=None, passages__isnull=False)
    if outcome in (Outcome.DONE, Outcome.PARTLY) and waits.exists():
        raise RightsRefused(
            "A pack of this request has not been released. Release it first, or refuse the request."
        )
    end_sight(request, by=by, now=now)
    request.outcome, request.answered_by, request.answered_at = outcome, by, now
    request.seal("answer", words)
    request.save(update_fields=["outcome", "answered_by", "answered_at", "answer"])
    trail.record("rights.answered", request, by=by, now=now, outcome=outcome)


def _locked(request: RightsRequest) -> RightsRequest:
    found = RightsRequest.objects.select_for_update(of=("self",)).select_related("data_key", "organisation")
    locked = found.get(pk=request.pk)
    if locked.is_answered:
        raise RightsRefused("This request has been answered already.")
    return locked


def _new_number() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
    return "-".join((PREFIX, *groups))
