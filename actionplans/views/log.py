"""The action logs: the list with its filters and files, one entry with its history, and the acts on it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.meeting_forms import MINE, LogFilter, MoveForm, NewEntryForm, WordsForm
from actionplans.models import Group, LogEntry
from actionplans.models.log import (
    LogEntryQuerySet,
    NoOtherDay,
    NotInThatState,
    NotYours,
    may_see_whole_log,
)
from actionplans.views.minutes import DEMO_NOTICE, as_download
from audit import trail
from documents.spreadsheet import Sheet, as_csv, as_xlsx
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 10_000
HEADINGS = ("Log", "Number", "What", "Organisation", "Person", "Due", "State", "Outcome", "Ended", "Asked on")


@requires(Permission.SEE_PLANS)
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """The entries that fit the filters, 25 a page: open ones first, by due date."""
    today = timezone.localdate()
    filters = LogFilter(request.GET, sees_all=may_see_whole_log(request.user))
    found = _found(request.user, filters, today).select_related("organisation", "person", "meeting", "action")
    page = page_of(found.open_first(), request)
    context = {
        "rows": [(entry, entry.is_overdue(today=today)) for entry in page.object_list],
        "page_obj": page,
        "filters": filters,
        "is_filtered": bool(filters.chosen()),
        "overdue": LogEntry.objects.visible_to(request.user).overdue(today=today).count(),
        "runs": request.user.may(Permission.RUN_MEETINGS),
        "sees_all": may_see_whole_log(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "actionplans/log/log.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def log_file(request: StaffRequest, ending: str) -> HttpResponse:
    """The same entries as a file, without pages."""
    now = timezone.now()
    filters = LogFilter(request.GET, sees_all=may_see_whole_log(request.user))
    found = _found(request.user, filters, timezone.localdate(now)).select_related("organisation", "person")
    rows = tuple(_as_row(entry) for entry in found.open_first()[:MOST_EXPORTED])
    notice = DEMO_NOTICE if settings.IS_DEMO else ""
    trail.record(
        "action_log.exported", request.user, by=request.user, now=now, medium=ending, entries=len(rows)
    )
    name = f"action-log-{timezone.localdate(now)}.{ending}"
    if ending == "csv":
        text = [tuple("" if cell is None else cell for cell in row) for row in rows]
        return as_download(as_csv(HEADINGS, text, notice=notice), name, "text/csv; charset=utf-8")
    sheet = Sheet("Action log", HEADINGS, rows, notice)
    return as_download(as_xlsx([sheet], title="Action log"), name, EXCEL)


def _found(user: User, filters: LogFilter, today: date) -> LogEntryQuerySet:
    chosen = filters.chosen()
    found = LogEntry.objects.visible_to(user)
    if group := chosen.get("group"):
        found = found.filter(group=group)
    if given_to := chosen.get("given_to"):
        found = found.given_to(user) if given_to == MINE else found.filter(organisation__code=given_to)
    if state := chosen.get("state"):
        found = found.overdue(today=today) if state == LogFilter.OVERDUE else found.filter(state=state)
    return found


def _as_row(entry: LogEntry) -> tuple[str | int | date | None, ...]:
    return (
        Group(entry.group).label,
        entry.number,
        entry.what,
        entry.organisation.name,
        entry.person.name if entry.person else "",
        entry.due,
        entry.get_state_display(),
        entry.outcome,
        timezone.localdate(entry.ended_at) if entry.ended_at else None,
        timezone.localdate(entry.made_at),
    )


def entry_or_404(user: User, group: str, number: int) -> LogEntry:
    """An entry that this person may see."""
    seen = LogEntry.objects.visible_to(user).select_related(
        "organisation", "person", "meeting", "action__plan", "made_by", "ended_by"
    )
    return get_object_or_404(seen, group=group, number=number)


@requires(Permission.SEE_PLANS)
@require_safe
def log_entry(request: StaffRequest, group: str, number: int) -> HttpResponse:
    """One entry: what was asked, all that happened with it, and what this person may do with it."""
    entry = entry_or_404(request.user, group, number)
    context = {
        "entry": entry,
        "is_overdue": entry.is_overdue(today=timezone.localdate()),
        "changes": entry.changes.select_related("by"),
        "acts": _acts(request.user, entry),
        "may_see_minutes": entry.meeting is not None
        and (request.user.may(Permission.RUN_MEETINGS) or _is_closed_to(request.user, entry)),
    }
    return render(request, "actionplans/log/entry.html", context)


def _is_closed_to(user: User, entry: LogEntry) -> bool:
    return bool(entry.meeting and entry.meeting.closed_at and user.may(Permission.SEE_DASHBOARD))


# What each act is called, what its page asks, and what it says where nothing was written.
ACTS: dict[str, tuple[str, str, str]] = {
    "done": ("Mark as done", "What came of it", "Write what came of it"),
    "moved": ("Move the due date", "Why the date moves", "Write why the date moves"),
    "dropped": ("Drop it", "Why it is dropped", "Write why it is dropped"),
    "reopened": ("Open it again", "Why it is opened again", "Write why it is opened again"),
}
REFUSALS = (NotYours, NotInThatState, NoOtherDay)


def _acts(user: User, entry: LogEntry) -> list[tuple[str, str]]:
    """The acts that this person may do with an entry as it stands."""
    runs = user.may(Permission.RUN_MEETINGS)
    allowed: tuple[str, ...]
    if not entry.is_open:
        allowed = ("reopened",) if runs else ()
    elif runs:
        allowed = ("done", "moved", "dropped")
    else:
        allowed = ("done",) if entry.may_answer(user) else ()
    return [(act, ACTS[act][0]) for act in allowed]


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def log_act(request: StaffRequest, group: str, number: int, act: str) -> HttpResponse:
    """The form of one act on an entry; what somebody may not do is not there."""
    entry = entry_or_404(request.user, group, number)
    if act not in ACTS or not (entry.may_answer(request.user) if act == "done" else _runs(request.user)):
        raise Http404
    title, label, missing = ACTS[act]
    sent = request.POST if request.method == "POST" else None
    asks = {"label": label, "missing": missing}
    form = MoveForm(sent, entry=entry, **asks) if act == "moved" else WordsForm(sent, **asks)
    if form.is_valid():
        try:
            _do(entry, act)(**form.cleaned_data, by=request.user, now=timezone.now())
        except REFUSALS as refusal:
            form.add_error("due" if isinstance(refusal, NoOtherDay) else None, str(refusal))
        else:
            return redirect("actionplans:log_entry", group, number)
    context = {"form": form, "entry": entry, "title": title, "act": act}
    return render(request, "actionplans/log/act.html", context)


def _runs(user: User) -> bool:
    return user.may(Permission.RUN_MEETINGS)


def _do(entry: LogEntry, act: str) -> Callable[..., None]:
    def move(*, words: str, due: date, by: User, now: datetime) -> None:
        entry.put_off(due, words, by=by, now=now)

    def end(*, words: str, **more: Any) -> None:
        {"done": entry.mark_done, "dropped": entry.drop, "reopened": entry.reopen}[act](words, **more)

    return move if act == "moved" else end


@requires(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_entry(request: StaffRequest) -> HttpResponse:
    """An entry that no meeting in the portal made, such as one of the Board's."""
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = NewEntryForm(sent, today=timezone.localdate(now), group=request.GET.get("group", ""))
    if form.is_valid():
        made = LogEntry.add(
            form.cleaned_data["group"], **form.asked(), sending=form.sent_as(), by=request.user, now=now
        )
        messages.success(request, f"{made} is given to {made.given_to_words}.")
        return redirect("actionplans:log_entry", made.group, made.number)
    return render(request, "actionplans/log/add.html", {"form": form})
