"""Somebody of ours told the person themselves that there is something new to read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casework.doors import case_for_act_or_404
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_POST
def brought(request: StaffRequest, reference: str) -> HttpResponse:
    """Ends what was left to do for all reports of the case; pressing twice changes nothing."""
    case = case_for_act_or_404(request.user, reference, "note")
    now = timezone.now()
    for report in case.reports:
        report.brought_word(by=request.user, now=now)
    messages.success(request, "It is written down that they know.")
    return redirect("casework:case", reference=case.reference)
