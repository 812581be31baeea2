"""The page of a case about looking again: the Joint Action Group, where else it happened, an ASB Case Review."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.doors import case_or_404
from casework.models import Case
from casework.permissions import acts_now
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.standards import standard
from reviews.eligibility import Eligible, eligible, in_time
from reviews.forms_of_reviews import AnswerForm, AppealForm, AskForm, FinishForm, PlaceForm, ThresholdForm
from reviews.households import same_home
from reviews.linking import link_place
from reviews.listing import group_of, told_of
from reviews.models import CaseReviewRequest, JagItem, SamePlace
from reviews.models.case_review import Step
from reviews.repeat import is_repeat, rule_of_today
from reviews.reviewing import (
    StepNotNow,
    answer_appeal,
    appeal,
    ask_for_review,
    decide_threshold,
    finish_review,
)
from reviews.shown import clock, reasons

GET_OR_POST = ["GET", "HEAD", "POST"]
HERE = "reviews:case_review"
# Closed as not having been hate: such a case is no hate incident.
NOT_HATE = "not_hate_after_review"


@requires(Permission.SEE_QUEUE)
@require_safe
def case_review(request: StaffRequest, reference: str) -> HttpResponse:
    """Which item of the Joint Action Group it is in, what is linked with it, and its case reviews."""
    case, today = case_or_404(request.user, reference, Permission.SEE_QUEUE), timezone.localdate()
    reviews = list(case.case_reviews.select_related("agreed_with"))
    newest = reviews[-1] if reviews else None
    for each in reviews:
        each.case = case  # one key opens them all
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here=HERE),
        "items": [
            {"item": item, "reasons": reasons(item), "clock": clock(item, today=today)}
            for item in JagItem.objects.visible_to(request.user).filter(jag_cases__case=case).in_order()
        ],
        **_linked(case, request.user),
        "same_home": same_home(case, asked_by=request.user),
        "eligible": eligible_for(case),
        "reviews": [_in_words(each, today) for each in reviews],
        "steps": _steps(newest) if "case_review" in acts_now(request.user, case) else [],
        "days": standard("case_review").amount,
    }
    return render(request, "reviews/case_review/case_review.html", context)


def eligible_for(case: Case) -> Eligible:
    """Whether a review may be asked for, by what was told."""
    months = standard("case_review_report_within").amount
    told = [
        in_time(report.told(), received_on=timezone.localdate(report.received_at), months=months)
        for report in case.reports
        if report.erased_at is None
    ]
    return eligible(told, is_hate=case.outcome != NOT_HATE)


def _linked(case: Case, user: User) -> dict[str, Any]:
    """What is linked with it: the cases that the officer sees, and how many others."""
    group = group_of(case)
    told = told_of(group, now=timezone.now())
    others = Case.objects.visible_to(user).filter(pk__in=group - {case.pk})
    seen = sorted(others.values_list("reference", flat=True))
    places = SamePlace.objects.filter(is_same=True, one__in=group, other__in=group)
    return {
        "linked": seen,
        "linked_elsewhere": len({each.case for each in told} - {case.pk}) - len(seen),
        "by_place": places.exists(),
        "is_repeat": is_repeat(told, rule=rule_of_today(), today=timezone.localdate()),
        "repeat_words": rule_of_today().in_words["repeat"],
    }


def _in_words(review: CaseReviewRequest, today: Any) -> dict[str, Any]:
    """One request with its words opened."""
    opened = {
        name: review.unseal(name) for name in ("why", "decision", "recommendations", "appeal", "answer")
    }
    return {"review": review, "is_late": review.is_late(today=today), **opened}


def _steps(newest: CaseReviewRequest | None) -> list[tuple[str, str]]:
    """What can be written down next: the address by name, and the button."""
    if newest is None:
        return [("reviews:ask", "Write down a request")]
    if newest.step == Step.ASKED:
        return [("reviews:threshold", "Decide whether it is accepted")]
    if newest.step == Step.MET:
        return [("reviews:finish_review", "Finish the review")]
    if newest.appealed_on and not newest.answered_on:
        return [("reviews:answer_appeal", "Write down the answer to the appeal")]
    again = [("reviews:ask", "Write down another request")]
    return again if newest.appealed_on else [("reviews:appeal", "Write down an appeal"), *again]


def _newest(case: Case) -> CaseReviewRequest:
    newest = CaseReviewRequest.objects.filter(case=case).select_related("case").last()
    if newest is None:
        raise StepNotNow("Nobody has asked for a review of this case.")
    # One case: what an act locks is what the request speaks of.
    newest.case = case
    return newest


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def ask(request: StaffRequest, reference: str) -> HttpResponse:
    """Somebody asks for a review."""
    return one_act(
        request,
        reference,
        act="case_review",
        form_class=AskForm,
        template="reason",
        do=_ask,
        done="The request is written down. Now an officer decides whether it is accepted.",
        then=HERE,
        title="Somebody asks for an ASB Case Review",
        button="Write it down",
    )


def _ask(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    names = ("asked_on", "asked_by", "why")
    ask_for_review(case, **{name: asked[name] for name in names}, by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def threshold(request: StaffRequest, reference: str) -> HttpResponse:
    """Whether a request is accepted."""
    return one_act(
        request,
        reference,
        act="case_review",
        form_class=ThresholdForm,
        template="reason",
        do=_threshold,
        done="It is written down.",
        then=HERE,
        title="Is the ASB Case Review accepted?",
        button="Write it down",
    )


def _threshold(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    decide_threshold(
        _newest(case),
        is_met=asked["is_met"] == "yes",
        agreed_with=asked["agreed_with"],
        words=asked["words"],
        by=by,
        now=now,
        seen=seen,
    )


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def finish(request: StaffRequest, reference: str) -> HttpResponse:
    """How a review ended."""
    return one_act(
        request,
        reference,
        act="case_review",
        form_class=FinishForm,
        template="reason",
        do=_finish,
        done="How the review ended is written down.",
        then=HERE,
        title="How did the review end?",
        button="Write it down",
    )


def _finish(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    names = ("outcome", "recommendations")
    finish_review(_newest(case), **{name: asked[name] for name in names}, by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def appeal_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The person appeals."""
    return one_act(
        request,
        reference,
        act="case_review",
        form_class=AppealForm,
        template="reason",
        do=_appeal,
        done="The appeal is written down. Pass it to the chair of the Community Safety Partnership.",
        then=HERE,
        title="The person appeals",
        button="Write it down",
    )


def _appeal(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    appeal(_newest(case), on=asked["on"], words=asked["words"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def answer(request: StaffRequest, reference: str) -> HttpResponse:
    """What the chair of the Community Safety Partnership said."""
    return one_act(
        request,
        reference,
        act="case_review",
        form_class=AnswerForm,
        template="reason",
        do=_answer,
        done="The answer is written down.",
        then=HERE,
        title="What did the chair of the Community Safety Partnership say?",
        button="Write it down",
    )


def _answer(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    answer_appeal(_newest(case), on=asked["on"], words=asked["words"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(GET_OR_POST)
def place(request: StaffRequest, reference: str) -> HttpResponse:
    """Says that another case is of the same household or place; `?other=` is one that the portal suggested."""
    suggested = {"suggested": request.GET.get("other", "")[:30]}
    return one_act(
        request,
        reference,
        act="link_place",
        form_class=type("PlaceForm", (PlaceForm,), suggested),
        template="reason",
        do=_place,
        done="It is written on both cases.",
        then=HERE,
        title="Where else did it happen?",
        button="Write it on both cases",
    )


def _place(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    is_same = asked["kind"] != "neither"
    kind = asked["kind"] if is_same else "household"
    link_place(case, asked["other"], kind=kind, is_same=is_same, by=by, now=now)
