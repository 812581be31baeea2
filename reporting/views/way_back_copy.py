"""A copy of what somebody told us, for themselves, from their own page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting import visit
from reporting.export import Copy, as_json, as_pdf, as_text
from reporting.models import Report

# Nothing about what it is stays on the device, should somebody look at the list of files.
NAME = "copy"
TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8", "json": "application/json"}


@require_safe
@visit.visiting
def copy(request: HttpRequest, report: Report) -> HttpResponse:
    """What a copy is good for, what it may give away, and the ways to have it."""
    return render(request, "reporting/way_back/copy.html", {"report": report, "back_url": "/back/h3/"})


@require_safe
@visit.visiting
def copy_file(request: HttpRequest, report: Report, kind: str) -> HttpResponse:
    """The copy as a file."""
    if kind not in TYPES:
        raise Http404
    whole = Copy.of(report)
    if kind == "pdf":
        content = as_pdf(whole, today=timezone.localdate())
    else:
        content = as_text(whole) if kind == "txt" else as_json(whole)
    name = f'attachment; filename="{NAME}.{kind}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": name})
