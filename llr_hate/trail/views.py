"""The audit trail, for the auditor: looking into it, how it stands, and taking part of it out."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from audit.checking import last_check
from audit.sealing import last_seal, waiting
from documents.spreadsheet import as_csv
from llr_hate.trail.forms import ExportForm, TrailFilter
from llr_hate.trail.looking import Search, events_for, page_of
from llr_hate.trail.words import lines
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh

MOST_EXPORTED = 10_000
# The worker looks each hour.
NOBODY_LOOKED = timedelta(hours=3)
HEADINGS = ("When", "Who", "Organisation", "Did", "About", "Facts", "Sealed", "As written")
DEMO_NOTICE = "Invented demonstration data"


@requires(Permission.SEE_AUDIT)
@require_safe
def look(request: StaffRequest) -> HttpResponse:
    """The events that fit the filters, 25 a page, the newest first; looking is itself an event, once a search."""
    now, filters = timezone.now(), TrailFilter(request.GET)
    wanted = filters.wanted()
    search, mark = Search(request.user, wanted), request.GET.get("after", "")
    is_first = search.place(mark) is None
    if is_first:
        _note(request, "trail.searched", now, filters=sorted(wanted))
    page = page_of(events_for(**wanted), search, mark)
    head, check = last_seal(), last_check()
    context = {
        "rows": lines(page.events),
        "filters": filters,
        "form": filters,
        "is_filtered": bool(wanted),
        "is_first": is_first,
        "next_url": _address("trail:look", request, after=page.next_mark) if page.next_mark else "",
        "first_url": _address("trail:look", request, after=""),
        "export_url": _address("trail:export", request, after=""),
        "check": check,
        "check_is_late": check is not None and now - check.at > NOBODY_LOOKED,
        "head": head,
        "head_ends": bytes(head.hash).hex()[-12:] if head else "",
        "waiting": waiting(now=now),
    }
    return render(request, "llr_hate/trail/trail.html", context)


@requires(Permission.SEE_AUDIT)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The same events as a file, after the auditor has said why; that it was taken is itself an event."""
    now, filters = timezone.now(), TrailFilter(request.GET)
    wanted = filters.wanted()
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        events = list(events_for(**wanted)[:MOST_EXPORTED])
        reason = form.cleaned_data["reason"]
        _note(request, "trail.exported", now, filters=sorted(wanted), reason=reason, events=len(events))
        return _file(events, now)
    context = {
        "form": form,
        "asked": _in_words(filters, wanted),
        "most": MOST_EXPORTED,
        "back_url": _address("trail:look", request, after=""),
    }
    return render(request, "llr_hate/trail/export.html", context)


def _file(events: list[Any], now: datetime) -> HttpResponse:
    rows = (
        (
            timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S"),
            line.who,
            line.organisation,
            line.did,
            line.about,
            line.facts,
            "yes" if line.is_sealed else "not yet",
            "yes" if line.is_as_written else "NO",
        )
        for line in lines(events)
    )
    made = as_csv(HEADINGS, rows, notice=DEMO_NOTICE if settings.IS_DEMO else "")
    name = f"audit-trail-{timezone.localtime(now):%Y-%m-%d-%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="text/csv; charset=utf-8", headers=headers)


def _in_words(filters: TrailFilter, wanted: dict[str, Any]) -> list[dict[str, str]]:
    """What was asked, as the page says it again."""
    said = []
    for name, value in wanted.items():
        field: Any = filters.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, value)
        said.append(
            {"key": str(field.label), "value": f"{words:%-d %B %Y}" if hasattr(words, "year") else words}
        )
    return said


def _note(request: StaffRequest, act: str, now: datetime, **facts: Any) -> None:
    trail.record(act, "audit-trail", by=request.user, now=now, **facts)


def _address(name: str, request: StaffRequest, *, after: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)
