"""Who goes on trying after being told to wait is answered at once, with a page that was made once a process: a guesser
must not cost the people at work their time."""

from collections.abc import Callable
from functools import cache as once

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from partners.counting import count
from partners.networks import network_of

MOST_REFUSED = 20
WAITS_SECONDS = 5 * 60
TOO_MANY = 429


def note_refused(request: HttpRequest) -> None:
    """Counts a try of somebody who had been told to wait; the first opens five minutes."""
    count(_bucket(request), seconds=WAITS_SECONDS)


class StillTryingMiddleware:
    """Stands before everything that costs: sessions, the form's protection, the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and _may_be_guessed_at(request) and _has_to_wait(request):
            return HttpResponse(_page(get_language()), status=TOO_MANY)
        return self.get_response(request)


def _may_be_guessed_at(request: HttpRequest) -> bool:
    coming_back, *signing_in = _addresses()
    if request.path == coming_back:
        # Whoever is signed in is known, and their tries are counted nowhere.
        return settings.SESSION_COOKIE_NAME not in request.COOKIES
    return request.path in signing_in


@once
def _addresses() -> tuple[str, ...]:
    return tuple(map(reverse, (settings.COME_BACK_VIEW, "account_login", "mfa_authenticate")))


def _has_to_wait(request: HttpRequest) -> bool:
    return cache.get(_bucket(request), 0) > MOST_REFUSED


def _bucket(request: HttpRequest) -> str:
    return f"refused.{network_of(request)}"


@once
def _page(language: str | None) -> str:
    return render_to_string("429.html", {"back_url": "/", "demo": settings.IS_DEMO})
