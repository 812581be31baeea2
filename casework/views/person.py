"""To whom it happened, and whether it happened to them before."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import trail
from casework.doors import case_for_act_or_404
from casework.forms_of_people import CompareForm, PersonForm
from casework.knowing_again import Alike, alike
from casework.models import Case, NobodyWrittenDown
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Writes down to whom it happened."""
    return _write_down(request, case_for_act_or_404(request.user, reference, "write_down"))


@fresh
def _write_down(request: StaffRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        _note_read(request, case)
    return one_act(
        request,
        case.reference,
        act="write_down",
        form_class=PersonForm,
        template="person",
        do=_written,
        done="It is written down. If they may be known already, it says so on this page.",
    )


def _written(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.write_down(asked["details"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, reference: str, other: str) -> HttpResponseBase:
    """Says whether the people of two cases are one; both must be in sight."""
    cases = [case_for_act_or_404(request.user, each, "compare") for each in (reference, other)]
    return _compare(request, *cases)


@fresh
def _compare(request: StaffRequest, case: Case, other: Case) -> HttpResponse:
    found = _pair_or_404(request, case, other)
    form = CompareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_same = form.cleaned_data["is_same"] == "yes"
        case.compare(other, is_same=is_same, by=request.user, now=timezone.now())
        said = "the same person" if is_same else "two people"
        messages.success(request, f"It is written on both cases: {said}.")
        return redirect("casework:case", reference=case.reference)
    _note_read(request, case, other)
    people = [(each.reference, each.person.read()) for each in (case, other)]
    context = {"case": case, "other": other, "found": found, "people": people, "form": form}
    return render(request, "casework/case/compare.html", context)


def _note_read(request: StaffRequest, *cases: Case) -> None:
    """Who somebody is stands before the officer: in the trail, and on the pages of those who told us."""
    now = timezone.now()
    for report in (each for case in cases for each in case.reports if each.erased_at is None):
        trail.record("report.contact_read", report, by=request.user, now=now)
        report.note_read(request.user, now=now)


def _pair_or_404(request: StaffRequest, case: Case, other: Case) -> Alike:
    try:
        found = alike(case, case.person, asked_by=request.user)
    except NobodyWrittenDown:
        raise Http404 from None
    pair = next((each for each in found if each.reference == other.reference), None)
    if pair is None:
        raise Http404
    return pair
