"""Who works on a case."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms import AssignForm
from casework.models import Case
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: StaffRequest, reference: str) -> HttpResponse:
    """Gives the case to somebody."""
    return one_act(
        request,
        reference,
        act="assign",
        form_class=AssignForm,
        template="assign",
        do=_assign,
        done="The case has been given to them.",
    )


def _assign(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.assign(to=User.objects.get(pk=asked["to"]), by=by, now=now, seen=seen)
