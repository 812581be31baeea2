"""Choosing a language: a plain link, so that it works without scripts and from a leaflet."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.http import require_safe

from partners.languages import Language, known, offered
from partners.speaking import ENGLISH_ONLY, speak
from reporting.views.help import numbers

START = "/"


@login_not_required
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the page that was open, in the chosen language; or, where that is not offered yet, whom to call."""
    chosen = known().get(code)
    if chosen is None:
        raise Http404
    if code not in offered():
        return _whom_to_call(request, chosen)
    response = redirect(_to(request))
    speak(response, chosen)
    return response


def _to(request: HttpRequest) -> str:
    """The page to go back to: one of the public's own."""
    to = request.GET.get("to", START)
    is_ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if is_ours and not to.startswith(("/l/", "/leave/", *ENGLISH_ONLY)) else START


def _whom_to_call(request: HttpRequest, language: Language) -> HttpResponse:
    """In a language that is not offered yet: the numbers, and how to ask for an interpreter."""
    with override(language.code):
        context = {"chosen": language, "contacts": numbers("999", "101", "samaritans"), "back_url": START}
        return render(request, "reporting/language.html", context)
