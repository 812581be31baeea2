"""The page of what a case is made of: its reports, what it is recorded as, and whether another force has it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.deciding import record_as as record_case_as
from casework.deciding import recorded_words
from casework.doors import case_or_404
from casework.forms_of_triage import RecordAsForm, TransferForm, decided_or_proposed
from casework.models import Case
from casework.permissions import acts_now
from casework.queue import place_words, strand_names
from casework.timeline import when
from casework.transferring import transfer as transfer_case
from casework.views.erased import erased_page
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from reporting.models import Report


@requires(Permission.SEE_QUEUE)
@require_safe
def reports(request: StaffRequest, reference: str) -> HttpResponse:
    """What the case is made of. Nothing sealed is opened: what was told stands on the case's own page."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE)
    if case.erased_at:
        return erased_page(request, case.reports[0], case)
    allowed = acts_now(request.user, case)
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:reports"),
        "reports": [_shown(each, case) for each in case.reports],
        "recorded_as": recorded_words(case),
        "perceived": strand_names(sorted({one for each in case.reports for one in each.perceived_strands})),
        "recorded": strand_names(case.recorded_strands),
        "may_record": "record_as" in allowed,
        "may_take_out": "take_out" in allowed,
        "may_transfer": "transfer" in allowed,
        "today": timezone.localdate(),
    }
    return render(request, "casework/case/reports.html", context)


def _shown(report: Report, case: Case) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "received": when(report.received_at),
        "channel": report.get_channel_display().capitalize(),
        "who": report.get_reporter_role_display().capitalize(),
        "strands": strand_names(report.perceived_strands),
        "place": place_words(report),
        "is_first": report.reference == case.reference,
        "is_erased": report.erased_at is not None,
    }


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def record_as(request: StaffRequest, reference: str) -> HttpResponse:
    """Says later than at triage what it is recorded as, or proposes it to those who decide."""
    return one_act(
        request,
        reference,
        act="record_as",
        form_class=RecordAsForm,
        template="record_as",
        do=_record,
        done="It is written on the case.",
        then="casework:reports",
    )


def _record(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    said = decided_or_proposed(asked["recorded_as"], before=case.recorded_as)
    record_case_as(case, **said, note=asked["note"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes down that another police force has it, and tells the reporter."""
    return one_act(
        request,
        reference,
        act="transfer",
        form_class=TransferForm,
        template="transfer",
        do=_transfer,
        done="It is written on the case, and the reporter is told. The case waits until you close it.",
        then="casework:reports",
    )


def _transfer(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    told = {name: asked[name] for name in ("lawful_basis", "reason", "sent", "text")}
    transfer_case(case, asked["force"], **told, by=by, now=now, seen=seen)
