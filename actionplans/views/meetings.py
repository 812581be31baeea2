"""Meetings: which there are, planning one, its agenda, who is there, opening and closing it."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans.agenda import fill, key_of, proposed
from actionplans.meeting_forms import AttendanceForm, DetailsForm, PlanMeetingForm, TopicForm
from actionplans.minutes import minutes_of
from actionplans.models import Group, LogEntry, Meeting, MeetingItem
from actionplans.models.meeting import MeetingThatDay, NotNow, Standing
from documents import html
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

GET_OR_POST = ["GET", "HEAD", "POST"]


@requires(Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
@require_safe
def meetings(request: StaffRequest) -> HttpResponse:
    """Meetings to come and under way, for those who run them; and the closed ones, 25 a page."""
    runs = request.user.may(Permission.RUN_MEETINGS)
    group = request.GET.get("group", "")
    found = Meeting.objects.filter(group=group) if group in Group.values else Meeting.objects.all()
    closed = found.closed().annotate(asked=Count("log")).order_by("-held_on", "-pk")
    page: Page = page_of(closed, request)
    to_come = found.filter(closed_at=None).annotate(items_on_it=Count("items")).order_by("held_on", "pk")
    context = {
        "runs": runs,
        "to_come": to_come[:25] if runs else [],
        "page_obj": page,
        "groups": [("", "All"), *Group.choices],
        "group": group,
    }
    return render(request, "actionplans/meetings/meetings.html", context)


@requires(Permission.RUN_MEETINGS)
@require_http_methods(GET_OR_POST)
def plan_meeting(request: StaffRequest) -> HttpResponse:
    """A new meeting; its agenda is made of what is proposed on that day."""
    form = PlanMeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now, said = timezone.now(), form.cleaned_data
        try:
            meeting = Meeting.plan(
                said["group"], held_on=said["held_on"], place=said["place"], by=request.user, now=now
            )
        except MeetingThatDay as refusal:
            form.add_error("held_on", str(refusal))
        else:
            fill(meeting, by=request.user, now=now)
            messages.success(
                request, "The meeting is planned. Its agenda is proposed from what stands today."
            )
            return redirect("actionplans:meeting", meeting.pk)
    return render(request, "actionplans/meetings/plan.html", {"form": form})


def meeting_or_404(user: User, meeting_id: int) -> Meeting:
    """Those who run meetings see all of them; others closed ones."""
    meeting = get_object_or_404(Meeting.objects.select_related("closed_by"), pk=meeting_id)
    if not meeting.closed_at and not user.may(Permission.RUN_MEETINGS):
        raise Http404
    return meeting


@requires(Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
@require_safe
def meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """The agenda before it, the way on while it is under way, the minutes once it is closed."""
    shown = meeting_or_404(request.user, meeting_id)
    if shown.standing is Standing.CLOSED:
        body = html.body(minutes_of(shown, today=timezone.localdate()))
        return render(request, "actionplans/meetings/minutes.html", {"meeting": shown, "body": body})
    return _agenda_page(request, shown, TopicForm())


def _agenda_page(request: StaffRequest, shown: Meeting, form: TopicForm) -> HttpResponse:
    # What is counted by group loses the order of its model.
    items = list(shown.items.annotate(asked=Count("log")).order_by("order", "pk"))
    context = {
        "meeting": shown,
        "is_under_way": shown.standing is Standing.UNDER_WAY,
        "items": items,
        "discussed": sum(item.was_discussed for item in items),
        "next_item": next((item for item in items if not item.was_discussed), items[0] if items else None),
        "proposed": [(key_of(item), item) for item in proposed(shown, today=timezone.localdate())],
        "log": LogEntry.objects.filter(meeting=shown)
        .select_related("organisation", "person")
        .order_by("number"),
        "present": shown.present.count(),
        "form": form,
    }
    return render(request, "actionplans/meetings/meeting.html", context)


@requires(Permission.RUN_MEETINGS)
@require_POST
def change_agenda(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """One act on the agenda: `up`, `down` or `off` name an item, `topic` adds one, `proposed` what was ticked."""
    shown, now = get_object_or_404(Meeting, pk=meeting_id), timezone.now()
    try:
        if "topic" in request.POST:
            form = TopicForm(request.POST)
            if not form.is_valid():
                return _agenda_page(request, shown, form)
            topic = MeetingItem(title=form.cleaned_data["title"])
            shown.add_items([topic], by=request.user, now=now)
        elif "proposed" in request.POST:
            _add_proposed(request, shown, now)
        else:
            _move_or_take_off(request, shown, now)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("actionplans:meeting", meeting_id)


def _add_proposed(request: StaffRequest, shown: Meeting, now: datetime) -> None:
    wanted = set(request.POST.getlist("item"))
    items = [item for item in proposed(shown, today=timezone.localdate(now)) if key_of(item) in wanted]
    if items:
        shown.add_items(items, by=request.user, now=now)


def _move_or_take_off(request: StaffRequest, shown: Meeting, now: datetime) -> None:
    for act in ("up", "down", "off"):
        named = request.POST.get(act, "")
        if named.isascii() and named.isdigit():
            item = get_object_or_404(shown.items.all(), pk=named)
            if act == "off":
                shown.take_off(item, by=request.user, now=now)
            else:
                shown.move(item, up=act == "up", by=request.user, now=now)
            return


@requires(Permission.RUN_MEETINGS)
@require_http_methods(GET_OR_POST)
def meeting_details(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """Another day or place."""
    shown = _not_closed(meeting_id)
    was = {"held_on": shown.held_on, "place": shown.place}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=was)
    if form.is_valid():
        try:
            shown.change(**form.cleaned_data, by=request.user, now=timezone.now())
        except MeetingThatDay as refusal:
            form.add_error("held_on", str(refusal))
            shown.refresh_from_db()
        else:
            return redirect("actionplans:meeting", meeting_id)
    return render(request, "actionplans/meetings/details.html", {"form": form, "meeting": shown})


@requires(Permission.RUN_MEETINGS)
@require_http_methods(GET_OR_POST)
def attendance(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """Who is there, and who sent apologies."""
    shown = _not_closed(meeting_id)
    form = AttendanceForm(request.POST if request.method == "POST" else None, meeting=shown)
    if form.is_valid():
        shown.note_attendance(**form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("actionplans:meeting", meeting_id)
    return render(request, "actionplans/meetings/attendance.html", {"form": form, "meeting": shown})


@requires(Permission.RUN_MEETINGS)
@require_POST
def open_meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """It begins: on to the first thing on the agenda."""
    shown = get_object_or_404(Meeting, pk=meeting_id)
    try:
        shown.open(by=request.user, now=timezone.now())
    except NotNow as refusal:
        messages.error(request, str(refusal))
    first = shown.items.first()
    if first and shown.standing is Standing.UNDER_WAY:
        return redirect("actionplans:minute", meeting_id, first.pk)
    return redirect("actionplans:meeting", meeting_id)


@requires(Permission.RUN_MEETINGS)
@require_http_methods(GET_OR_POST)
def close_meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """Asks once more, says what nothing was written about, and closes."""
    shown = _not_closed(meeting_id)
    if request.method == "POST":
        try:
            shown.close(by=request.user, now=timezone.now())
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect("actionplans:meeting", meeting_id)
    counted = shown.items.aggregate(
        silent=Count("pk", filter=Q(discussed_at=None)), told=Count("pk", filter=~Q(discussed_at=None))
    )
    context = {"meeting": shown, **counted, "asked": shown.log.count(), "present": shown.present.count()}
    return render(request, "actionplans/meetings/close.html", context)


@requires(Permission.RUN_MEETINGS)
@require_POST
def call_off(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """It does not take place."""
    shown = get_object_or_404(Meeting, pk=meeting_id)
    try:
        shown.call_off(by=request.user, now=timezone.now())
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("actionplans:meeting", meeting_id)
    messages.success(request, f"The meeting of {shown.held_on:%-d %B %Y} is called off.")
    return redirect("actionplans:meetings")


def _not_closed(meeting_id: int) -> Meeting:
    return get_object_or_404(Meeting.objects.filter(closed_at=None), pk=meeting_id)
