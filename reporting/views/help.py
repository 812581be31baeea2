"""Pages that help at once: somebody is in danger, or finds it hard to cope."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from partners import wording
from reporting.journey import route
from reporting.journey.after import SAFETY
from reporting.journey.before import DANGER, WHO
from reporting.journey.question import who_tells
from reporting.journey.urgency import is_about_a_child, needs_care, needs_crisis_help
from reporting.models import DraftGone
from reporting.views.asking import gone
from reporting.walk import PUBLIC, Walk


def numbers(*codes: str, kind: str = "") -> list[dict[str, Any]]:
    """Numbers to call, by code or all of a kind, in the order of the partnership's list."""
    contacts = wording.contacts()
    return [_shown(contact) for contact in contacts if contact.code in codes or contact.kind == kind]


def _shown(contact: wording.Contact) -> dict[str, Any]:
    """A contact with the number that a phone can dial, where calling is what one does."""
    dialled = contact.number.partition(",")[0].replace(" ", "") if contact.how.startswith("Call ") else ""
    said = {name: gettext(getattr(contact, name)) for name in ("name", "how", "when")}
    return {**said, "dialled": dialled}


def show_emergency(request: HttpRequest, walk: Walk, **more: Any) -> HttpResponse:
    """Who to call now; nothing was stored."""
    context = {
        "walk": walk,
        "contacts": numbers(kind="emergency"),
        "back_url": walk.url(DANGER),
        "onwards": walk.url(WHO),
        **more,
    }
    return render(request, "reporting/emergency.html", context)


def show_help(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Numbers for somebody who finds it hard to cope, and for children, before the next question."""
    try:
        answers = walk.draft(request).read()
    except DraftGone:
        return gone(request, walk)
    waiting = route.unfinished(answers)
    context = {
        "walk": walk,
        "is_crisis": needs_crisis_help(answers),
        "is_child": is_about_a_child(answers),
        "needs_care": needs_care(answers),
        "is_victim": who_tells(answers) == "V",
        "crisis": numbers("999", "nhs-111", "samaritans"),
        "for_children": numbers("childline"),
        "back_url": walk.url(SAFETY if waiting else route.CHECK),
        "onwards": walk.url(waiting[0] if waiting else route.CHECK),
    }
    return render(request, "reporting/help.html", context)


@login_not_required
@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """Who to call now."""
    return show_emergency(request, PUBLIC)


@login_not_required
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Who to talk to now."""
    return show_help(request, PUBLIC)
