"""An officer writes down what somebody tells them on the phone or at the counter, in the words of the public's form."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.journey.question import TOLD_TO_AN_OFFICER
from reporting.views.help import show_emergency, show_help
from reporting.views.record import ask_more
from reporting.views.record_check import check_sheets
from reporting.views.record_sheets import ask_first, ask_sheet
from reporting.views.sent import show_sent
from reporting.walk import Walk, telling


@requires(Permission.WORK_CASES)
@require_safe
def choose(request: StaffRequest) -> HttpResponse:
    """On the phone or at the counter."""
    return render(request, "reporting/told/choose.html")


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, how: str) -> HttpResponse:
    """What to say first, and whether anybody is in danger."""
    return ask_first(request, _walk(how))


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, how: str, number: int) -> HttpResponse:
    """One sheet of questions."""
    return ask_sheet(request, number, _walk(how))


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, how: str, code: str) -> HttpResponse:
    """One page that nobody has to answer; every other stands on its sheet."""
    return ask_more(request, code, _walk(how))


@requires(Permission.WORK_CASES)
@require_safe
def emergency(request: HttpRequest, how: str) -> HttpResponse:
    """Who to call now."""
    return show_emergency(request, _walk(how))


@requires(Permission.WORK_CASES)
@require_safe
def help_now(request: HttpRequest, how: str) -> HttpResponse:
    """Who the person can talk to now."""
    return show_help(request, _walk(how))


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, how: str) -> HttpResponse:
    """Read the answers back, then send."""
    return check_sheets(request, _walk(how))


@requires(Permission.WORK_CASES)
@require_safe
def sent(request: HttpRequest, how: str) -> HttpResponse:
    """The reference and the code to read out or hand over, once; and the way to the report."""
    return show_sent(request, _walk(how))


def _walk(how: str) -> Walk:
    if how not in TOLD_TO_AN_OFFICER:
        raise Http404
    return telling(how)
