"""Who is said to have done it: shown on a page of its own, to who may open it and has just proved who they are."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.doors import case_or_404
from casework.models import Case
from casework.parts import SUSPECT
from casework.sight import suspects_in_words
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh
from reporting.models import Suspect


@requires(Permission.SEE_SUSPECTS)
@require_safe
def suspect(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Names that people gave in their reports; each opening is recorded."""
    return _shown(request, case_or_404(request.user, reference, Permission.SEE_SUSPECTS, needs={SUSPECT}))


@fresh
def _shown(request: StaffRequest, case: Case) -> HttpResponse:
    reports = [report for report in case.reports if report.erased_at is None]
    if not reports:
        raise Http404
    now = timezone.now()
    named = [
        (report, suspects_in_words(report, Suspect.opened_for(report, by=request.user, now=now)))
        for report in reports
    ]
    back_url = reverse("casework:case", args=[case.reference])
    context = {"named": named, "case": case, "back_url": back_url, "back_text": case.reference}
    return render(request, "casework/case/suspect.html", context)
