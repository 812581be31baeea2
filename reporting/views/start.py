"""Before the first question: what this is, and how to stay safe while using it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners import wording
from reporting.journey.before import DANGER
from reporting.walk import PUBLIC


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what it is not, and what happens to what is told."""
    return render(request, "reporting/start.html", {"place": wording.partnership()["place_name"]})


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What the device keeps, what it doesn't, and how to leave."""
    return render(request, "reporting/safety.html", {"onwards": PUBLIC.url(DANGER), "back_url": "/"})
