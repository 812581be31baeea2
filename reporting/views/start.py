"""Before the first question: what this is, and how to stay safe while using it."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from partners import wording
from reporting.heard import carried
from reporting.journey.before import DANGER
from reporting.kept_pages import filled_page
from reporting.walk import PUBLIC


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what it is not, and what happens to what is told."""
    return filled_page(request, "reporting/start.html", (), _start, {"carried": carried(request)})


def _start(gaps: Mapping[str, str]) -> dict[str, str]:
    return {"place": gettext(wording.partnership()["place_name"]), **gaps}


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What the device keeps, what it doesn't, and how to leave."""
    return filled_page(request, "reporting/safety.html", (), _safety, {"carried": carried(request)})


def _safety(gaps: Mapping[str, str]) -> dict[str, str]:
    return {"onwards": f"{PUBLIC.url(DANGER)}{gaps['carried']}", "back_url": "/"}
