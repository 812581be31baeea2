"""A meeting's paper as files: PDF and Word, of the one definition that the page shows too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.minutes import minutes_of
from actionplans.models import Meeting
from actionplans.models.meeting import Standing
from actionplans.views.meetings import meeting_or_404
from audit import trail
from documents import pdf
from documents.definition import Document
from documents.word import as_docx
from partners.doors import StaffRequest, requires
from partners.roles import Permission

DEMO_NOTICE = "Invented demonstration data"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMES = {Standing.PLANNED: "agenda", Standing.UNDER_WAY: "draft-minutes", Standing.CLOSED: "minutes"}


@requires(Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
@require_safe
def minutes_pdf(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """As a PDF that screen readers can read."""
    return _file(request, meeting_id, pdf.render, "pdf", "application/pdf")


@requires(Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
@require_safe
def minutes_word(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """As a Word file."""
    return _file(request, meeting_id, as_docx, "docx", WORD)


def _file(
    request: StaffRequest, meeting_id: int, made: Callable[[Document], bytes], ending: str, kind: str
) -> HttpResponse:
    meeting, now = meeting_or_404(request.user, meeting_id), timezone.now()
    notice = DEMO_NOTICE if settings.IS_DEMO else ""
    content = made(minutes_of(meeting, today=timezone.localdate(now), notice=notice))
    trail.record("meeting.exported", meeting, by=request.user, now=now, medium=ending)
    return as_download(content, f"{_name(meeting)}.{ending}", kind)


def _name(meeting: Meeting) -> str:
    return f"{_NAMES[meeting.standing]}-{meeting.group}-{meeting.held_on}"


def as_download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file that the browser keeps under this name and in no cache."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
