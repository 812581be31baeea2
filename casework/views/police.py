"""A case and the police: what was handed to them, what they said, and a file of what they say of many cases."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.deciding import known_as, recorded_words
from casework.doors import LEAVES_OUT, case_for_act_or_404, case_or_404
from casework.forms_of_police import AnswerFileForm, HandOffForm, PoliceAnswerForm
from casework.models import AnswerSource, Case, NumberKind, PoliceAnswer
from casework.parts import DONE
from casework.permissions import acts_now, may, parts_for
from casework.police import hand_to_police, record_police_answer
from casework.police_answers import FileNotTaken, Taken, read, take
from casework.timeline import when
from casework.views.one_act import one_act
from casework.views.packs import counted, lines
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.police_outcomes import police_outcome
from partners.roles import Permission
from partners.step_up import fresh

A_PAGE = 25
MOST_WRONG = 100


@requires(Permission.SEE_QUEUE)
@require_safe
def police(request: StaffRequest, reference: str) -> HttpResponse:
    """What went to the police and came back; their number, and who opened what, only between the lead and them."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    is_between_us = may(request.user, "hand_to_police", case)
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:police"),
        "facts": _facts(case),
        "allowed": acts_now(request.user, case),
        "is_between_us": is_between_us,
    }
    if is_between_us:
        found = Paginator(counted(case.packs.hand_offs().newest_first()), A_PAGE)
        page = found.get_page(request.GET.get("page"))
        context |= {"page_obj": page, "hand_offs": lines(case, page.object_list, now=timezone.now())}
    if is_between_us or DONE in parts_for(request.user, case):
        context["answers"] = [_answer(each, case, with_number=is_between_us) for each in _answers(case)]
    return render(request, "casework/case/police.html", context)


def _facts(case: Case) -> list[dict[str, str]]:
    found = police_outcome(case.police_outcome)
    outcome = f"{found.code}: {found.name}" if found else "No outcome yet"
    return [
        {"key": "Recorded as", "value": recorded_words(case)},
        {"key": "Outcome", "value": outcome},
    ]


def _answers(case: Case) -> list[PoliceAnswer]:
    return list(case.police_answers.select_related("by", "organisation").order_by("-number")[:A_PAGE])


def _answer(answer: PoliceAnswer, case: Case, *, with_number: bool) -> dict[str, str]:
    """One answer as a line of a timeline."""
    answer.case = case
    recorded, ended = known_as(answer.recorded_as), police_outcome(answer.outcome)
    number = answer.unseal("police_number") if with_number else ""
    said = [
        f"{NumberKind(answer.number_kind).label.capitalize()}: {number}" if number else "",
        f"Recorded as: {recorded.name}" if recorded else "",
        f"Outcome {ended.code}: {ended.name}, on {answer.outcome_on:%-d %B %Y}" if ended else "",
    ]
    return {
        "when": when(answer.at),
        "title": AnswerSource(answer.source).label.capitalize(),
        "who": f"{answer.by}, {answer.organisation}",
        "body": "\n".join(filter(None, said)),
    }


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Hands the case to the police."""
    case_for_act_or_404(request.user, reference, "hand_to_police")
    return _hand_over(request, reference)


@fresh
def _hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    return one_act(
        request,
        reference,
        act="hand_to_police",
        form_class=HandOffForm,
        template="hand_over_to_police",
        do=_handed,
        done="It is handed over. Their people find it here when they sign in.",
        then="casework:police",
    )


def _handed(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    hand_to_police(case, asked["chosen"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes down what the police said."""
    return one_act(
        request,
        reference,
        act="record_police_answer",
        form_class=PoliceAnswerForm,
        template="police_answer",
        do=_answered,
        done="What the police said is written down.",
        then="casework:police",
    )


def _answered(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    record_police_answer(case, asked["said"], note=asked["note"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def answers_from_file(request: StaffRequest) -> HttpResponse:
    """Takes a file of what the police say of many cases, whole or not at all."""
    form = AnswerFileForm(request.POST, request.FILES) if request.method == "POST" else AnswerFileForm()
    wrong: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            rows = read(form.cleaned_data["paper"].read())
            taken = take(rows, by=request.user, now=timezone.now())
        except FileNotTaken as refusal:
            wrong = refusal.wrong
            form.add_error("paper", _how_many(len(wrong)))
        else:
            messages.success(request, _said(taken))
            return redirect("casework:police_answers")
    context = {"form": form, "wrong": wrong[:MOST_WRONG], "more_wrong": max(0, len(wrong) - MOST_WRONG)}
    return render(request, "casework/packs/police_answers.html", context)


def _how_many(wrong: int) -> str:
    if wrong == 1:
        return "One thing in the file needs a change: it is named on this page. Nothing was kept."
    return f"{wrong} things in the file need a change: they are listed on this page. Nothing was kept."


def _said(taken: Taken) -> str:
    known = f", {taken.known} known already" if taken.known else ""
    return f"The file was taken: {taken.new} {'answer' if taken.new == 1 else 'answers'} new{known}."
