"""Check your answers, then send."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.journey import route
from reporting.journey.question import SEEN, Answers, Page, voice, words_for
from reporting.journey.summary import Told, told
from reporting.kept_pages import framed_page
from reporting.models import DraftGone
from reporting.receiving import NotComplete, submit
from reporting.views.asking import LATER, gone
from reporting.walk import PUBLIC, Walk


def show_check(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Every answer with its way back; sending it ends the draft and leads to the receipt."""
    try:
        if request.method == "POST" and LATER in request.POST and not walk.at_centre:
            walk.draft(request).return_code()
            return HttpResponseRedirect(walk.to("saved"))
        if request.method == "POST":
            return send(request, walk)
        answers = walk.draft(request).read()
    except DraftGone:
        return gone(request, walk)
    waiting = route.unfinished(answers)
    if waiting:
        return HttpResponseRedirect(walk.url(waiting[0]))
    return _shown(request, answers, walk)


def _shown(request: HttpRequest, answers: Answers, walk: Walk) -> HttpResponse:
    rows = list(told(answers, with_gaps=True))
    personal = {row.question.id: _in_lines(row.answer) for row in rows}
    before = route.page_before(route.CHECK, answers) or route.PAGES[1]
    more = _more(answers)
    key = (voice(answers), before.name, tuple(personal), tuple((page.name, told) for page, told in more))

    def around(values: Mapping[str, str]) -> dict[str, Any]:
        return {
            "parts": route.PARTS,
            "page": route.CHECK,
            "groups": _groups(rows, values, walk),
            "more": [_offered(page, is_told, answers, walk) for page, is_told in more],
            "back_url": walk.url(before),
            "later": "" if walk.at_centre else LATER,
        }

    return framed_page(request, walk, "reporting/check.html", key, around, personal)


def _more(answers: Answers) -> list[tuple[Page, bool]]:
    """The pages that nobody has to answer, and whether each was."""
    seen = answers.get(SEEN, ())
    return [
        (page, page.name in seen and bool(route.of_page(page, answers))) for page in route.more_for(answers)
    ]


def more_offered(answers: Answers, walk: Walk) -> list[dict[str, Any]]:
    """The same, each as a row that leads to it."""
    return [_offered(page, is_told, answers, walk) for page, is_told in _more(answers)]


def _offered(page: Page, is_told: bool, answers: Answers, walk: Walk) -> dict[str, Any]:
    return {
        "key": words_for(page.title, answers),
        "value": _("Answered") if is_told else _("Not answered"),
        "change": _("Change") if is_told else _("Add"),
        "url": walk.url(page),
        "hidden": words_for(page.title, answers),
    }


def _in_lines(answer: str) -> str:
    """An answer as HTML. Most have one line, and looking for more takes longer than all the rest."""
    return linebreaksbr(answer, autoescape=True) if "\n" in answer or "\r" in answer else escape(answer)


def send(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Makes the draft a report and leads to the receipt, or to what is missing; raises DraftGone."""
    # Should anything go wrong from here on, the error page says that nothing was sent.
    request.report_saved = False  # type: ignore[attr-defined]
    draft_id = walk.draft(request).pk if walk.at_centre else walk.draft_id(request)
    try:
        submit(draft_id, now=timezone.now())
    except NotComplete as incomplete:
        return HttpResponseRedirect(walk.url(incomplete.pages[0], change=True))
    request.report_saved = True  # type: ignore[attr-defined]
    return HttpResponseRedirect(walk.to("sent"))


def _groups(asked: Iterable[Told], values: Mapping[str, str], walk: Walk) -> list[dict[str, Any]]:
    """The rows under a heading for each page, so that each way back has one clear name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    pages: dict[str, Page] = {}
    for each in asked:
        pages[each.page.name] = each.page
        row = {
            "key": each.asked,
            "value": values[each.question.id],
            "url": walk.url(each.page, change=True),
        }
        rows.setdefault(each.page.name, []).append(row)
    return [{"heading": pages[name].topic, "rows": page_rows} for name, page_rows in rows.items()]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last page before sending."""
    return show_check(request, PUBLIC)
