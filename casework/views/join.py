"""Putting a report that waits into a case that is open, and taking it out again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.doors import case_for_act_or_404, report_or_404
from casework.forms import ReasonForm
from casework.forms_of_triage import JoinForm
from casework.joining import CannotJoin
from casework.joining import join as join_case
from casework.joining import take_out as take_report_out
from casework.models import Case
from casework.sharing import BarredFromReport
from casework.states import ActNotAllowed
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import Organisation, User
from partners.roles import Permission
from reporting.models import Report
from reporting.reference import as_written

REFUSALS = (ActNotAllowed, BarredFromReport, CannotJoin)
NOT_THERE = "There is no open case with this reference that you may see. Check it."


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: StaffRequest, reference: str) -> HttpResponse:
    """Which case it belongs to, who will see what then, and why."""
    report = report_or_404(request.user, reference)
    if request.method != "POST" and (report.taken_up_at or report.erased_at or report.set_aside_at):
        return redirect("casework:report", reference=reference)
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, initial={"case": request.GET.get("case", "")})
    case = _case(request.user, (data or request.GET).get("case", ""))
    if form.is_valid() and case is None:
        form.add_error("case", NOT_THERE)
    if case is not None and form.is_valid() and _was_shown(request, case):
        try:
            join_case(case, report, note=form.cleaned_data["note"], by=request.user, now=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{report.reference} is part of this case now.")
            return redirect("casework:case", reference=case.reference)
    context = {
        "report": report,
        "form": form,
        "case": case,
        "is_sent": request.method == "POST",
        **(_what_changes(case, report) if case else {}),
    }
    return render(request, "casework/queue/join.html", context)


def _was_shown(request: StaffRequest, case: Case) -> bool:
    """Whether the page that was sent said who sees what once the report is in this case."""
    return request.POST.get("shown") == case.reference


def _case(user: User, typed: str) -> Case | None:
    if not typed.strip():
        return None
    try:
        return case_for_act_or_404(user, as_written(typed), "join")
    except Http404:
        return None


def _what_changes(case: Case, report: Report) -> dict[str, Any]:
    """Who sees the case, or the report, that does not see it today; in words, before anything is done."""
    barred = set(report.barred_organisations()) | {
        pk for each in case.reports for pk in each.barred_organisations()
    }
    names = dict(Organisation.objects.values_list("pk", "name"))
    joined = sorted((set(report.visible_to) | set(case.visible_to)) - barred)
    return {
        "new_to_case": [names[pk] for pk in joined if pk not in case.visible_to],
        "gone_from_case": [names[pk] for pk in case.visible_to if pk in barred],
        "new_to_report": []
        if case.lead_organisation_id in report.visible_to
        else [case.lead_organisation.name],
    }


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: StaffRequest, reference: str, report: str) -> HttpResponse:
    """Undoes joining; the report waits in the queue again."""
    case = case_for_act_or_404(request.user, reference, "take_out")
    found = next((each for each in case.reports if each.reference == report), None)
    if found is None or found.reference == case.reference:
        raise Http404
    leaves: Report = found

    def do(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        take_report_out(case, leaves, note=asked["text"], by=by, now=now, seen=seen)

    return one_act(
        request,
        reference,
        act="take_out",
        form_class=ReasonForm,
        template="reason",
        do=do,
        done=f"{found.reference} waits in the queue again.",
        title=f"Take {found.reference} out of this case",
        button="Take it out",
    )
