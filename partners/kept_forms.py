"""Nothing typed is lost by having to sign in again: the fields are kept sealed, and the page comes back with them.

The person sends it themselves: a form that came back does nothing until its button is pressed.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from partners.models import KeptForm, User
from partners.models.kept_form import Typed
from partners.presence import AWAY, KEPT, ONWARDS, leave
from partners.refill import refilled
from partners.sign_in import has_second_factor

AGAIN = "kept"
# What is never kept: what proves who somebody is, and the form's own protection.
SECRET = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential"}
NEVER_KEPT = ("/accounts/", "/invitation/", "/demo/")
REDIRECTS = {302, 303}


def sign_in_again(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """Signs out and leads to signing in, and from there back to this very page with what was typed on it."""
    onwards, kept = way_back(request, now=now)
    leave(request)
    request.session[AWAY] = "typed" if kept else "idle"
    if kept:
        request.session[KEPT] = str(kept.pk)
        request.session[ONWARDS] = onwards
    return redirect(f"{reverse('account_login')}?{urlencode({'next': onwards})}")


def way_back(request: HttpRequest, *, now: datetime) -> tuple[str, KeptForm | None]:
    """The address of the page that was asked for, and what was typed on it, if anything was sent."""
    address = _without_again(request)
    if request.method != "POST":
        return address, None
    kept = _kept(request, now=now)
    if kept is None:
        return address, None
    joined = "&" if urlsplit(address).query else "?"
    return f"{address}{joined}{urlencode({AGAIN: kept.pk})}", kept


def _kept(request: HttpRequest, *, now: datetime) -> KeptForm | None:
    typed = {name: values for name, values in request.POST.lists() if name not in SECRET}
    if request.path.startswith(NEVER_KEPT) or not isinstance(request.user, User):
        return None
    return KeptForm.keep(typed, path=request.path, user=request.user, now=now)


def _without_again(request: HttpRequest) -> str:
    query = QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
    query.pop(AGAIN, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


class KeptFormMiddleware:
    """Fills a page's form with what its writer had typed, and forgets it once it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who came with a password alone sees nothing yet, not even what they typed themselves.
        if AGAIN not in request.GET or not isinstance(request.user, User) or not has_second_factor(request):
            return response
        kept = KeptForm.of(request.user, request.GET[AGAIN], path=request.path, now=timezone.now())
        if kept is None:
            return response
        if request.method == "GET":
            return _with(kept.read(), request, response)
        if request.method == "POST" and response.status_code in REDIRECTS and _was_done(response):
            kept.delete()
        return response


def _was_done(response: HttpResponse) -> bool:
    # Led to signing in again instead, the form was kept anew and the old one goes by itself.
    return not response.headers.get("Location", "").startswith(reverse("account_login"))


def _with(typed: Typed, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page with the typed values in its form; where no form takes them, a page that shows and offers them."""
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    filled = refilled(response.content.decode(), typed, action=request.path) if is_page else None
    if filled is None:
        return offered(typed, request)
    response.content = filled.encode()
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
    return response


def offered(typed: Typed, request: HttpRequest) -> HttpResponse:
    """What was typed, to read and to send: for pages that have no such form any more, or never had one."""
    fields = [(name, value) for name, values in typed.items() for value in values]
    words = [value for name, value in fields if " " in value.strip()]
    return render(
        request, "partners/kept/offer.html", {"fields": fields, "words": words, "address": request.path}
    )
