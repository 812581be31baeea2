"""Check your answers, then send."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from govuk.templatetags.govuk import summary_list
from reporting.journey import route
from reporting.journey.question import Answers, Page
from reporting.journey.summary import told
from reporting.kept_pages import framed_page
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
    personal = {
        "answers": _answers_html(answers, walk),
        "back_url": walk.url(route.page_before(route.CHECK, answers) or route.PAGES[1]),
    }
    around = {"parts": route.PARTS, "page": route.CHECK}
    return framed_page(request, walk, "reporting/check.html", (), lambda: around, personal)


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


def _answers_html(answers: Answers, walk: Walk) -> SafeString:
    """The rows under a heading for each page, so that each way back has one clear name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    pages: dict[str, Page] = {}
    for each in told(answers, with_gaps=True):
        pages[each.page.name] = each.page
        row = {"key": each.asked, "value": each.answer, "url": walk.url(each.page, change=True)}
        rows.setdefault(each.page.name, []).append(row)
    return format_html_join(
        "",
        '<h2 class="govuk-heading-m govuk-!-margin-bottom-2 check-heading">{}</h2>{}',
        ((capfirst(pages[name].topic), summary_list(page_rows)) for name, page_rows in rows.items()),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last page before sending."""
    return show_check(request, PUBLIC)
