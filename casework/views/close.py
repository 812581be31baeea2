"""Ending the work on a case, and beginning again."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.forms_of_ending import CloseForm
from casework.models import Case
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, reference: str) -> HttpResponse:
    """Closes the case and tells the reporter."""
    return one_act(
        request,
        reference,
        act="close",
        form_class=CloseForm,
        template="close",
        do=_close,
        done="The case is closed, and the reporter’s page says what was done.",
    )


def _close(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.close(
        outcome=asked["outcome"],
        text=asked["text"],
        note=asked["note"],
        why_no_police_outcome=asked.get("why_no_police_outcome", ""),
        by=by,
        now=now,
        seen=seen,
    )


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: StaffRequest, reference: str) -> HttpResponse:
    """Reopens a closed case."""
    return one_act(
        request,
        reference,
        act="reopen",
        form_class=ReasonForm,
        template="reason",
        do=_reopen,
        done="The case is open again.",
        title="Reopen this case",
        button="Reopen",
    )


def _reopen(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.reopen(asked["text"], by=by, now=now, seen=seen)
