"""A report that waits: read it, then open a case and triage it in one act."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.at_centre import recorded_of, risk_of
from casework.deciding import NotAChoiceNow, NotTheirsToDecide
from casework.doors import case_for_act_or_404, report_or_404
from casework.duplicates import may_belong_with
from casework.evidence import what_came_with
from casework.forms_of_triage import TriageForm
from casework.hearing import conversation, hear, said_later, with_what_was_said_later
from casework.leading import proposed_for
from casework.models import Case
from casework.models.case import AlreadyTaken
from casework.models.set_aside import StillSetAside
from casework.prompting import prompts
from casework.queue import contact_due, place_words, strand_names
from casework.setting_aside import set_aside_now
from casework.sharing import BarredFromReport
from casework.sight import answers_of, names_a_suspect, safe_contact, sight_of, what_was_told
from casework.states import ActNotAllowed
from casework.timeline import news, when
from casework.views.erased import erased_page
from casework.views.one_act import CONFLICT
from casework.words_out import lines_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reporting.models import Report

TRIAGED = "The case is open and triaged."
REFUSALS = (ActNotAllowed, BarredFromReport, NotAChoiceNow, NotTheirsToDecide, StillSetAside)


@requires(Permission.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_report(request: StaffRequest, reference: str) -> HttpResponse:
    """One report from the queue. Reading it is recorded, and the person can see that it was read."""
    report = report_or_404(request.user, reference)
    if report.erased_at and not report.taken_up_at:
        return erased_page(request, report)
    if report.taken_up_at and request.method != "POST":
        return _to_its_case(request, report)
    now = timezone.now()
    form = _form(request, report, now)
    taken: AlreadyTaken | None = None
    if form.is_valid() and request.user.may(Permission.WORK_CASES):
        try:
            case = open_and_triage(report, form, by=request.user, now=now)
        except AlreadyTaken as quicker:
            taken = quicker
            form.add_error(None, str(quicker))
        except BarredFromReport as refusal:
            form.add_error("lead", str(refusal))
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, TRIAGED)
            return redirect("casework:case", reference=case.reference)
    report.note_read(request.user, now=now)
    came_with_it = what_came_with([report])
    context = {
        "form": form,
        "came_with_it": came_with_it,
        "set_aside": set_aside_shown(report),
        "may_belong": may_belong_with(report, asked_by=request.user),
        **what_is_shown(report),
        **_quicker(taken),
    }
    if request.user.may(Permission.WORK_CASES):
        hear(report, now=now)
    return render(request, "casework/queue/report.html", context, status=CONFLICT if taken else 200)


@transaction.atomic
def open_and_triage(report: Report, form: TriageForm, *, by: User, now: datetime) -> Case:
    """Both or neither; raises AlreadyTaken or BarredFromReport."""
    case = Case.open_for(report, by=by, now=now)
    case.triage(**form.acts(), by=by, now=now)
    if form.cleaned_data["mine"]:
        case.assign(to=by, by=by, now=now)
    return case


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: StaffRequest, reference: str) -> HttpResponse:
    """Triage of a case that was opened and not triaged yet."""
    case = case_for_act_or_404(request.user, reference, "triage")
    now = timezone.now()
    form = _form(request, case.reports[0], now)
    if form.is_valid():
        try:
            with transaction.atomic():
                case.triage(**form.acts(), by=request.user, now=now)
                if form.cleaned_data["mine"]:
                    case.assign(to=request.user, by=request.user, now=now)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, TRIAGED)
            return redirect("casework:case", reference=case.reference)
    return render(request, "casework/case/triage.html", {"case": case, "form": form})


def _form(request: StaffRequest, report: Report, now: datetime) -> TriageForm:
    return TriageForm(
        request.POST if request.method == "POST" else None,
        report=report,
        user=request.user,
        today=timezone.localdate(now),
        proposed=proposed_for(report, answers_of(report)),
    )


def set_aside_shown(report: Report) -> dict[str, Any] | None:
    """Why a report is set aside, by whom, and who looked again; None where it is not."""
    row = set_aside_now(report)
    if row is None:
        return None
    row.report = report
    return {
        "when": when(row.set_aside_at),
        "who": f"{row.set_aside_by}, {row.organisation}",
        "reason": row.unseal("reason"),
        "due": when(row.look_due_at),
        "looked": when(row.looked_at) if row.looked_at else "",
        "looked_by": str(row.looked_by or ""),
        "kept_because": row.unseal("kept_because"),
    }


def what_is_shown(report: Report) -> dict[str, Any]:
    """A report's page: contact first, then the words, what else was told, and who sees it."""
    answers, later = answers_of(report), said_later(report)
    all_told = with_what_was_said_later(answers, later)
    due_at = contact_due(report)
    return {
        "report": report,
        "erased_on": timezone.localdate(report.erased_at) if report.erased_at else None,
        "received": when(report.received_at),
        "contact": safe_contact(report, answers),
        "words": report.unseal("words"),
        "told": what_was_told(answers),
        "prompts": prompts(all_told),
        "names_a_suspect": names_a_suspect(all_told),
        "strands": strand_names(report.perceived_strands),
        "place": place_words(report),
        "contact_due": when(due_at) if due_at else "",
        "words_out": lines_of(report),
        "risk": risk_of(report),
        "recorded": recorded_of(report),
        "sight": sight_of(report),
        "conversation": conversation(report, answers, later),
    }


def _to_its_case(request: StaffRequest, report: Report) -> HttpResponse:
    case = Case.objects.visible_to(request.user).filter(case_reports__report=report).first()
    if case is not None:
        return redirect("casework:case", reference=case.reference)
    messages.info(request, f"{report.reference} is part of a case now.")
    return redirect("casework:queue")


def _quicker(taken: AlreadyTaken | None) -> dict[str, Any]:
    if taken is None or taken.case is None:
        return {}
    events = taken.case.events.select_related("by", "organisation")
    return {"taken": taken.case, "happened": news(list(events))}
