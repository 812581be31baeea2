"""One centre, as those who see and oversee centres see it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.agreements import DUE_SOON, of_centre
from centres.checklist import checklist
from centres.doors import centre_or_404
from centres.history import as_a_timeline
from centres.models import FitnessReview, MysteryVisit
from centres.overseen import CHAMPIONS_NEEDED, a_year_before
from centres.shown import in_a_sentence, reason_of_suspension
from centres.timeliness import IN_TIME, SMALLEST_SHARE_OF, by_quarter
from centres.views.champions import at_work_with_courses
from centres.visit_script import visit_script
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre
from partners.models.centre import VERIFIED_FOR
from partners.roles import Permission
from scope.context import counting_scope

ROWS_SHOWN = 5


@requires(Permission.SEE_CENTRES)
@require_safe
def centre(request: StaffRequest, code: str) -> HttpResponse:
    """All that is known of it; the acts are there for those who oversee centres."""
    shown = centre_or_404(code)
    today = timezone.localdate()
    with counting_scope():
        quarters = by_quarter(shown, today=today)
    page = page_of(shown.events.select_related("by"), request)
    context = {
        "centre": shown,
        "today": today,
        "hidden_before": today - VERIFIED_FOR,
        "sentence": in_a_sentence(shown, today=today, reason=reason_of_suspension(shown)),
        "is_shown": shown.is_shown_to_the_public(today=today),
        "oversees": request.user.may(Permission.OVERSEE_CENTRES),
        "quarters": quarters,
        "in_time": IN_TIME,
        "smallest_share_of": SMALLEST_SHARE_OF,
        "page_obj": page,
        "events": as_a_timeline(page),
        **_looked_after(shown, today),
    }
    return render(request, "centres/one/centre.html", context)


def _looked_after(shown: ReportingCentre, today: date) -> dict[str, Any]:
    """Checklist, champions, agreement, visits and checks, the newest few of each."""
    agreement = of_centre(shown)
    return {
        "reviews": [_with_missing(each) for each in shown.fitness_reviews.select_related("by")[:ROWS_SHOWN]],
        "points": len(checklist().points),
        "champions": at_work_with_courses(shown),
        "since": a_year_before(today),
        "needed": CHAMPIONS_NEEDED,
        "agreement": agreement,
        "signers": agreement.organisations.exclude(pk=shown.organisation_id) if agreement else (),
        "soon": today + DUE_SOON,
        "visits": [
            _with_found(each)
            for each in shown.mystery_visits.select_related("recorded_by", "told_by")[:ROWS_SHOWN]
        ],
        "checks": shown.verifications.select_related("by")[:ROWS_SHOWN],
    }


def _with_missing(review: FitnessReview) -> dict[str, Any]:
    return {"review": review, "missing": checklist().missing(review.met)}


def _with_found(visit: MysteryVisit) -> dict[str, Any]:
    return {"visit": visit, "missing": visit_script().missing(visit.noticed)}
