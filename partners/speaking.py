"""The public's pages in the language that somebody chose; the staff's in English, whatever was chosen."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import activate, deactivate

from govuk import retyped
from partners.languages import COOKIE, Language, offered

# The rooms of those who work here, and what machines read.
ENGLISH_ONLY = ("/staff/", "/accounts/", "/invitation/", "/demo/", "/api/", "/health/", "/static/")
# The name of the buttons that show the same page in another language, with what was typed on it.
FIELD = "in_language"


class LanguageMiddleware:
    """Makes a page in the language of the cookie; costs nothing where there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = offered().get(request.COOKIES[COOKIE]) if COOKIE in request.COOKIES else None
        if (language is None and request.method != "POST") or request.path.startswith(ENGLISH_ONLY):
            return self.get_response(request)
        if language:
            activate(language.code)
        try:
            response = self.get_response(request)
        finally:
            _forget(request, language)
        asked_for = getattr(request, "asked_for_language", None)
        if asked_for:
            speak(response, asked_for)
        return response


def _forget(request: HttpRequest, language: Language | None) -> None:
    # The thread goes on with somebody else's request. Where nothing was set, nothing is looked at: it is not free.
    if language or hasattr(request, "asked_for_language"):
        deactivate()
        retyped.forget()


class RetypingMiddleware:
    """A form that is sent with one of the languages' buttons is shown again in that language, as it was filled in.

    It stands behind the form's protection, and what it leads to is reading: nothing is checked, nothing is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Makes of such a sending a reading of the same page."""
        if request.method != "POST" or request.path.startswith(ENGLISH_ONLY) or _is_unprotected(view):
            return None
        language = offered().get(request.POST[FIELD]) if FIELD in request.POST else None
        if language is not None:
            request.method = "GET"
            request.asked_for_language = language  # type: ignore[attr-defined]
            retyped.remember(request.POST)
            activate(language.code)
        return None


def _is_unprotected(view: Any) -> bool:
    return getattr(view, "csrf_exempt", False)


def speak(response: HttpResponse, language: Language) -> None:
    """Tells the browser to go on in this language until it is closed."""
    if language.code == settings.LANGUAGE_CODE:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, language.code, path="/", httponly=True, samesite="Lax", secure=settings.IS_PRODUCTION
    )
