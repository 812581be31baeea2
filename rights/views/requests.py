"""What was asked of the desk: the list with its clocks, one request, and the acts on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import records
from casework.clock import due_words, end_of_day
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.retention import schedule
from partners.roles import Permission
from rights.answering import RightsRefused, answer, check_who, make_longer, take_up
from rights.doors import request_or_404
from rights.forms import AddReportForm, AnswerForm, CheckForm, LongerForm, TakeUpForm
from rights.keeping import kept_until
from rights.models import RightsRequest
from rights.models.request import Kind
from rights.sight import CannotBeAdded, add_report

CONFLICT = 409
LISTS = {"": "Waiting", "answered": "Answered"}

Do = Callable[[RightsRequest, dict[str, Any], User, datetime], object]


@requires(Permission.ANSWER_RIGHTS)
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """What waits, the soonest due first, or what was answered."""
    which = "answered" if request.GET.get("list") == "answered" else ""
    ours = RightsRequest.objects.of_desk(request.user).select_related("answered_by")
    page = page_of(ours.answered() if which else ours.waiting(), request)
    now = timezone.now()
    context = {
        "page_obj": page,
        "rows": [_row(each, now=now) for each in page.object_list],
        "lists": LISTS.items(),
        "which": which,
    }
    return render(request, "rights/requests.html", context)


def _row(asked: RightsRequest, *, now: datetime) -> dict[str, Any]:
    return {"asked": asked, "clock": clock_words(asked, now=now), "is_late": is_late(asked, now=now)}


def clock_words(asked: RightsRequest, *, now: datetime) -> str:
    """When it is due, in words."""
    if asked.is_answered:
        return "answered"
    return (
        due_words(end_of_day(asked.due_on), now=now) if asked.due_on else "clock begins when we know who asks"
    )


def is_late(asked: RightsRequest, *, now: datetime) -> bool:
    """Whether its day has gone by."""
    return not asked.is_answered and asked.due_on is not None and asked.due_on < timezone.localdate(now)


@requires(Permission.ANSWER_RIGHTS)
@require_safe
def one_request(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: what is asked, by when, what it is about, and what may be done."""
    asked = request_or_404(request.user, request_id)
    now = timezone.now()
    about = list(asked.about.all())
    packs = {pack.report_id: pack for pack in asked.packs.defer("passages", "covers")}
    context = {
        "asked": asked,
        "who": asked.unseal("who"),
        "words": asked.unseal("words"),
        "why_longer": asked.unseal("why_longer"),
        "answer": asked.unseal("answer"),
        "kept_until": kept_until(asked, schedule()),
        "clock": clock_words(asked, now=now),
        "is_late": is_late(asked, now=now),
        "about": [
            {"about": each, "pack": packs.get(each.report_id), **_record(asked, each)} for each in about
        ],
        "wants_pack": asked.kind == Kind.ACCESS,
        "wants_erasing": asked.kind == Kind.ERASURE,
        "wants_disclosing": asked.kind == Kind.DISCLOSURE,
        "disclosures": list(asked.disclosures.all()),
        "can_be_longer": asked.due_on and not asked.extended_at and not asked.is_answered,
    }
    return render(request, "rights/request.html", context)


def _record(asked: RightsRequest, about: Any) -> dict[str, str]:
    """Where erasing is asked for: whether it can be done now, and if not, why not."""
    if asked.kind != Kind.ERASURE or asked.is_answered:
        return {}
    return {"refusal": records.why_not_erased(about.reference)}


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: StaffRequest) -> HttpResponse:
    """Writes down what somebody asks."""
    form = TakeUpForm(_data(request), today=timezone.localdate())
    if form.is_valid():
        made = take_up(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, f"{made.number} is written down.")
        return redirect("rights:request", request_id=made.pk)
    return render(request, "rights/new.html", {"form": form})


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Says how we know who asks."""

    def do(asked: RightsRequest, given: dict[str, Any], by: User, now: datetime) -> None:
        check_who(asked, how=given["how"], on=given["checked_on"], by=by, now=now)

    form = CheckForm(_data(request), today=timezone.localdate())
    return _act(request, request_id, "check", form, do, "It is known who asks, and the clock runs.")


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def longer(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Gives it two months more."""

    def do(asked: RightsRequest, given: dict[str, Any], by: User, now: datetime) -> None:
        make_longer(asked, why=given["why"], by=by, now=now)

    return _act(request, request_id, "longer", LongerForm(_data(request)), do, "It has two months more.")


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Names a report that it is about."""

    def do(asked: RightsRequest, given: dict[str, Any], by: User, now: datetime) -> None:
        add_report(asked, given["reference"], by=by, now=now)

    return _act(
        request, request_id, "about", AddReportForm(_data(request)), do, "The request is about this report."
    )


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Ends it with an answer."""

    def do(asked: RightsRequest, given: dict[str, Any], by: User, now: datetime) -> None:
        answer(asked, outcome=given["outcome"], words=given["words"], by=by, now=now)

    return _act(request, request_id, "answer", AnswerForm(_data(request)), do, "The request is answered.")


def _act(
    request: StaffRequest, request_id: UUID, act: str, form: forms.Form, do: Do, done: str
) -> HttpResponse:
    """Shows the form of an act, does it, and goes back to the request; a refusal is said above the form."""
    asked, status = request_or_404(request.user, request_id), 200
    if form.is_valid():
        try:
            do(asked, form.cleaned_data, request.user, timezone.now())
        except (RightsRefused, CannotBeAdded) as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, done)
            return redirect("rights:request", request_id=asked.pk)
    return render(request, f"rights/{act}.html", {"asked": asked, "form": form}, status=status)


def _data(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None
