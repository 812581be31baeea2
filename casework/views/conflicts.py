"""Who must not see a case because of a conflict: for the organisation that leads it alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.conflicts import ConflictRefused, bar, bar_from_report, conflicts_on, lift, said_in_words
from casework.doors import case_for_act_or_404, report_or_404
from casework.forms_of_conflicts import ORGANISATION, BarForm, BarFromReportForm, LiftForm
from casework.models import Case
from casework.permissions import acts_now
from casework.timeline import when
from casework.views.one_act import CONFLICT, one_act
from partners.doors import StaffRequest, requires
from partners.models import Organisation, User
from partners.roles import Permission
from reporting.models import Report

DONE = "They can’t see the case any more."


@requires(Permission.WORK_CASES)
@require_safe
def conflicts(request: StaffRequest, reference: str) -> HttpResponse:
    """Who is kept out, why, and since when."""
    case = case_for_act_or_404(request.user, reference, "bar")
    kept = [
        {
            "conflict": each,
            "since": when(each.barred_at),
            "can_lift": each.can_be_lifted_by(request.user),
        }
        for each in conflicts_on(case)
    ]
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:conflicts"),
        "kept": kept,
        "said": said_in_words(_kept(case)),
        "allowed": acts_now(request.user, case),
    }
    return render(request, "casework/case/conflicts.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def keep_out(request: StaffRequest, reference: str) -> HttpResponse:
    """Keeps somebody from the case. Whoever names themselves is led to their other cases."""
    case = case_for_act_or_404(request.user, reference, "bar")
    answer = one_act(
        request,
        reference,
        act="bar",
        form_class=BarForm,
        template="bar",
        do=_bar,
        done=DONE,
        said=said_in_words(_kept(case)),
    )
    is_done = answer.status_code == 302
    if is_done and not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("casework:cases")
    return redirect("casework:conflicts", reference=reference) if is_done else answer


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: StaffRequest, reference: str, conflict_id: UUID) -> HttpResponse:
    """Ends a conflict."""
    case = case_for_act_or_404(request.user, reference, "lift_bar")
    conflict = next((each for each in conflicts_on(case) if each.id == conflict_id), None)
    if conflict is None:
        raise Http404

    def do(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
        lift(case, conflict_id, reason=asked["reason"], by=by, now=now, seen=seen)

    return one_act(
        request,
        reference,
        act="lift_bar",
        form_class=LiftForm,
        template="lift_bar",
        do=do,
        done="They may see the case again.",
        conflict=conflict,
    )


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def keep_out_of_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Keeps somebody from a report that nobody has taken up yet, before anybody else opens it."""
    report = report_or_404(request.user, reference)
    if report.taken_up_at or report.erased_at:
        raise Http404
    form = BarFromReportForm(
        request.POST if request.method == "POST" else None, report=report, user=request.user
    )
    status = 200
    if form.is_valid():
        try:
            _bar_from(report, form, by=request.user)
        except ConflictRefused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, "They can’t see the report any more.")
            return redirect(_after(report, request.user))
    context = {"report": report, "form": form, "said": said_in_words([report])}
    return render(request, "casework/queue/bar.html", context, status=status)


def _bar_from(report: Report, form: BarFromReportForm, *, by: User) -> None:
    bar_from_report(report, form.chosen(), reason=form.cleaned_data["reason"], by=by, now=timezone.now())


def _after(report: Report, user: User) -> str:
    still_there = Report.objects.visible_to(user).filter(pk=report.pk).exists()
    return reverse("casework:report", args=[report.reference]) if still_there else reverse("casework:queue")


def _bar(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    kind = Organisation if asked["who"] == ORGANISATION else User
    who = kind.objects.get(pk=asked[asked["who"]])
    bar(case, who, reason=asked["reason"], by=by, now=now, seen=seen)


def _kept(case: Case) -> list[Report]:
    return [report for report in case.reports if report.erased_at is None]
