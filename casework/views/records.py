"""How long records are kept: what falls due, what is held, what waits for a decision, what was erased."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import records
from casework.records_forms import FallingDueFilter, LookUpForm, schedule_in_words
from casework.suspects import due_for_review
from partners.doors import StaffRequest, requires
from partners.retention import schedule
from partners.roles import Permission

LISTS = (
    ("due", "casework:records", "Falls due"),
    ("reviews", "casework:records_reviews", "To decide"),
    ("holds", "casework:records_holds", "Legal holds"),
    ("erased", "casework:records_erased", "Erased"),
    ("schedule", "casework:records_schedule", "Schedule"),
)


@requires(Permission.KEEP_RECORDS)
@require_safe
def falling_due(request: StaffRequest) -> HttpResponse:
    """What falls due within ninety days, and the way to one record."""
    look_up = LookUpForm(request.GET if "reference" in request.GET else None)
    if look_up.is_valid():
        reference = look_up.cleaned_data["reference"]
        if records.exists(reference):
            return redirect("casework:record", reference=reference)
        look_up.add_error("reference", f"There is no record with the reference {reference}")
    found = records.by_class()
    filters = FallingDueFilter(request.GET, found=found)
    page = records.falling_due(request, filters.chosen(), today=timezone.localdate())
    context = {"form": look_up, "filters": filters, "found": found, "is_filtered": bool(filters.chosen())}
    return _list(request, "due", page, **context)


@requires(Permission.KEEP_RECORDS)
@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Records whose time is over and about which a person decides."""
    found = records.to_review(request, today=timezone.localdate())
    suspects = due_for_review(today=timezone.localdate())
    return _list(request, "reviews", found, agreed=records.agreed_to_erase(), suspects=suspects)


@requires(Permission.KEEP_RECORDS)
@require_safe
def holds(request: StaffRequest) -> HttpResponse:
    """Legal holds in force."""
    return _list(request, "holds", records.holds(request))


@requires(Permission.KEEP_RECORDS)
@require_safe
def erased(request: StaffRequest) -> HttpResponse:
    """What was erased, when and why."""
    return _list(request, "erased", records.erased(request))


@requires(Permission.KEEP_RECORDS)
@require_safe
def the_schedule(request: StaffRequest) -> HttpResponse:
    """How long each class is kept."""
    return _list(request, "schedule", None, rules=schedule_in_words(), schedule=schedule())


@requires(Permission.KEEP_RECORDS)
@require_safe
def record(request: StaffRequest, reference: str) -> HttpResponse:
    """One record: class, days, holds, and what may be done; no word of it."""
    try:
        found = records.record_facts(reference, by=request.user, now=timezone.now())
    except records.NoSuchRecord:
        raise Http404 from None
    return render(request, "casework/records/record.html", {"record": found})


def _list(request: StaffRequest, which: str, page: Page | None, **more: Any) -> HttpResponse:
    title = next(words for code, _, words in LISTS if code == which)
    context = {"page_obj": page, "lists": LISTS, "which": which, "title": title, **more}
    return render(request, f"casework/records/{which}.html", context)
