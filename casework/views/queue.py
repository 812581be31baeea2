"""The queue of new reports."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import trail
from casework.forms import QueueFilter, chosen
from casework.queue import count, for_a_list, row, row_html, waiting_for
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.SEE_QUEUE)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for triage, 25 a page; nothing sealed is opened."""
    now = timezone.now()
    filters = QueueFilter(request.GET)
    wanted = chosen(filters)
    if wanted and "page" not in request.GET:
        trail.record("queue.searched", request.user, by=request.user, now=now, filters=sorted(wanted))
    reports = waiting_for(request.user, **wanted)
    waiting = count(reports)
    page = page_of(for_a_list(reports), request, found=waiting.found)
    context = {
        "rows": [row_html(row(report, now=now)) for report in page.object_list],
        "page_obj": page,
        "filters": filters,
        "is_filtered": bool(wanted),
        "same_day": waiting.same_day,
    }
    return render(request, "casework/queue/queue.html", context)
