"""Prevent and training: what was delivered, whom it reached, and what people said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import TruncQuarter
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.forms_of_sessions import SessionForm, SessionsFilter, TakeBackForm
from actionplans.models import SessionKind, TrainingSession
from actionplans.recording_sessions import AlreadyTakenBack, may_take_back, record_session, take_back
from govuk.paging import page_of
from insight.periods import ReportingPeriod
from partners.doors import StaffRequest, requires
from partners.roles import Permission

SUMS = ("sessions", "people", "asked", "better")
# Stands after every organisation and district.
LAST = 1_000_000


@dataclass(frozen=True)
class Line:
    """One line of the totals."""

    name: str
    sessions: int
    people: int


@requires(Permission.SEE_PLANS)
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """The totals of what was delivered and the sessions themselves, the newest first; filters stand in the address."""
    form = SessionsFilter(request.GET, years=_years())
    chosen = form.chosen()
    found = _narrowed(TrainingSession.objects.all(), chosen)
    rows = _grouped(found.that_count())
    page = page_of(found.select_related("delivered_by", "organisation", "district"), request)
    context = {
        "page_obj": page,
        "form": form,
        "is_filtered": bool(chosen),
        "whole": {name: sum(row[name] for row in rows) for name in SUMS},
        "totals": _totals(rows),
        "may_record": request.user.may(Permission.UPDATE_PLANS),
    }
    return render(request, "actionplans/sessions/sessions.html", context)


def _narrowed(found: Any, chosen: dict[str, str]) -> Any:
    by = {
        "kind": lambda kind: Q(kind=kind),
        "district": lambda code: Q(district__code=code),
        "partner": lambda code: Q(delivered_by__code=code) | Q(organisation__code=code),
        "year": lambda year: _in_year(int(year)),
    }
    for name, value in chosen.items():
        found = found.filter(by[name](value))
    return found


def _in_year(year: int) -> Q:
    period = ReportingPeriod.year_containing(date(year, 4, 1))
    return Q(held_on__gte=period.first, held_on__lte=period.last)


def _years() -> list[int]:
    """The reporting years that have sessions, the newest first."""
    found = TrainingSession.objects.aggregate(first=Min("held_on"), last=Max("held_on"))
    if found["first"] is None:
        return []
    first, last = (ReportingPeriod.year_containing(found[name]).first.year for name in ("first", "last"))
    return list(range(last, first - 1, -1))


def _grouped(counted: Any) -> list[dict[str, Any]]:
    """The sums of every kind, district, organisation and quarter that occur together: all totals in one statement."""
    rows = counted.order_by().annotate(quarter=TruncQuarter("held_on"))
    return list(
        rows.values(
            "kind",
            "district__order",
            "district__name",
            "organisation__order",
            "organisation__name",
            "quarter",
        ).annotate(
            sessions=Count("pk"),
            people=Sum("people_reached"),
            asked=Sum("answers"),
            better=Sum("answers_better"),
        )
    )


def _totals(rows: list[dict[str, Any]]) -> list[tuple[str, list[Line]]]:
    kinds = list(SessionKind)
    return [
        ("By kind", _lines(rows, lambda row: (kinds.index(row["kind"]), SessionKind(row["kind"]).label))),
        ("By district", _lines(rows, lambda row: _named(row, "district", "Online or many"))),
        ("By organisation", _lines(rows, lambda row: _named(row, "organisation", "Of many"))),
        ("By quarter", _lines(rows, _quarter)),
    ]


def _named(row: dict[str, Any], what: str, otherwise: str) -> tuple[int, str]:
    if row[f"{what}__name"] is None:
        return LAST, otherwise
    return row[f"{what}__order"], row[f"{what}__name"]


def _quarter(row: dict[str, Any]) -> tuple[int, str]:
    """The newest first."""
    return -row["quarter"].toordinal(), ReportingPeriod.quarter_containing(row["quarter"]).label


def _lines(rows: list[dict[str, Any]], by: Callable[[dict[str, Any]], tuple[int, Any]]) -> list[Line]:
    """One line for each thing that `by` names, in the order that it gives beside the name."""
    sums: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        order, name = by(row)
        line = sums.setdefault((order, str(name)), [0, 0])
        line[0] += row["sessions"]
        line[1] += row["people"]
    return [Line(name, *line) for (_, name), line in sorted(sums.items())]


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest) -> HttpResponse:
    """Records one session; its measures count it at once."""
    now = timezone.now()
    form = SessionForm(
        request.POST if request.method == "POST" else None, user=request.user, today=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        made = record_session(by=request.user, now=now, **form.values())
        counts_for = f" It counts for {made.action}." if made.action else ""
        messages.success(request, f"“{made.title}” is recorded.{counts_for}")
        return redirect("actionplans:sessions")
    return render(request, "actionplans/sessions/record.html", {"form": form})


@requires(Permission.SEE_PLANS)
@require_safe
def session(request: StaffRequest, session_id: int) -> HttpResponse:
    """One session, with what people said of it."""
    shown = _session_or_404(session_id)
    context = {"session": shown, "may_take_back": may_take_back(shown, request.user)}
    return render(request, "actionplans/sessions/session.html", context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_session(request: StaffRequest, session_id: int) -> HttpResponse:
    """Takes back what was recorded wrongly, with the reason."""
    shown = _session_or_404(session_id)
    if not may_take_back(shown, request.user):
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(shown, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        except AlreadyTakenBack:
            messages.info(request, "Somebody has taken it back already.")
        else:
            messages.success(request, f"“{shown.title}” is taken back. It counts nowhere any more.")
        return redirect("actionplans:sessions")
    return render(request, "actionplans/sessions/take_back.html", {"session": shown, "form": form})


def _session_or_404(session_id: int) -> TrainingSession:
    return get_object_or_404(
        TrainingSession.objects.select_related(
            "delivered_by", "organisation", "district", "action__plan", "recorded_by", "taken_back_by"
        ),
        pk=session_id,
    )
