"""Whether two records of who is said to have done it, on two cases, are of one person: both opened, on record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.comparing_suspects import Verdict, compare_suspects
from casework.doors import case_for_act_or_404
from casework.forms_of_suspects import CompareSuspectsForm
from casework.knowing_again import Alike, suspects_alike
from casework.models import Case
from casework.models.suspect import Known
from casework.suspects import TO_COMPARE, SuspectGone, open_on, report_of
from casework.views.suspect import WORDS, in_words
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh

DONE = {
    Verdict.SAME: "It is written down: the same person.",
    Verdict.TWO: "It is written down: two people.",
    Verdict.TAKEN_BACK: "What was said of the two is taken back.",
}


@requires(Permission.SEE_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def same_suspect(
    request: StaffRequest, reference: str, record_id: UUID, other: str, other_id: UUID
) -> HttpResponseBase:
    """Says whether they are one; both cases must be in sight, with who is said to have done it."""
    cases = [case_for_act_or_404(request.user, each, "compare_suspects") for each in (reference, other)]
    return _same_suspect(request, cases[0], record_id, cases[1], other_id)


@fresh
def _same_suspect(
    request: StaffRequest, case: Case, record: UUID, other_case: Case, other: UUID
) -> HttpResponse:
    found = _pair_or_404(request.user, case, record, other_case, other)
    form = CompareSuspectsForm(request.POST if request.method == "POST" else None, said_before=found.is_same)
    now = timezone.now()
    if form.is_valid():
        said = Verdict(form.cleaned_data["said"])
        try:
            compare_suspects(case, record, other_case, other, said=said, by=request.user, now=now)
        except SuspectGone:
            raise Http404 from None
        messages.success(request, DONE[said])
        return redirect("casework:suspect", reference=case.reference)
    one, two = (
        _opened(each, its, by=request.user, now=now) for each, its in ((case, record), (other_case, other))
    )
    context = {"case": case, "other": other_case, "found": found, "form": form, "rows": _rows(one, two)}
    return render(request, "casework/case/same_suspect.html", context)


def _pair_or_404(user: User, case: Case, record: UUID, other_case: Case, other: UUID) -> Alike:
    """Only two that the portal found alike are opened side by side."""
    try:
        report_of(case, record)
    except SuspectGone:
        raise Http404 from None
    found = suspects_alike(case, [record], asked_by=user).get(record, [])
    pair = next((e for e in found if (e.reference, e.other_id) == (other_case.reference, other)), None)
    if pair is None:
        raise Http404
    return pair


def _opened(case: Case, record: UUID, *, by: User, now: datetime) -> Known:
    opened = open_on(case, why=TO_COMPARE, by=by, now=now)
    return next(each.read() for one in opened for each in one.written if each.pk == record)


def _rows(one: Known, two: Known) -> list[dict[str, Any]]:
    """What is known of at least one of them."""
    rows = [{"name": words, "known": [in_words(each, name) for each in (one, two)]} for name, words in WORDS]
    return [row for row in rows if any(row["known"])]
