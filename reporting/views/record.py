"""A reporting centre's volunteer records what the person beside them tells."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from partners import wording
from partners.doors import requires
from partners.roles import Permission
from reporting.journey.before import DANGER
from reporting.views.asking import ask
from reporting.views.check import show_check
from reporting.views.help import show_emergency, show_help
from reporting.views.sent import show_sent
from reporting.walk import CENTRE


@requires(Permission.RECORD_REPORT)
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Before the first question: what to read out."""
    context = {"onwards": CENTRE.url(DANGER), "sharing": wording.sharing()}
    return render(request, "reporting/centre/record.html", context)


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: HttpRequest, code: str) -> HttpResponse:
    """One page of questions."""
    return ask(request, code, CENTRE)


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
    return show_check(request, CENTRE)


@requires(Permission.RECORD_REPORT)
@require_safe
def record_sent(request: HttpRequest) -> HttpResponse:
    """The receipt to hand over."""
    return show_sent(request, CENTRE)
