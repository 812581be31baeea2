"""How great the risk of a case is: what was found, what it asks for, and looking at it again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import risk_page
from casework.assessing import NothingToDo, assess_risk, do_risk_action, may_check, review_risk
from casework.at_centre import not_known_of, why_of
from casework.case_pages import pages_of
from casework.doors import LEAVES_OUT, case_for_act_or_404, case_or_404
from casework.forms_of_risk import AS_ANSWERED, ReviewForm, RiskForm
from casework.models import Case
from casework.parts import RISK
from casework.permissions import acts_now
from casework.sharing import parts_of_all
from casework.states import ActNotAllowed
from casework.views.one_act import one_act
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reporting.models import RiskLevel
from reporting.risk import IDS


@requires(Permission.SEE_QUEUE)
@require_safe
def risk(request: StaffRequest, reference: str) -> HttpResponse:
    """The newest level and why, what it asks for, and all that was found before."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    context = {"case": case, "pages": pages_of(case, request.user, here="casework:risk")}
    if _may_see(case, request.user):
        context |= _shown(case, request)
    return render(request, "casework/case/risk.html", context)


def _may_see(case: Case, user: User) -> bool:
    """Whether the officer's organisation was given this part of the case, and it was not erased."""
    return not case.erased_at and RISK in parts_of_all(case.reports, user.organisation_id)


def _shown(case: Case, request: StaffRequest) -> dict[str, Any]:
    now, allowed = timezone.now(), acts_now(request.user, case)
    rows = risk_page.of_case(case)
    page = page_of(rows, request)
    newest = page.object_list[0] if page.number == 1 and page.object_list else rows.first()
    if newest:  # why it is this level says something of the person
        newest.report.note_read(request.user, now=now)
    checks = case.urgency != RiskLevel.MEDIUM or may_check(request.user, case)
    return {
        "may_see": True,
        "level": case.get_urgency_display().capitalize(),
        "colour": risk_page.TAG[case.urgency],
        "newest": newest,
        "found": risk_page.in_words(newest) if newest else None,
        "why": why_of(newest, newest.assessed()) if newest else [],
        "not_known": not_known_of(newest.assessed()) if newest else "",
        "reason": newest.unseal("reason") if newest else "",
        "unanswered": risk_page.unanswered(case, newest, now=now),
        "to_do": risk_page.to_do(case, newest, now=now),
        "review": risk_page.review(case, now=now),
        "checks": checks,
        "allowed": allowed,
        "page": page,
        "history": [risk_page.in_words(row) for row in page],
    }


@requires(Permission.SEE_QUEUE)
@require_safe
def assessment(request: StaffRequest, reference: str, assessment_id: UUID) -> HttpResponse:
    """What somebody answered at one time. That it was read is recorded, as for everything about the person."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    row = risk_page.of_case(case).filter(pk=assessment_id).first() if _may_see(case, request.user) else None
    if row is None:
        raise Http404
    row.report.note_read(request.user, now=timezone.now())
    context = {
        "case": case,
        "found": risk_page.in_words(row),
        "why": why_of(row, row.assessed()),
        "not_known": not_known_of(row.assessed()),
        "reason": row.unseal("reason"),
        "answers": risk_page.answers_of(row),
    }
    return render(request, "casework/case/assessment.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks the ten questions and keeps what they give. Who is not given this part of the case does not answer it."""
    case = case_for_act_or_404(request.user, reference, "assess_risk")
    if not _may_see(case, request.user):
        raise Http404
    if request.method != "POST":
        for report in (each for each in case.reports if each.erased_at is None):
            report.note_read(request.user, now=timezone.now())
    return one_act(
        request,
        reference,
        act="assess_risk",
        form_class=RiskForm,
        template="assess",
        do=_assess,
        done="The answers are kept, and the case has the level of risk that they give or that you judged.",
        then="casework:risk",
    )


def _assess(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    judged = "" if asked["judged"] == AS_ANSWERED else asked["judged"]
    answers = {name: asked[name] for name in IDS}
    assess_risk(case, answers, judged=judged, reason=asked["reason"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, reference: str) -> HttpResponse:
    """Somebody looked again; where something changed, the questions come next."""
    answers_anew = request.POST.get("anew") == "yes"
    return one_act(
        request,
        reference,
        act="review_risk",
        form_class=ReviewForm,
        template="review",
        do=_review,
        done="It is written down that the risk was looked at again.",
        then="casework:assess" if answers_anew else "casework:risk",
    )


def _review(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    review_risk(case, asked["words"], anew=asked["anew"] == "yes", by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_POST
def tick(request: StaffRequest, reference: str) -> HttpResponse:
    """Something that the level asks for is done."""
    case = case_for_act_or_404(request.user, reference, "do_risk_action")
    try:
        do_risk_action(case, request.POST.get("action", ""), by=request.user, now=timezone.now())
    except (ActNotAllowed, NothingToDo) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "It is written down as done.")
    return redirect("casework:risk", reference=case.reference)
