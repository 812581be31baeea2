"""Meeting mode: one thing on the agenda after the other, with what is said, decided and asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.meeting_forms import MinuteForm
from actionplans.models import LogEntry, MeetingItem
from actionplans.models.meeting import NotNow, Standing, WrittenMeanwhile
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def minute(request: StaffRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Shows one item, or keeps what was written about it and goes on. Every button saves."""
    item = get_object_or_404(
        MeetingItem.objects.select_related(
            "meeting", "action__plan", "action__lead", "entry__organisation", "entry__person", "noted_by"
        ),
        pk=item_id,
        meeting=meeting_id,
    )
    if request.method != "POST" and item.meeting.standing is not Standing.UNDER_WAY:
        return redirect("actionplans:meeting", meeting_id)
    now = timezone.now()
    today = timezone.localdate(now)
    form = MinuteForm(item, request.POST if request.method == "POST" else None, today=today)
    other = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = item.write(
                note=said["note"],
                decision=said["decision"],
                seen=said["seen"],
                asked=form.entry(),
                by=request.user,
                now=now,
            )
        except WrittenMeanwhile as refusal:
            other = refusal.item
            form.as_seen_now(other)
        except NotNow as refusal:
            # Closed by somebody else in this moment: what was typed stays in sight, and can be copied.
            form.add_error(None, str(refusal))
        else:
            if made:
                messages.success(request, f"{made} is given to {made.given_to_words}.")
            return redirect(_on_from(item, request.POST.get("go", "")))
    return render(request, "actionplans/meetings/minute.html", _context(request, item, form, other, today))


def _on_from(item: MeetingItem, go: str) -> Any:
    """The address of the item before or after; from the last one on, the meeting itself."""
    ids = list(item.meeting.items.values_list("pk", flat=True))
    place = ids.index(item.pk) + {"next": 1, "previous": -1}.get(go, 0)
    if go == "close" or place >= len(ids):
        return redirect("actionplans:meeting", item.meeting_id).url
    return redirect("actionplans:minute", item.meeting_id, ids[max(0, place)]).url


def _context(
    request: StaffRequest, item: MeetingItem, form: MinuteForm, other: MeetingItem | None, today: Any
) -> dict[str, Any]:
    items = list(item.meeting.items.only("title", "discussed_at", "order", "meeting_id"))
    log = LogEntry.objects.select_related("organisation", "person").order_by("group", "number")
    action = item.action
    return {
        "item": item,
        "meeting": item.meeting,
        "items": items,
        "place": [each.pk for each in items].index(item.pk) + 1,
        "form": form,
        "other": other,
        "asked": log.filter(item=item),
        "waiting": log.waiting().filter(action=action).exclude(item=item)[:10] if action else [],
        "rating": action.rating(today=today) if action else None,
        "last": action.updates.select_related("organisation").first() if action else None,
        "asks_something": form.is_bound and form.asks_something(),
    }
