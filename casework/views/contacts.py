"""How to reach the person, strictly by their plan, and each time that somebody tried."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.clocks import Clock, running
from casework.contact_log import in_words, proposals, unreached
from casework.contacting import log_contact
from casework.doors import LEAVES_OUT, case_for_act_or_404, case_or_404
from casework.forms_of_contact import ContactForm
from casework.models import Case, ContactAttempt
from casework.parts import DONE, PERSON
from casework.permissions import acts_now
from casework.sharing import parts_of_all
from casework.sight import SafeContact, answers_of, safe_contact
from casework.timeline import when
from casework.views.one_act import one_act
from casework.words_out import lines_of
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reporting.models import Report


@requires(Permission.SEE_QUEUE)
@require_safe
def contacts(request: StaffRequest, reference: str) -> HttpResponse:
    """The plan, what to do next, and all attempts. That the plan was read is recorded, and the person can see it."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs=LEAVES_OUT)
    context = {"case": case, "pages": pages_of(case, request.user, here="casework:contacts")}
    if _may_see(case, request.user):
        context |= _shown(case, request)
    return render(request, "casework/case/contacts.html", context)


def _may_see(case: Case, user: User) -> bool:
    """Whether the officer's organisation was given these parts of the case, and it was not erased."""
    return not case.erased_at and {PERSON, DONE} <= parts_of_all(case.reports, user.organisation_id)


def _shown(case: Case, request: StaffRequest) -> dict[str, Any]:
    now, plans = timezone.now(), _plans(case, request.user)
    attempts = ContactAttempt.objects.filter(case=case).order_by("-at", "-id")
    page = page_of(attempts.select_related("by", "organisation", "report__data_key"), request)
    tries = unreached(case)
    has_plan = any(report.contact for report, _plan in plans)
    return {
        "may_see": True,
        "plans": plans,
        "clocks": _clocks(case, now=now),
        "allowed": acts_now(request.user, case),
        "not_reached": proposals(case, tries, has_plan=has_plan),
        "page": page,
        "attempts": [in_words(attempt) for attempt in page],
        "several": len(case.reports) > 1,
        "words_out": [line for report, _plan in plans for line in lines_of(report)],
    }


def _clocks(case: Case, *, now: datetime) -> list[tuple[str, bool]]:
    """What the person is owed: when they were first reached, what is due next in words, and whether it is late."""
    made = [(f"First contact: {when(case.first_contact_at)}", False)] if case.first_contact_at else []
    of_contact = [each for each in running(case) if each.clock in (Clock.CONTACT, Clock.UPDATE)]
    due = [(each.words(now=now).capitalize(), each.is_late(now=now)) for each in of_contact]
    return [*made, *due]


def _plans(case: Case, user: User) -> list[tuple[Report, SafeContact]]:
    """The safe-contact plan of each report that was not erased; reading them is recorded."""
    live = [report for report in case.reports if report.erased_at is None]
    for report in live:
        report.note_read(user, now=timezone.now())
    return [(report, safe_contact(report, answers_of(report))) for report in live]


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes an attempt down, with the plan before the officer's eyes."""
    case = case_for_act_or_404(request.user, reference, "log_contact")
    if not _may_see(case, request.user):
        raise Http404
    return one_act(
        request,
        reference,
        act="log_contact",
        form_class=ContactForm,
        template="log_contact",
        do=_log,
        done="It is written down.",
        then="casework:contacts",
        plans=_plans(case, request.user),
    )


def _log(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    so = asked["happened_so"]
    log_contact(case, asked["about"], asked["tried"], happened_so=so, by=by, now=now, seen=seen)
