"""Before the first question: what this is, and how to stay safe while using it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from partners import wording
from reporting.journey.before import DANGER
from reporting.kept_pages import kept_page
from reporting.walk import PUBLIC


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what it is not, and what happens to what is told."""
    return kept_page(request, "reporting/start.html", (), _start)


def _start() -> dict[str, str]:
    return {"place": gettext(wording.partnership()["place_name"])}


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What the device keeps, what it doesn't, and how to leave."""
    return kept_page(request, "reporting/safety.html", (), _safety)


def _safety() -> dict[str, str]:
    return {"onwards": PUBLIC.url(DANGER), "back_url": "/"}
