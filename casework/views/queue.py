"""The queue of new reports."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from audit import trail
from casework.first_page import first_page, in_its_order
from casework.forms import QueueFilter, chosen
from casework.queue import count, for_a_list, rows_html, set_aside_count, waiting_for
from govuk.paging import page_of
from govuk.rendering import fields_html
from partners.directory import Directory, directory
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.kept_pages import filled_page

TEMPLATE = "casework/queue/queue.html"


@requires(Permission.SEE_QUEUE)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for triage, 25 a page; nothing sealed is opened."""
    now = timezone.now()
    # As every officer's day begins with it; a message of another page is shown once, and in no frame that is kept.
    if not request.GET and not len(get_messages(request)):
        return _first_page(request, now)
    return _page(request, now)


def _page(request: StaffRequest, now: datetime) -> HttpResponse:
    filters = QueueFilter(request.GET) if request.GET else None
    wanted = chosen(filters) if filters else {}
    if wanted and "page" not in request.GET:
        trail.record("queue.searched", request.user, by=request.user, now=now, filters=sorted(wanted))
    in_its_order()
    reports = waiting_for(request.user, **wanted)
    waiting = count(reports)
    page: Any = page_of(for_a_list(reports), request, found=waiting.found)
    context = {
        "rows": rows_html(page.object_list, now=now),
        "page_obj": page,
        "found": page.paginator.count_words,
        "is_one": waiting.found == 1,
        "filters": fields_html(filters, ()) if filters else _untouched_filters(directory(), get_language()),
        "is_filtered": bool(wanted),
        "same_day": waiting.same_day,
        "set_aside": f"{set_aside_count(request.user):,}",
    }
    return render(request, TEMPLATE, context)


@dataclass(frozen=True)
class _Named:
    """Who is signed in, as the head of a page names them."""

    name: str
    organisation: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


def _first_page(request: StaffRequest, now: datetime) -> HttpResponse:
    """The same as `_page` without a filter, put into a frame that is made once for all who have these roles."""
    reports, waiting = first_page(request.user)
    page: Any = page_of(reports, request, found=waiting.found)
    personal = {
        "rows": rows_html(reports, now=now),
        "found": page.paginator.count_words(),
        "same_day": f"{waiting.same_day}",
        "set_aside": f"{set_aside_count(request.user):,}",
        "filters": _untouched_filters(directory(), get_language()),
        "name": str(request.user),
        "organisation": str(request.user.organisation or ""),
    }
    is_there = {name: bool(value) for name, value in personal.items()} | {"same_day": waiting.same_day > 0}
    roles = tuple(role.code for role in request.user.roles)
    key: tuple[Hashable, ...] = (roles, page.paginator.num_pages, waiting.found == 1, *is_there.values())

    def around(gaps: Mapping[str, str]) -> dict[str, Any]:
        shown = {name: gap if is_there[name] else "" for name, gap in gaps.items() if name in is_there}
        user = _Named(shown.pop("name"), shown.pop("organisation"))
        return {**shown, "user": user, "page_obj": page, "is_one": waiting.found == 1}

    return filled_page(request, TEMPLATE, key, around, personal)


@lru_cache(maxsize=8)
def _untouched_filters(areas: Directory, language: str | None) -> SafeString:
    """The filters as everybody finds them who opens the queue; `areas` and `language` are what they depend on."""
    return fields_html(QueueFilter(QueryDict()), ())
