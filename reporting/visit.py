"""Visits to the way back: reference and code are typed once, and hold until Finish, Exit this page, or half an hour
without a page.

The browser keeps one signed cookie until it is closed: the visit's random id, the digest of the code (which leads
back to no code), and when it was last used. The server keeps that the visit goes on, and nothing about whose it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reporting.models import Report
from reporting.models.visit import Visit
from scope.context import public_scope

COOKIE = f"{settings.HOST_ONLY}llr_visit"
IDLE = timedelta(minutes=30)
# In an address: the visit was over, so the page for reference and code says why it is shown.
OVER = "over"
# What a form sends that nobody typed.
NOT_TYPED = {"csrfmiddlewaretoken", "key"}

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Report, P], HttpResponse]


class VisitOver(Exception):
    """There is no visit, or it was not used for too long."""


@dataclass(frozen=True)
class Pass:
    """What the cookie holds."""

    visit_id: UUID
    digest: bytes

    def write(self, response: HttpResponse, *, now: datetime) -> None:
        """Gives it to the browser, until that is closed, as used at `now`."""
        value = f"{self.visit_id.hex}.{self.digest.hex()}.{int(now.timestamp())}"
        response.set_cookie(
            COOKIE, _signer().sign(value), httponly=True, samesite="Lax", secure=settings.IS_PRODUCTION
        )

    @classmethod
    def of(cls, request: HttpRequest, *, now: datetime) -> "Pass":
        """The one that the browser shows; raises VisitOver when there is none of ours that was used lately."""
        try:
            visit_id, digest, used = _signer().unsign(request.COOKIES[COOKIE]).split(".")
            found, used_at = (
                cls(UUID(visit_id), bytes.fromhex(digest)),
                datetime.fromtimestamp(int(used), UTC),
            )
        except (KeyError, BadSignature, ValueError):
            raise VisitOver from None
        if now - used_at > IDLE:
            raise VisitOver
        return found


def begin(response: HttpResponse, digest: bytes, now: datetime) -> None:
    """Begins a visit to the report whose code has this digest, in the browser that gets `response`."""
    Pass(Visit.begin(now=now).pk, digest).write(response, now=now)


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Ends the visit for every copy of its cookie; without one it changes nothing."""
    try:
        visit_id = UUID(_signer().unsign(request.COOKIES[COOKIE]).split(".")[0])
    except (KeyError, BadSignature, ValueError):
        return
    Visit.objects.filter(pk=visit_id).delete()
    response.delete_cookie(COOKIE)


def visiting(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For a page of the way back: `view` gets the visitor's report, runs in its public scope, and counts as use.

    Who has no visit is led to the page for reference and code; what they typed is shown to them, so that it is not
    lost.
    """

    @login_not_required
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        now = timezone.now()
        try:
            shown = Pass.of(request, now=now)
        except VisitOver:
            return _over(request)
        with public_scope(receipt=shown.digest):
            report = _report(shown, now=now)
            if report is None:
                return _over(request)
            response = view(request, report, *args, **kwargs)
        if not getattr(request, "visit_ended", False):
            shown.write(response, now=now)
        return response

    return page


def _report(shown: Pass, *, now: datetime) -> Report | None:
    goes_on = Exists(Visit.objects.filter(pk=shown.visit_id, ends_at__gt=now))
    found = Report.objects.filter(goes_on, receipt_code_digest=shown.digest)
    return found.select_related("data_key", "district", "centre").first()


def _over(request: HttpRequest) -> HttpResponse:
    written = _typed(request)
    if written:
        context = {"written": written, "back_url": "/"}
        response = render(request, "reporting/way_back/over.html", context, status=410)
    else:
        response = redirect(f"/back/?{OVER}" if COOKIE in request.COOKIES else "/back/")
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE)
    return response


def _typed(request: HttpRequest) -> list[str]:
    """Words of the person's own in a form that was sent too late; codes of choices are short, and no loss."""
    return [
        value
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
        if " " in value.strip()
    ]


def _signer() -> Signer:
    return Signer(salt="reporting.visit")
