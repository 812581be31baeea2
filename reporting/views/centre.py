"""A reporting centre's own reports, and how they stand in plain words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.models import Report
from reporting.passing_on import to_pass_on
from reporting.views.record_unfinished import unfinished_of

REPORTS_A_PAGE = 25


@requires(Permission.RECORD_REPORT)
@require_safe
def centre(request: StaffRequest) -> HttpResponse:
    """Reference, day and state of what this centre recorded; no word of what was told."""
    user = request.user
    assert user.organisation, "a permission comes with a workplace"
    reports = Report.objects.visible_to(user).recorded_at(user.organisation).newest_first()
    page = Paginator(reports.select_related("recorded_by"), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    references = [report.reference for report in to_pass_on(user)[:REPORTS_A_PAGE]]
    context = {
        "page": page,
        "to_pass_on": references,
        "unfinished": unfinished_of(user, today=timezone.localdate()),
    }
    return render(request, "reporting/centre/reports.html", context)


@requires(Permission.RECORD_REPORT)
@require_POST
def passed_on(request: StaffRequest, reference: str) -> HttpResponse:
    """The centre told the person that there is something to read; pressing twice changes nothing."""
    user = request.user
    assert user.organisation, "a permission comes with a workplace"
    reports = Report.objects.visible_to(user).recorded_at(user.organisation)
    report = get_object_or_404(reports, reference=reference)
    report.brought_word(by=user, now=timezone.now())
    messages.success(request, f"It is written down that the person of {reference} knows.")
    return redirect("reporting_staff:centre")
