"""A reporting centre's own reports, and how they stand in plain words."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.models import Report

REPORTS_A_PAGE = 25


@requires(Permission.RECORD_REPORT)
@require_safe
def centre(request: StaffRequest) -> HttpResponse:
    """Reference, day and state of what this centre recorded; no word of what was told."""
    user = request.user
    assert user.organisation, "a permission comes with a workplace"
    reports = Report.objects.visible_to(user).recorded_at(user.organisation).newest_first()
    page = Paginator(reports.select_related("recorded_by"), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/centre/reports.html", {"page": page})
