"""The receipt: reference and code, and what happens next."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.standards import standard
from partners.working_days import add_working_days
from reporting.kept_pages import framed_page
from reporting.models import DraftGone, Report
from reporting.receiving import Receipt, received_before
from reporting.strands import Whereabouts
from reporting.views.help import numbers
from reporting.walk import PUBLIC, Walk

# Long enough to write it down after a lost connection, too short for whoever finds the phone later.
CONTACTS = ("101", "stop-hate-uk", "victim-first", "samaritans")
TRANSPORT = "transport"
SHOWN_FOR = timedelta(minutes=30)


def show_sent(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Reference and code, in the browser that sent the report and only for a while."""
    now = timezone.now()
    try:
        receipt = received_before(walk.draft_id(request))
    except DraftGone:
        return render(request, "reporting/gone.html", {"walk": walk}, status=410)
    if now - receipt.report.received_at > SHOWN_FOR or _is_anothers(receipt, request, walk):
        return render(request, "reporting/gone.html", {"walk": walk, "was_sent": True}, status=410)
    report = receipt.report
    personal = {
        "reference": report.reference,
        "code_words": receipt.code.words,
        "code_digits": receipt.code.digits,
    }
    is_outside = report.whereabouts == Whereabouts.OUTSIDE
    on_the_way = report.place_kind == TRANSPORT
    key = (timezone.localdate(report.received_at), report.is_anonymous, is_outside, on_the_way)

    def around(given: Mapping[str, str]) -> dict[str, Any]:
        contacts = numbers(*CONTACTS, *(["btp"] if on_the_way else []))
        return {**given, "next_steps": next_steps(report), "contacts": contacts, "is_outside": is_outside}

    template = walk.template("sent") if walk.at_centre else "reporting/sent.html"
    return framed_page(request, walk, template, key, around, personal)


def _is_anothers(receipt: Receipt, request: HttpRequest, walk: Walk) -> bool:
    volunteer = walk.volunteer(request)
    return receipt.report.recorded_by_id != (volunteer.pk if volunteer else None)


def next_steps(report: Report) -> list[dict[str, Any]]:
    """What happens next, as dated lines, from the partnership's service standards."""
    told_on = timezone.localdate(report.received_at)

    def by(code: str) -> date:
        return add_working_days(told_on, standard(code).amount)

    steps = [
        {"by": by("first_read"), "text": _("A trained person reads what you told us.")},
        {"by": by("update"), "text": _("We tell you here what has happened so far.")},
    ]
    if not report.is_anonymous:
        text = _("If you asked us to contact you, we do it in the safe way you chose.")
        steps.insert(1, {"by": by("first_contact_standard"), "text": text})
    return steps


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt of what was just sent."""
    return show_sent(request, PUBLIC)
