"""The Senior Officer Group's pages: one set of figures, shown as dashboard, report and PDF."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.sog.document import dashboard, report
from actionplans.sog.figures import SogFigures, figures_for
from audit import trail
from documents import html, pdf
from documents.definition import Document
from insight.periods import ReportingPeriod, london_day
from partners.doors import requires
from partners.models import User
from partners.roles import Permission

DEMO_NOTICE = "Invented demonstration data"
LAST_QUARTER = "last"


@requires(Permission.SEE_DASHBOARD)
@require_safe
def sog_dashboard(request: HttpRequest) -> HttpResponse:
    """What changed, what is off track, what is asked of the group."""
    figures = _figures(request, "dashboard", now=timezone.now())
    return render(request, "actionplans/sog/dashboard.html", _page(request, dashboard, figures))


@requires(Permission.SEE_DASHBOARD)
@require_safe
def sog_report(request: HttpRequest) -> HttpResponse:
    """The performance report as a page."""
    figures = _figures(request, "report", now=timezone.now())
    return render(request, "actionplans/sog/report.html", _page(request, report, figures))


@requires(Permission.SEE_DASHBOARD)
@require_safe
def sog_report_pdf(request: HttpRequest) -> HttpResponse:
    """The performance report as a PDF."""
    figures = _figures(request, "pdf", now=timezone.now())
    made = pdf.render(report(figures, notice=_notice()))
    name = f"sog-report-{figures.period.first}-to-{figures.period.last}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _figures(request: HttpRequest, medium: str, *, now: datetime) -> SogFigures:
    """The figures of the running quarter, or of the one before; true counts, so who saw them is in the trail."""
    quarter = ReportingPeriod.quarter_containing(london_day(now))
    if request.GET.get("quarter") == LAST_QUARTER:
        quarter = quarter.previous()
    facts = {"medium": medium, "first": str(quarter.first), "last": str(quarter.last)}
    reader = cast(User, request.user)
    if medium == "pdf":
        trail.record("figures.exported", reader, by=reader, now=now, **facts)
    else:
        trail.record("figures.read", reader, by=reader, now=now, **facts)
    return figures_for(quarter, now=now)


def _page(request: HttpRequest, make: Callable[..., Document], figures: SogFigures) -> dict[str, object]:
    document = make(figures)  # the page itself says that it is a demonstration
    return {
        "document": document,
        "body": html.body(document),
        "is_last": request.GET.get("quarter") == LAST_QUARTER,
    }


def _notice() -> str:
    return DEMO_NOTICE if settings.IS_DEMO else ""
