"""Check your answers, then send."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reporting.journey import route
from reporting.journey.question import Answers, Page
from reporting.journey.summary import told
from reporting.models import DraftGone
from reporting.receiving import NotComplete, submit
from reporting.views.asking import gone
from reporting.walk import PUBLIC, Walk


def show_check(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Every answer with its way back; sending it ends the draft and leads to the receipt."""
    try:
        if request.method == "POST":
            return _send(request, walk)
        answers = walk.draft(request).read()
    except DraftGone:
        return gone(request, walk)
    waiting = route.unfinished(answers)
    if waiting:
        return redirect(walk.url(waiting[0]))
    context = {
        "walk": walk,
        "parts": route.PARTS,
        "page": route.CHECK,
        "groups": _groups(answers, walk),
        "back_url": walk.url(route.page_before(route.CHECK, answers) or route.PAGES[1]),
    }
    return render(request, "reporting/check.html", context)


def _send(request: HttpRequest, walk: Walk) -> HttpResponse:
    # Should anything go wrong from here on, the error page says that nothing was sent.
    request.report_saved = False  # type: ignore[attr-defined]
    draft_id = walk.draft(request).pk if walk.at_centre else walk.draft_id(request)
    try:
        submit(draft_id, now=timezone.now())
    except NotComplete as incomplete:
        return redirect(walk.url(incomplete.pages[0], change=True))
    request.report_saved = True  # type: ignore[attr-defined]
    return redirect(walk.to("sent"))


def _groups(answers: Answers, walk: Walk) -> list[dict[str, Any]]:
    """The rows under a heading for each page, so that each way back has one clear name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    pages: dict[str, Page] = {}
    for each in told(answers, with_gaps=True):
        pages[each.page.name] = each.page
        row = {"key": each.asked, "value": each.answer, "url": walk.url(each.page, change=True)}
        rows.setdefault(each.page.name, []).append(row)
    return [{"heading": pages[name].topic, "rows": page_rows} for name, page_rows in rows.items()]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last page before sending."""
    return show_check(request, PUBLIC)
