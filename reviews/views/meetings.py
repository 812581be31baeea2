"""Meetings of a Joint Action Group: planned, with an agenda from the list, held; and their pack as a file."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import trail
from casework.models import Case, NobodyWrittenDown
from casework.parts import PERSON
from casework.permissions import parts_for
from documents import pdf
from documents.definition import Document
from documents.word import as_docx
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission
from partners.step_up import fresh
from reviews.chairing import chairs
from reviews.deciding import DecidedAlready, put_on_agenda, take_off_agenda
from reviews.doors import item_or_404, meeting_or_404, meetings_for
from reviews.forms import PlanMeetingForm
from reviews.models import JagItem, JagMeeting
from reviews.models.item import ItemState, JagItemQuerySet
from reviews.models.meeting import MeetingIsOver, MeetsThatDay
from reviews.pack import pack_of
from reviews.shown import row, with_counts
from reviews.views.items import GET_OR_POST, SEES_ITEMS

DEMO_NOTICE = "Invented demonstration data"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_ON_AN_AGENDA = 200


@requires(*SEES_ITEMS)
@require_safe
def meetings(request: StaffRequest) -> HttpResponse:
    """Meetings to come, and the ones that were held, 25 a page."""
    found = meetings_for(request.user)
    held = found.held().annotate(decided=Count("decisions", distinct=True))
    context = {
        "to_come": found.to_come().annotate(on_it=Count("items", distinct=True))[:25],
        "page_obj": page_of(held, request),
        "runs": request.user.may(Permission.CHAIR_JAG),
    }
    return render(request, "reviews/jag/meetings.html", context)


@requires(Permission.CHAIR_JAG)
@require_http_methods(GET_OR_POST)
def plan(request: StaffRequest) -> HttpResponse:
    """A new meeting; everything that waits for a decision is put on its agenda."""
    now, user = timezone.now(), request.user
    form = PlanMeetingForm(
        request.POST if request.method == "POST" else None, user=user, today=timezone.localdate(now)
    )
    if form.is_valid():
        asked = form.cleaned_data
        try:
            meeting = JagMeeting.plan(
                form.known[asked["district"]],
                meets_on=asked["meets_on"],
                place=asked["place"],
                by=user,
                now=now,
            )
        except MeetsThatDay as refusal:
            form.add_error("meets_on", str(refusal))
        else:
            put_on_agenda(list(_waiting(user, meeting)), meeting, by=user, now=now)
            messages.success(request, "The meeting is planned. What waits for a decision is on its agenda.")
            return redirect("reviews:meeting", meeting.pk)
    return render(request, "reviews/jag/plan.html", {"form": form})


@requires(*SEES_ITEMS)
@require_safe
def meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """The agenda; for who runs it, what could be put on it; once held, what was decided."""
    user, today = request.user, timezone.localdate()
    shown = meeting_or_404(user, meeting_id)
    is_run = _runs(user, shown)
    agenda = with_counts(JagItem.objects.visible_to(user).filter(meeting=shown)).in_order()
    is_open = is_run and not shown.held_at
    waiting = with_counts(_waiting(user, shown) if is_open else JagItem.objects.none()).in_order()
    context = {
        "meeting": shown,
        "agenda": [row(item, today=today) for item in agenda[:MOST_ON_AN_AGENDA]],
        "waiting": [row(item, today=today) for item in waiting[:MOST_ON_AN_AGENDA]],
        "runs": is_run,
        "reads_cases": user.may(Permission.SEE_QUEUE),
    }
    return render(request, "reviews/jag/meeting.html", context)


def _waiting(user: User, meeting: JagMeeting) -> JagItemQuerySet:
    """What waits for a decision and is on no agenda."""
    listed = JagItem.objects.chaired_by(user).filter(state=ItemState.LISTED)
    return listed.filter(district=meeting.district)


def _runs(user: User, meeting: JagMeeting) -> bool:
    return user.may(Permission.CHAIR_JAG) and chairs(user, meeting.district)


@requires(Permission.CHAIR_JAG)
@require_POST
def change_agenda(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """Puts everything that waits on the agenda, or takes the item that `off` names from it."""
    shown, now = meeting_or_404(request.user, meeting_id, to_run=True), timezone.now()
    try:
        if "off" in request.POST:
            item = item_or_404(request.user, request.POST["off"], to_run=True)
            take_off_agenda(item, by=request.user, now=now)
        elif not shown.held_at:
            put_on_agenda(list(_waiting(request.user, shown)), shown, by=request.user, now=now)
    except DecidedAlready as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:meeting", meeting_id)


@requires(Permission.CHAIR_JAG)
@require_POST
def hold(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """It was held: what was not decided goes back to the list."""
    shown = meeting_or_404(request.user, meeting_id, to_run=True)
    try:
        back = shown.hold(by=request.user, now=timezone.now())
    except MeetingIsOver as refusal:
        messages.error(request, str(refusal))
    else:
        went = f" {back} not decided went back to the list." if back else ""
        messages.success(request, f"The meeting is closed.{went}")
    return redirect("reviews:meeting", meeting_id)


@requires(Permission.CHAIR_JAG)
@require_safe
def pack_pdf(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """The pack as a PDF that screen readers can read."""
    return _file(request, meeting_id, pdf.render, "pdf", "application/pdf")


@requires(Permission.CHAIR_JAG)
@require_safe
def pack_word(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """The pack as a Word file."""
    return _file(request, meeting_id, as_docx, "docx", WORD)


def _file(
    request: StaffRequest, meeting_id: int, made: Callable[[Document], bytes], ending: str, kind: str
) -> HttpResponse:
    shown, now = meeting_or_404(request.user, meeting_id, to_run=True), timezone.now()
    notice = DEMO_NOTICE if settings.IS_DEMO else ""
    document = pack_of(shown, for_user=request.user, today=timezone.localdate(now), notice=notice)
    trail.record("jag_meeting.exported", shown, by=request.user, now=now, medium=ending)
    where = shown.district.code if shown.district else "county"
    name = f"jag-{where}-{shown.meets_on}.{ending}"
    return HttpResponse(
        made(document),
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@requires(Permission.SEE_QUEUE)
@require_safe
def names(request: StaffRequest, meeting_id: int) -> HttpResponseBase:
    """Whom the agenda is about, of the cases that the officer's organisation may see."""
    return _names(request, meeting_or_404(request.user, meeting_id))


@fresh
def _names(request: StaffRequest, shown: JagMeeting) -> HttpResponse:
    user, now = request.user, timezone.now()
    items = JagItem.objects.visible_to(user).filter(meeting=shown).in_order()[:MOST_ON_AN_AGENDA]
    rows = []
    for item in items:
        for case in Case.objects.visible_to(user).filter(jag_cases__item=item, erased_at=None):
            if PERSON not in parts_for(user, case):
                continue
            rows.append({"number": item.number, "reference": case.reference, "name": _name(case)})
            for report in (each for each in case.reports if each.erased_at is None):
                trail.record("report.contact_read", report, by=user, now=now)
                report.note_read(user, now=now)
    trail.record("jag_meeting.names_read", shown, by=user, now=now, cases=len(rows))
    return render(request, "reviews/jag/names.html", {"meeting": shown, "rows": rows})


def _name(case: Case) -> str:
    """Who is written down on a case; '' where nobody is."""
    try:
        details = case.person.read()
    except NobodyWrittenDown:
        return ""
    return f"{details.given} {details.family}".strip()
