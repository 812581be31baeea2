"""The short form that a school or landlord opens by its link: no account, no names."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from centres.forms_of_telling import TellForm
from centres.models import HeardThere, LinkNotValid, TellUsLink
from partners.counting import count
from partners.networks import network_of

ENGLISH = "en-gb"
# A school has one line to the internet; nobody notices thirty things in an hour.
MOST_TOLD_HERE, HOUR = 30, 60 * 60
MOST_TOLD_BY_A_LINK, DAY = 60, 24 * 60 * 60
# Nobody guesses 128 bits; this keeps a guesser from keeping the database busy.
MOST_WRONG, WRONG_SECONDS = 60, 15 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, keeps what was told, and thanks; sent twice it is once."""
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        link = TellUsLink.by_token(token, today=today)
    except LinkNotValid:
        return _not_valid(request)
    form = TellForm(request.POST, today=today) if request.method == "POST" else TellForm(today=today)
    if form.is_bound and form.is_valid():
        if _too_often(request, link):
            return _shown(request, "429.html", status=429)
        HeardThere.tell(link, now=now, **form.told())
        return redirect("telling:thanks", token=token)
    return _shown(request, "centres/telling/form.html", {"form": form})


@login_not_required
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What was told has arrived, and what to do where it can't wait."""
    try:
        TellUsLink.by_token(token, today=timezone.localdate())
    except LinkNotValid:
        return _not_valid(request)
    return _shown(request, "centres/telling/thanks.html", {"again": token})


def _too_often(request: HttpRequest, link: TellUsLink) -> bool:
    here = count(f"centres.told.{network_of(request)}", seconds=HOUR)
    by_the_link = count(f"centres.told_by.{link.pk}", seconds=DAY)
    return here > MOST_TOLD_HERE or by_the_link > MOST_TOLD_BY_A_LINK


def _not_valid(request: HttpRequest) -> HttpResponse:
    """The same for a link that ended, is too old or never was."""
    if count(f"centres.wrong_link.{network_of(request)}", seconds=WRONG_SECONDS) > MOST_WRONG:
        return _shown(request, "429.html", status=429)
    return _shown(request, "centres/telling/not_valid.html", status=410)


def _shown(
    request: HttpRequest, template: str, context: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    # Those who tell here are at work in English.
    with override(ENGLISH):
        return render(request, template, context or {}, status=status)
