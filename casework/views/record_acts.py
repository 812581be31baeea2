"""What the rights desk does with one record: hold it, end a hold, keep it longer, erase it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework import records
from casework.erasing import CannotErase
from casework.models.legal_hold import HeldAlready, LiftedAlready
from casework.records_forms import EraseForm, HoldForm, KeepForm
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh
from reporting.models.report import ReportErased

Do = Callable[[dict[str, Any], User, datetime], str]
CONFLICT = 409


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: StaffRequest, reference: str) -> HttpResponse:
    """Puts a legal hold on it."""

    def do(asked: dict[str, Any], by: User, now: datetime) -> str:
        records.put_hold_on(reference, reason=asked["reason"], note=asked["note"], by=by, now=now)
        return f"{reference} is under a legal hold. Nothing and nobody erases it until the hold is lifted."

    return _act(request, reference, "hold", HoldForm(_data(request)), do)


@requires(Permission.KEEP_RECORDS)
@require_POST
def lift(request: StaffRequest, reference: str, hold_id: UUID) -> HttpResponse:
    """Ends a hold."""
    try:
        records.lift_hold(reference, hold_id, by=request.user, now=timezone.now())
    except records.NoSuchRecord:
        raise Http404 from None
    except LiftedAlready as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, f"The hold on {reference} is lifted. From now on the schedule counts again."
        )
    return redirect("casework:record", reference=reference)


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: StaffRequest, reference: str) -> HttpResponse:
    """Keeps it some years more."""

    def do(asked: dict[str, Any], by: User, now: datetime) -> str:
        until = records.keep_longer(reference, years=asked["years"], why=asked["why"], by=by, now=now)
        return f"{reference} is kept until {until:%-d %B %Y}. It comes up again then."

    return _act(request, reference, "keep", KeepForm(_data(request)), do)


@requires(Permission.KEEP_RECORDS)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, reference: str) -> HttpResponse:
    """Erases it for good, after its reference was typed."""

    def do(asked: dict[str, Any], by: User, now: datetime) -> str:
        expires = records.erase_record(reference, why=asked["why"], by=by, now=now)
        return f"{reference} is erased. The last backup that holds it expires on {expires:%-d %B %Y}."

    return _act(request, reference, "erase", EraseForm(_data(request), reference=reference), do)


def _data(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _act(request: StaffRequest, reference: str, act: str, form: forms.Form, do: Do) -> HttpResponse:
    """Shows the form of an act, does it, and goes back to the record; a refusal is said above the form."""
    now, refused = timezone.now(), False
    if not records.exists(reference):
        raise Http404
    if form.is_valid():
        try:
            done = do(form.cleaned_data, request.user, now)
        except ReportErased:
            refused = True
            form.add_error(None, f"{reference} was erased: there is nothing left to do with it.")
        except (CannotErase, HeldAlready) as refusal:
            refused = True
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("casework:record", reference=reference)
    context = {"form": form, "record": records.record_facts(reference, by=request.user, now=now)}
    return render(request, f"casework/records/{act}.html", context, status=CONFLICT if refused else 200)
