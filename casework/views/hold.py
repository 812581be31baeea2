"""Putting a case on hold, and taking it up again."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.models import Case
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: StaffRequest, reference: str) -> HttpResponse:
    """Nothing can be done for now."""
    return one_act(
        request,
        reference,
        act="wait",
        form_class=ReasonForm,
        template="reason",
        do=_wait,
        done="The case is on hold.",
        title="Put this case on hold",
        button="Put on hold",
    )


def _wait(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.wait(asked["text"], by=by, now=now, seen=seen)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: StaffRequest, reference: str) -> HttpResponse:
    """Work goes on."""
    return one_act(
        request,
        reference,
        act="resume",
        form_class=ReasonForm,
        template="reason",
        do=_resume,
        done="The case is in progress again.",
        title="Take this case up again",
        button="Take up again",
    )


def _resume(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.resume(note=asked["text"], by=by, now=now, seen=seen)
