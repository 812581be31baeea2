"""The questions, one page at a time."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reporting.views.asking import ask
from reporting.walk import PUBLIC


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One page of questions."""
    return ask(request, code, PUBLIC)
