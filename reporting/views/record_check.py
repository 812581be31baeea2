"""Reading it back at a centre: all answers by sheet, and what sending it will set off."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from reporting import risk
from reporting.journey import sheets
from reporting.journey.at_centre import AT_A_CENTRE, RISK, is_at_a_centre
from reporting.journey.question import Answers, Kept, Page, is_answered
from reporting.journey.sheets import Sheet
from reporting.journey.summary import Told, told
from reporting.models import DraftGone
from reporting.views.asking import gone
from reporting.views.check import more_offered, send
from reporting.walk import Walk

Send = Callable[[HttpRequest, Walk], HttpResponse]


def check_sheets(request: HttpRequest, walk: Walk, *, sends: Send = send) -> HttpResponse:
    """Every answer with its way back; the button does what `sends` does."""
    try:
        answers = walk.draft(request).read()
        waiting = sheets.unfinished(answers)
        if waiting:
            return HttpResponseRedirect(walk.sheet(waiting))
        return sends(request, walk) if request.method == "POST" else _shown(request, answers, walk)
    except DraftGone:
        return gone(request, walk)


def _shown(request: HttpRequest, answers: Answers, walk: Walk) -> HttpResponse:
    context = {
        "walk": walk,
        "sheet": sheets.LAST,
        "sheets": len(sheets.SHEETS),
        "groups": _groups(_rows(answers), walk),
        "more": more_offered(answers, walk),
        "back_url": walk.sheet(sheets.before(sheets.LAST)),
    }
    if is_at_a_centre(answers):
        context |= _risk(answers, walk)
    return render(request, "reporting/centre/check.html", context)


def _risk(answers: Answers, walk: Walk) -> dict[str, Any]:
    """What the ten risk questions gave, which a centre is asked."""
    assessed = risk.assess(answers)
    return {"risk": assessed, "risk_why": assessed.why(), "risk_url": walk.url(RISK, change=True)}


def _rows(answers: Answers) -> list[Told]:
    """What was answered, and what was asked of the person and left out."""
    rows = told(answers, with_gaps=True)
    return [row for row in rows if row.question.who != AT_A_CENTRE or is_answered(answers, row.question)]


def _groups(rows: list[Told], walk: Walk) -> list[dict[str, Any]]:
    """What was answered, by sheet and on it by page; what nobody had to answer comes last."""
    groups = [(sheet, [page for page in sheet.pages if page.is_stored]) for sheet in sheets.ASKED]
    more = [page for page in dict.fromkeys(row.page for row in rows) if page.is_more]
    groups.append((Sheet(0, "Added"), more))
    return [
        {"sheet": walk.named(sheet), "sections": sections}
        for sheet, pages in groups
        if (
            sections := [
                _section(page, rows, walk) for page in pages if any(row.page is page for row in rows)
            ]
        )
    ]


def _section(page: Page, rows: list[Told], walk: Walk) -> dict[str, Any]:
    of_page = [row for row in rows if row.page is page]
    url = walk.url(page, change=True)
    return {
        "heading": sheets.HEADINGS.get(page.name, page.topic),
        "is_the_centres": sheets.is_the_centres(page),
        "url": url,
        # The person's own words stand apart from everything that was chosen or noted.
        "words": "".join(row.answer for row in of_page if row.question.kept is Kept.WORDS),
        "rows": [
            {"key": row.asked, "value": row.answer, "url": url}
            for row in of_page
            if row.question.kept is not Kept.WORDS
        ],
    }
