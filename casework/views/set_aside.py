"""Setting a doubtful report aside, the list of those, and the second look."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.doors import report_or_404
from casework.forms_of_triage import SecondLookForm, SetAsideForm
from casework.queue import set_aside_row, set_aside_rows
from casework.setting_aside import (
    CannotSetAside,
    LookedAtAlready,
    SecondPersonNeeded,
    keep_set_aside,
    put_back,
    set_aside_now,
)
from casework.setting_aside import set_aside as set_report_aside
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.models import Report

CONFLICT = 409


@requires(Permission.SEE_QUEUE)
@require_safe
def set_aside_list(request: StaffRequest) -> HttpResponse:
    """What is set aside, 25 a page: first what somebody has still to look at. Nothing sealed is opened."""
    now = timezone.now()
    page = page_of(set_aside_rows(request.user), request)
    context = {"rows": [set_aside_row(each, now=now) for each in page.object_list], "page_obj": page}
    return render(request, "casework/queue/set_aside_list.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: StaffRequest, reference: str) -> HttpResponse:
    """Says why a report is doubtful, and takes it out of the queue's main list."""
    report = _without_case_or_404(request, reference)
    form, status = SetAsideForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            set_report_aside(report, form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except CannotSetAside as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, f"{report.reference} is set aside. Somebody else looks at it again.")
            return redirect("casework:queue")
    return render(request, "casework/queue/set_aside.html", {"report": report, "form": form}, status=status)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: StaffRequest, reference: str) -> HttpResponse:
    """Puts a report back in the queue, or agrees that it stays set aside; that only somebody else may."""
    report = _without_case_or_404(request, reference)
    row = set_aside_now(report)
    if row is None and request.method != "POST":
        return redirect("casework:report", reference=reference)
    may_keep = row is not None and row.looked_at is None and row.set_aside_by_id != request.user.pk
    form = SecondLookForm(request.POST if request.method == "POST" else None, may_keep=may_keep)
    status = 200
    if form.is_valid():
        try:
            return _look(request, report, form)
        except (LookedAtAlready, SecondPersonNeeded) as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
    context = {"report": report, "form": form, "may_keep": may_keep, "row": row}
    return render(request, "casework/queue/second_look.html", context, status=status)


def _look(request: StaffRequest, report: Report, form: SecondLookForm) -> HttpResponse:
    now = timezone.now()
    if form.cleaned_data["what"] == "back":
        put_back(report, by=request.user, now=now)
        messages.success(request, f"{report.reference} is back in the queue.")
        return redirect("casework:report", reference=report.reference)
    keep_set_aside(report, form.cleaned_data["reason"], by=request.user, now=now)
    messages.success(request, f"{report.reference} stays set aside.")
    return redirect("casework:set_aside_list")


def _without_case_or_404(request: StaffRequest, reference: str) -> Report:
    report = report_or_404(request.user, reference)
    if report.taken_up_at or report.erased_at:
        raise Http404
    return report
