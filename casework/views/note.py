"""An officer's own words on a case."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms import NoteForm
from casework.models import Case
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes a note on the timeline."""
    return one_act(
        request,
        reference,
        act="note",
        form_class=NoteForm,
        template="note",
        do=_note,
        done="Your note is on the timeline.",
    )


def _note(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    case.note(asked["text"], by=by, now=now)
