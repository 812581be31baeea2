"""A centre's own figures, on a page, on paper and for a spreadsheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres import own_figures
from centres.doors import own_centre_or_404
from documents import html, pdf
from insight.periods import ReportingPeriod
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.RECORD_REPORT)
@require_safe
def figures_page(request: StaffRequest) -> HttpResponse:
    """One reporting year; the newest unless asked for another."""
    centre, today = own_centre_or_404(request.user), timezone.localdate()
    years = own_figures.years_of(centre, today=today)
    year = _asked(request, years)
    figures = own_figures.own_figures(centre, year, today=today)
    context = {
        "body": html.body(own_figures.document_of(figures)),
        "years": years,
        "year": year,
        "is_empty": not figures.quarters,
    }
    return render(request, "centres/our_centre/figures.html", context)


@requires(Permission.RECORD_REPORT)
@require_safe
def figures_pdf(request: StaffRequest) -> HttpResponse:
    """The same on paper."""
    figures = _figures(request)
    made = pdf.render(own_figures.document_of(figures))
    return _file(made, "application/pdf", f"our-figures-{figures.year.first.year}.pdf")


@requires(Permission.RECORD_REPORT)
@require_safe
def figures_csv(request: StaffRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    figures = _figures(request)
    return _file(
        own_figures.csv_of(figures), "text/csv; charset=utf-8", f"our-figures-{figures.year.first.year}.csv"
    )


def _figures(request: StaffRequest) -> own_figures.OwnFigures:
    centre, today = own_centre_or_404(request.user), timezone.localdate()
    year = _asked(request, own_figures.years_of(centre, today=today))
    return own_figures.own_figures(centre, year, today=today)


def _asked(request: StaffRequest, years: list[ReportingPeriod]) -> ReportingPeriod:
    """The year that begins as the address says, or the newest; one that the centre has no figures of is missing."""
    asked = request.GET.get("year")
    if asked is None:
        return years[0]
    found = next((year for year in years if str(year.first.year) == asked), None)
    if found is None:
        raise Http404
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
