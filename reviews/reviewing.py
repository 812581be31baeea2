"""ASB Case Reviews from the request to the answer to an appeal: each step an act on the case."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Case
from casework.states import ActNotAllowed
from partners.models import Organisation, User
from partners.standards import standard
from reviews.listing import bring_up_to_date
from reviews.models import CaseReviewRequest
from reviews.models.case_review import Step


class AskedAlready(ActNotAllowed):
    """A review of the case is under way."""


class StepNotNow(ActNotAllowed):
    """The step does not fit where the request stands."""


class NobodyElse(ActNotAllowed):
    """Whoever leads the case decided alone whether enough was done."""


@transaction.atomic
def ask_for_review(
    case: Case, *, asked_on: date, asked_by: str, why: str, by: User, now: datetime, seen: int | None = None
) -> CaseReviewRequest:
    """Somebody asks for a review; raises AskedAlready."""
    case.begin("case_review", seen)
    request = CaseReviewRequest(
        case=case, asked_on=asked_on, asked_by=asked_by, recorded_at=now, recorded_by=by
    )
    request.seal("why", why)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise AskedAlready("A review of this case is under way already.") from None
    case.end("case_review", by=by, now=now, note=why, step="asked", asked_by=asked_by)
    return request


@transaction.atomic
def decide_threshold(
    request: CaseReviewRequest,
    *,
    is_met: bool,
    agreed_with: Organisation,
    words: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Whether it is accepted, agreed with an organisation other than the decider's own and the one that leads.

    Accepted, the review has its 28 days, and the case stands on the Joint Action Group's list. Raises StepNotNow or
    NobodyElse.
    """
    case = _begin(request, seen, Step.ASKED)
    if agreed_with.pk in (by.organisation_id, case.lead_organisation_id):
        raise NobodyElse("Agree it with an organisation that does not lead this case, and is not your own.")
    request.step = Step.MET if is_met else Step.NOT_MET
    request.decided_at, request.decided_by, request.agreed_with = now, by, agreed_with
    request.due_on = (
        timezone.localdate(now) + timedelta(days=standard("case_review").amount) if is_met else None
    )
    request.seal("decision", words)
    request.save()
    facts: dict[str, Any] = {"step": request.step, "with": agreed_with.code}
    case.end("case_review", by=by, now=now, note=words, **facts)
    if is_met:
        bring_up_to_date(now=now)


@transaction.atomic
def finish_review(
    request: CaseReviewRequest,
    *,
    outcome: str,
    recommendations: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """How the review ended, and what it recommends; raises StepNotNow."""
    case = _begin(request, seen, Step.MET)
    request.step, request.done_at, request.outcome = Step.DONE, now, outcome
    request.seal("recommendations", recommendations)
    request.save()
    case.end("case_review", by=by, now=now, note=recommendations, step="done", outcome=outcome)


@transaction.atomic
def appeal(
    request: CaseReviewRequest, *, on: date, words: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """The person appeals to the chair of the Community Safety Partnership; raises StepNotNow."""
    case = _begin(request, seen, Step.NOT_MET, Step.DONE)
    if request.appealed_on:
        raise StepNotNow("An appeal was written down already.")
    request.appealed_on = on
    request.seal("appeal", words)
    request.save()
    case.end("case_review", by=by, now=now, note=words, step="appealed")


@transaction.atomic
def answer_appeal(
    request: CaseReviewRequest, *, on: date, words: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """What the chair of the Community Safety Partnership said; raises StepNotNow."""
    case = _begin(request, seen, Step.NOT_MET, Step.DONE)
    if not request.appealed_on or request.answered_on:
        raise StepNotNow("No appeal waits for an answer.")
    request.answered_on = on
    request.seal("answer", words)
    request.save()
    case.end("case_review", by=by, now=now, note=words, step="answered")


def _begin(request: CaseReviewRequest, seen: int | None, *allowed: Step) -> Case:
    """The case, begun; the request as it is now. Raises StepNotNow."""
    case = request.case
    case.begin("case_review", seen)
    request.refresh_from_db()
    request.case = case
    if request.step not in allowed:
        raise StepNotNow(f"The request is {request.get_step_display()}: look at it again.")
    return case
