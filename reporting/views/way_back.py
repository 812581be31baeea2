"""The home of a visit: how it stands, what was said, who has read it, who may see it, and what one can do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partners import wording
from reporting import visit
from reporting.models import Report
from reporting.strands import PublicStatus
from reporting.views.back import DONE


@require_safe
@visit.visiting
def way_back(request: HttpRequest, report: Report) -> HttpResponse:
    """Everything that the person may know of their report, and the ways on."""
    return render(request, "reporting/way_back/home.html", _home(report))


@login_not_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Ends the visit: from now on reference and code are needed again."""
    response = redirect(f"/back/?{DONE}")
    visit.end(request, response)
    return response


def _home(report: Report) -> dict[str, Any]:
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
        "said": _said(report),
        "readers": readers,
        "may_see": _may_see(report),
    }


def _said(report: Report) -> list[dict[str, Any]]:
    """What was said in this conversation, the newest first."""
    from_us = [
        {"when": message.said_at, "who": message.organisation.name, "text": message.unseal("text")}
        for message in report.messages.select_related("organisation")
    ]
    return sorted(from_us, key=lambda each: each["when"], reverse=True)


def _may_see(report: Report) -> list[str]:
    """The organisations that may open it today."""
    grants = report.grants.filter(withdrawn_at=None, organisation__in=report.visible_to)
    return sorted(set(grants.values_list("organisation__name", flat=True)))
