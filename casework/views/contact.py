"""How to reach the person who told us: shown to who asks for it and has just proved who they are, and recorded."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import trail
from casework.doors import case_or_404, report_or_404
from casework.parts import PERSON
from casework.sight import answers_of, safe_contact
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh
from reporting.models import Report


@requires(Permission.SEE_QUEUE)
@require_safe
def contact_of_case(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The contact details of everybody whose report is in the case."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs={PERSON})
    return _shown(request, case.reports, reverse("casework:case", args=[case.reference]), case.reference)


@requires(Permission.SEE_QUEUE)
@require_safe
def contact_of_report(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The contact details of somebody whose report waits."""
    report = report_or_404(request.user, reference, needs={PERSON})
    return _shown(request, [report], reverse("casework:report", args=[report.reference]), report.reference)


@fresh
def _shown(request: StaffRequest, reports: list[Report], back_url: str, back_text: str) -> HttpResponse:
    now = timezone.now()
    reports = [report for report in reports if report.erased_at is None]
    if not reports:
        raise Http404
    for report in reports:
        trail.record("report.contact_read", report, by=request.user, now=now)
        report.note_read(request.user, now=now)
    people = [(report, safe_contact(report, answers_of(report))) for report in reports]
    context = {"people": people, "back_url": back_url, "back_text": back_text}
    return render(request, "casework/case/contact.html", context)
