"""A suspended centre begins no new report; what its volunteers have begun, they finish: somebody told it and agreed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partners.models import CentreStanding, ReportingCentre
from reporting.models import DraftGone
from reporting.views.record_sheets import GOING_ON
from reporting.walk import CENTRE

View = Callable[..., HttpResponse]


def unless_suspended(*, begins: bool) -> Callable[[View], View]:
    """Says kindly that nothing new is begun here while the centre is suspended. A page on which a report `begins` opens
    only to who says that they go on with one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def unless_it_is(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _is_suspended(request) and not _goes_on(request, begins=begins):
                return render(request, "reporting/centre/suspended.html", status=403)
            return view(request, *args, **kwargs)

        return unless_it_is

    return decorate


def _is_suspended(request: HttpRequest) -> bool:
    here = ReportingCentre.objects.filter(organisation=getattr(request.user, "organisation_id", None))
    return here.filter(standing=CentreStanding.SUSPENDED).exists()


def _goes_on(request: HttpRequest, *, begins: bool) -> bool:
    if begins and GOING_ON not in request.GET:
        return False
    try:
        CENTRE.draft(request)
    except DraftGone:
        return False
    return True
