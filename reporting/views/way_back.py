"""The home of a visit: how it stands, what was said, who has read it, who may see it, and what one can do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from partners import wording
from reporting import visit
from reporting.journey.question import Words
from reporting.models import Addition, GrantBasis, Report, ReporterRequest
from reporting.strands import PublicStatus
from reporting.survey import waiting
from reporting.views.back import DONE
from reporting.views.way_back_asks import ASKED, CONTACT_CHANGED, SURVEYED
from reporting.views.way_back_words import SAID_CORRECTION, SAID_MESSAGE, SAID_MORE

Kind, Outcome = ReporterRequest.Kind, ReporterRequest.Outcome


@require_safe
@visit.visiting
def way_back(request: HttpRequest, report: Report) -> HttpResponse:
    """Everything that the person may know of their report, and the ways on."""
    response = render(request, "reporting/way_back/home.html", _home(request, report))
    report.was_looked_at(now=timezone.now())
    return response


@login_not_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Ends the visit: from now on reference and code are needed again."""
    response = redirect(f"/back/?{DONE}")
    visit.end(request, response)
    return response


# What the address says after an act: the code of its page.
DONE_WORDS: dict[str, Words] = {
    SAID_MESSAGE: _("We have your message. We answer here, so come back with your code."),
    SAID_MORE: _("Thank you. It is kept with your report."),
    SAID_CORRECTION: _("Thank you. We will read both, what you told us first and this."),
    ASKED: _("We have what you asked for. The answer will be here."),
    CONTACT_CHANGED: _("Done. We use only this from now on."),
    SURVEYED: _("Thank you. What you told us helps to do it better."),
}
YOU = _("You")
ADDED: dict[str, Words] = {
    Addition.Kind.MORE: _("You answered more questions."),
    Addition.Kind.CONTACT: _("You changed how we can reach you."),
}
ASKED_FOR: dict[str, Words] = {
    Kind.ERASE: _("You asked us to erase your report"),
    Kind.STOP: _("You asked us to stop"),
    Kind.LOOK_AGAIN: _("You asked for another look"),
    Kind.COMPLAINT: _("You complained"),
}
ANSWERED: dict[str, Words] = {
    Outcome.AGREED: _("Our answer is yes."),
    Outcome.PARTLY: _("Our answer is yes, in part."),
    Outcome.REFUSED: _("Our answer is no."),
}


def _home(request: HttpRequest, report: Report) -> dict[str, Any]:
    readers = [
        {"organisation": read.organisation.name, "role": read.role_name, "day": read.day}
        for read in report.accesses.select_related("organisation").order_by("day", "role_name")
    ]
    code = report.public_status
    if code == PublicStatus.RECEIVED and readers:
        code = PublicStatus.READ
    return {
        "report": report,
        "status": wording.statuses()[code],
        "words": wording.status_page(),
        "done": next((words for each, words in DONE_WORDS.items() if each in request.GET), ""),
        "said": _said(report),
        "asked": [_asked(each) for each in report.reporterrequests.order_by("-said_at")],
        "readers": readers,
        "may_see": _may_see(report),
        "survey": waiting(report, today=timezone.localdate()),
    }


def _said(report: Report) -> list[dict[str, Any]]:
    """What was said both ways, the newest first."""
    said = [
        {"when": each.said_at, "who": each.organisation.name, "text": each.unseal("text")}
        for each in report.messages.select_related("organisation")
    ]
    if report.heard_at:
        said += [
            {"when": each.said_at, "who": YOU, "text": each.unseal("text"), "is_read": each.read_at}
            for each in report.messagefromreporters.all()
        ]
        said += [
            {"when": each.said_at, "who": YOU, "text": _added(each), "is_read": each.read_at}
            for each in report.additions.all()
        ]
    return sorted(said, key=lambda each: each["when"], reverse=True)


def _added(addition: Addition) -> str:
    return str(ADDED.get(addition.kind) or addition.said().get("words", ""))


def _asked(request: ReporterRequest) -> dict[str, Any]:
    return {
        "what": ASKED_FOR[request.kind],
        "on": request.said_at,
        "by": request.due_on,
        "is_late": request.answered_at is None and request.due_on < timezone.localdate(),
        "outcome": ANSWERED.get(request.outcome, ""),
        "answer": request.unseal("answer"),
        "answered_at": request.answered_at,
    }


def _may_see(report: Report) -> list[str]:
    """The organisations that may open it today."""
    seeing = Q(organisation__in=report.visible_to) | Q(basis=GrantBasis.RIGHTS)
    grants = report.grants.filter(seeing, withdrawn_at=None)
    return sorted(set(grants.values_list("organisation__name", flat=True)))
