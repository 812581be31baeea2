"""A reporting centre's volunteer records what the person beside them tells."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.journey import route
from reporting.journey.sheets import sheet_of
from reporting.views.asking import ask
from reporting.views.help import show_emergency, show_help
from reporting.views.record_check import check_sheets
from reporting.views.record_refused import unless_suspended
from reporting.views.record_sheets import ask_first, ask_sheet, begin_from_paper
from reporting.views.record_unfinished import act_on_unfinished
from reporting.views.sent import show_sent
from reporting.walk import CENTRE, Walk


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@unless_suspended(begins=True)
def record(request: HttpRequest) -> HttpResponse:
    """What to say first, and whether anybody is in danger."""
    return ask_first(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_safe
@unless_suspended(begins=True)
def record_from_paper(request: HttpRequest) -> HttpResponse:
    """The way to typing in a paper form."""
    return begin_from_paper(CENTRE)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@unless_suspended(begins=False)
def record_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One sheet of questions."""
    return ask_sheet(request, number, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: HttpRequest, code: str) -> HttpResponse:
    """One page that nobody has to answer; every other stands on its sheet."""
    return ask_more(request, code, CENTRE)


def ask_more(request: HttpRequest, code: str, walk: Walk) -> HttpResponse:
    """One page alone, or the way to its place on its sheet."""
    page = route.BY_CODE.get(code)
    if page is None:
        raise Http404
    if sheet_of(page) is not None:
        return HttpResponseRedirect(walk.url(page))
    return ask(request, code, walk)


@requires(Permission.RECORD_REPORT)
@require_safe
def record_emergency(request: HttpRequest) -> HttpResponse:
    """Who to call now."""
    return show_emergency(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_safe
def record_help(request: HttpRequest) -> HttpResponse:
    """Who the person can talk to now."""
    return show_help(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def record_check(request: HttpRequest) -> HttpResponse:
    """Read the answers back, then send."""
    return check_sheets(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_safe
def record_sent(request: HttpRequest) -> HttpResponse:
    """The receipt to hand over."""
    return show_sent(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_POST
def unfinished(request: StaffRequest) -> HttpResponse:
    """One of the volunteer's own unfinished reports: go on with it, or throw it away."""
    return act_on_unfinished(request, CENTRE)
