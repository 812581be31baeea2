"""The queue of new reports."""

from functools import lru_cache

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from audit import trail
from casework.forms import QueueFilter, chosen
from casework.queue import count, for_a_list, row, row_html, waiting_for
from govuk.paging import page_of
from govuk.rendering import fields_html
from partners.directory import Directory, directory
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.SEE_QUEUE)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for triage, 25 a page; nothing sealed is opened."""
    now = timezone.now()
    filters = QueueFilter(request.GET) if request.GET else None
    wanted = chosen(filters) if filters else {}
    if wanted and "page" not in request.GET:
        trail.record("queue.searched", request.user, by=request.user, now=now, filters=sorted(wanted))
    reports = waiting_for(request.user, **wanted)
    waiting = count(reports)
    page = page_of(for_a_list(reports), request, found=waiting.found)
    context = {
        "rows": [row_html(row(report, now=now)) for report in page.object_list],
        "page_obj": page,
        "filters": fields_html(filters, ()) if filters else _untouched_filters(directory(), get_language()),
        "is_filtered": bool(wanted),
        "same_day": waiting.same_day,
    }
    return render(request, "casework/queue/queue.html", context)


@lru_cache(maxsize=8)
def _untouched_filters(areas: Directory, language: str | None) -> SafeString:
    """The filters as everybody finds them who opens the queue; `areas` and `language` are what they depend on."""
    return fields_html(QueueFilter(QueryDict()), ())
