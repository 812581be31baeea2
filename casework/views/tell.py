"""Telling the reporter: what their own page will say."""

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms_of_messages import TellForm, TemplateForm
from casework.models import Case
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.wording import statuses


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: StaffRequest, reference: str) -> HttpResponse:
    """First shows what the reporter will read, then sends it. A message to begin with stands in the address by its
    code."""
    begin_with = TemplateForm(request.GET)
    is_preview = request.method == "POST" and "preview" in request.POST
    return one_act(
        request,
        reference,
        act="tell_reporter",
        form_class=partial(TellForm, template=begin_with.chosen()),
        template="tell",
        do=_tell,
        done="The reporter’s page now says this.",
        is_rehearsal=is_preview,
        begin_with=begin_with,
        preview=statuses().get(request.POST.get("status", "")) if is_preview else None,
    )


def _tell(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.tell_reporter(asked["text"], status=asked["status"], by=by, now=now, seen=seen)
