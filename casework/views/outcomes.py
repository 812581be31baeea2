"""How a case ended, part by part: what is known, and what has to be written down before it can be closed."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import pages_of
from casework.doors import case_or_404
from casework.ending import parts_of, record_support
from casework.forms_of_ending import SupportForm
from casework.models import Case
from casework.parts import DONE
from casework.permissions import acts_now
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.SEE_QUEUE)
@require_safe
def outcomes(request: StaffRequest, reference: str) -> HttpResponse:
    """The four parts of an ending, and the acts that bring them."""
    case = case_or_404(request.user, reference, Permission.SEE_QUEUE, needs={DONE})
    context = {
        "case": case,
        "pages": pages_of(case, request.user, here="casework:outcomes"),
        "parts": parts_of(case),
        "allowed": acts_now(request.user, case),
    }
    return render(request, "casework/case/outcomes.html", context)


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes down how support ended."""
    return one_act(
        request,
        reference,
        act="record_support",
        form_class=SupportForm,
        template="support",
        do=_support,
        done="How support ended is written down.",
    )


def _support(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    record_support(case, asked["support"], note=asked["note"], by=by, now=now, seen=seen)
