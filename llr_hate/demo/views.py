"""The demonstration's first page: people to be, each with one click. It exists in no other world."""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from llr_hate.demo.staff import PASSWORD, personas
from outbox import folders
from partners.models import KeptForm, User
from partners.presence import KEPT, ONWARDS, begin, leave

MESSAGES_A_PAGE = 20
# Where each persona lands: the page on which their work waits.
STARTS = {
    "centre": "reporting_staff:centre",
    "centres": "centres:centres",
    "my_updates": "actionplans:updates",
    "queue": "casework:queue",
    "plans": "actionplans:plans",
    "dashboard": "actionplans:sog_dashboard",
    "people": "partners:people",
    "records": "casework:records",
    "audit": "trail:look",
    "translations": "reporting_staff:translations",
    "jag": "reviews:items",
    "referrals": "casework:referrals",
    "scrutiny": "reviews:samples",
}


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The cards, with the reference and code of the person who told us what happened."""
    _only_in_the_demonstration()
    members = {user.email: user for user in User.objects.filter(is_active=True)}
    cards = [(persona, members.get(persona.email)) for persona in personas()]
    return render(
        request,
        "demo/choose.html",
        {"cards": cards, "receipt": receipt(), "password": PASSWORD, "exit_this_page": False},
    )


@login_not_required
@require_POST
def become(request: HttpRequest, code: str) -> HttpResponse:
    """Signs in as one persona, without the two steps."""
    _only_in_the_demonstration()
    persona = next((each for each in personas() if each.code == code and each.email), None)
    if persona is None:
        raise Http404
    user = get_object_or_404(User, email=persona.email, is_active=True)
    onwards = _where_they_were(request, user)
    leave(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, "demo")
    begin(request, user, now=timezone.now())
    return redirect(onwards or STARTS.get(persona.start, "home:today"))


@login_not_required
@require_safe
def would_be_sent(request: HttpRequest) -> HttpResponse:
    """E-mails, texts and letters as those who get them would read them."""
    _only_in_the_demonstration()
    page = Paginator(folders.lying(), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    said = [folders.read(path) for path in page.object_list]
    context = {"page": page, "messages_lying": said, "exit_this_page": False}
    return render(request, "demo/sent.html", context)


def _where_they_were(request: HttpRequest, user: User) -> str:
    """The page that the same persona was typing on when they were signed out."""
    kept = str(request.session.get(KEPT, ""))
    is_theirs = bool(kept) and KeptForm.objects.filter(pk=kept, user=user).exists()
    return str(request.session.get(ONWARDS, "")) if is_theirs else ""


def receipt() -> dict[str, Any]:
    """Reference and receipt code of the persona who told us what happened, as the demonstration's builder left them
    in `<data folder>/demo.json`: {"reference": "…", "code": "…", "survey": "/q/…/"}; empty until it is built."""
    try:
        return json.loads((settings.DATA_DIR / "demo.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _only_in_the_demonstration() -> None:
    # The addresses exist in no other world; should they ever be mounted there, they open nothing.
    if not settings.IS_DEMO:
        raise Http404
