"""All centres: the list, how far they reach, and a course that champions of several took."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from centres.directory import directory
from centres.forms_of_oversight import CentresFilter
from centres.reach import LEAST_EXPECTED, WEEKS_COMPARED, in_a_sentence, quarters, reach
from centres.views.champions import record_course
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models.centre import VERIFIED_FOR
from partners.roles import Permission
from scope.context import counting_scope


@requires(Permission.SEE_CENTRES)
@require_safe
def centres(request: StaffRequest) -> HttpResponse:
    """The list, 25 a page; filters stand in the address."""
    today = timezone.localdate()
    form = CentresFilter(request.GET)
    chosen = form.chosen()
    context = {
        "page_obj": page_of(directory(today=today, **chosen), request),
        "form": form,
        "is_filtered": bool(chosen),
        "today": today,
        "hidden_before": today - VERIFIED_FOR,
        "oversees": request.user.may(Permission.OVERSEE_CENTRES),
    }
    return render(request, "centres/directory/centres.html", context)


@requires(Permission.SEE_CENTRES)
@require_safe
def reach_of_all(request: StaffRequest) -> HttpResponse:
    """What each district has, with gaps in words; true counts, so who saw them is in the trail."""
    now = timezone.now()
    today = timezone.localdate(now)
    with counting_scope():
        rows = reach(today=today)
    first, *_, last = quarters(today)
    facts = {"medium": "reach", "first": str(last.first), "last": str(first.last)}
    trail.record("figures.read", request.user, by=request.user, now=now, **facts)
    context = {
        "rows": rows,
        "sentence": in_a_sentence(rows),
        "quarters": quarters(today),
        "weeks": WEEKS_COMPARED,
        "least_expected": LEAST_EXPECTED,
        "today": today,
        "oversees": request.user.may(Permission.OVERSEE_CENTRES),
    }
    return render(request, "centres/directory/reach.html", context)


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def training(request: StaffRequest) -> HttpResponse:
    """One course that champions of several centres took."""
    recorded = record_course(request, None)
    if isinstance(recorded, HttpResponse):
        return recorded
    messages.success(request, recorded)
    return redirect("centres:centres")
