"""The page of one case."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.case_pages import address, pages_of
from casework.deciding import recorded_words
from casework.doors import LEAVES_OUT, case_or_404
from casework.gathered import absences_on, came_with, gather_case, holds_on, person_on, read_now
from casework.hearing import hear
from casework.knowing_again import Alike, alike
from casework.models import Case
from casework.models.legal_hold import hold_in_words
from casework.parts import ALL_PARTS
from casework.permissions import acts_now, may, parts_for
from casework.queue import strand_names
from casework.standing_in import works_on_it
from casework.timeline import outcome_name, timeline, when
from casework.views.case_in_parts import case_in_parts
from casework.views.erased import erased_page
from casework.views.triage import what_is_shown
from casework.worklist import clock_words, is_late
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reporting.kept_pages import framed_for_staff

FRAME, CONTENT = "casework/case/case.html", "casework/case/content.html"
# (act, view, what its button says), in the order of an officer's day.
NEXT_ACTS = (
    ("triage", "casework:triage", "Triage"),
    ("tell_reporter", "casework:tell", "Tell the reporter"),
    ("note", "casework:note", "Write a note"),
    ("write_down", "casework:person", "Who it happened to"),
    ("assign", "casework:assign", "Assign"),
    ("share", "casework:share", "Share"),
    ("resume", "casework:resume", "Take up again"),
)
ACTS_APART = (
    ("wait", "casework:wait", "Put on hold"),
    ("close", "casework:close", "Close the case"),
    ("reopen", "casework:reopen", "Reopen"),
)


@requires(Permission.SEE_QUEUE)
@require_safe
def case_page(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything about a case. Reading the person's words is recorded, and the person can see that it was read."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    if case.erased_at:
        return erased_page(request, case.reports[0], case)
    now = timezone.now()
    gather_case(case, today=timezone.localdate(now))
    if parts_for(request.user, case) != ALL_PARTS:
        return case_in_parts(request, case, now=now)
    read_now(case, by=request.user, now=now)
    allowed = acts_now(request.user, case)
    shown = [what_is_shown(report) for report in case.reports]
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:case"),
        "state": case.get_state_display().capitalize(),
        "facts": facts(case),
        "clock": clock_words(case, now=now),
        "is_late": is_late(case, now=now),
        "reports": shown,
        "words_to_do": [line for each in shown for line in each["words_out"] if line.is_to_do],
        "may_see_suspects": request.user.may(Permission.SEE_SUSPECTS),
        "came_with_it": came_with(case),
        "timeline": timeline(case),
        "alike": _alike(case, request.user),
        "holds": [hold_in_words(hold) for hold in holds_on(case)],
        "can_bring": may(request.user, "note", case),
        "may_answer": may(request.user, "tell_reporter", case),
        "next_acts": _offered(NEXT_ACTS, allowed, case),
        "acts_apart": _offered(ACTS_APART, allowed, case),
    }
    if context["may_answer"]:
        hear(*case.reports, now=now)
    return _in_its_frame(request, case, context)


def _in_its_frame(request: StaffRequest, case: Case, context: dict[str, Any]) -> HttpResponse:
    """What is round the case is the same for everybody who has these roles, and made once; a message of the page before
    is shown once, and in no frame that is kept."""
    content = loader.get_template(CONTENT).render({**context, "csrf_token": get_token(request)})
    personal = {"reference": case.reference, "content": content}
    if len(get_messages(request)):
        return render(request, FRAME, personal)
    roles = tuple(role.code for role in request.user.roles)
    return framed_for_staff(request, FRAME, (roles,), personal)


def _alike(case: Case, asked_by: User) -> list[Alike]:
    person = person_on(case)
    return alike(case, person, asked_by=asked_by) if person else []


def facts(case: Case) -> list[tuple[str, str]]:
    """The rail: what is known of the case in a few words."""
    known = [
        ("Leads", case.lead_organisation.name),
        ("Works on it", works_on_it(case, absences_on(case))),
        ("Risk", case.get_urgency_display().capitalize()),
        ("Recorded as", recorded_words(case)),
        ("Recorded strands", strand_names(case.recorded_strands)),
        ("Opened", when(case.opened_at)),
    ]
    if case.closed_at:
        known += [("Closed", when(case.closed_at)), ("Outcome", outcome_name(case.outcome))]
    return known


def _offered(acts: tuple[tuple[str, str, str], ...], allowed: set[str], case: Case) -> list[dict[str, str]]:
    return [
        {"address": address(view, case.reference), "text": text} for act, view, text in acts if act in allowed
    ]
