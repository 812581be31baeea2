"""Lists of cases."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import trail
from casework.forms import chosen
from casework.forms_of_lists import MORE_FILTERS, CasesFilter, ViewName
from casework.hearing import with_unread_words
from casework.models import SavedView
from casework.worklist import LISTS, cases_for, lists_for, row
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.SEE_QUEUE)
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """One list of cases, 25 a page; nothing sealed is opened."""
    now = timezone.now()
    which = request.GET.get("list", "mine")
    if which not in LISTS:
        raise Http404
    filters = CasesFilter(request.GET, user=request.user)
    wanted = chosen(filters)
    found = cases_for(request.user, which, now=now, **wanted)
    if wanted and "page" not in request.GET:
        trail.record(
            "cases.searched", request.user, by=request.user, now=now, list=which, filters=sorted(wanted)
        )
    page = page_of(with_unread_words(found).select_related("lead_organisation", "assigned_to"), request)
    context = {
        "rows": [row(case, now=now) for case in page.object_list],
        "page_obj": page,
        "filters": filters,
        "is_filtered": bool(wanted),
        "has_more_filters": bool(wanted.keys() & MORE_FILTERS),
        "which": which,
        "query": urlencode(wanted),
        "views": SavedView.of(request.user),
        "naming": ViewName(),
        "may_find": request.user.may(Permission.WORK_CASES),
        "title": LISTS[which][0],
        "lists": lists_for(request.user, now=now),
    }
    return render(request, "casework/cases/cases.html", context)
