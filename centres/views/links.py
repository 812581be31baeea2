"""Links of schools and landlords: made, shown once, renewed and ended."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres.forms_of_telling import LinkForm
from centres.links import address_of
from centres.models import LinkEnded, TellUsLink
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission

# So long whoever made a link may copy it; afterwards nobody is shown it.
SHOWN_FOR = timedelta(minutes=10)


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: StaffRequest) -> HttpResponse:
    """All links by district, 25 a page, and a form for a new one."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = LinkForm(request.POST) if request.method == "POST" else LinkForm()
    if form.is_bound and form.is_valid():
        link = TellUsLink.make(by=request.user, now=now, today=today, **form.wanted())
        return redirect("centres:link", link_id=link.pk)
    rows = TellUsLink.objects.select_related("district")
    context = {"form": form, "page_obj": page_of(rows, request), "today": today, "oversees": True}
    return render(request, "centres/links/list.html", context)


@requires(Permission.OVERSEE_CENTRES)
@require_safe
def one_link(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """One link with what can be done; the address itself only at once, and to who made it."""
    now = timezone.now()
    link = _link_or_404(link_id)
    is_open = link.is_open(today=timezone.localdate(now))
    is_fresh = is_open and link.made_by_id == request.user.pk and now - link.made_at < SHOWN_FOR
    context = {
        "link": link,
        "is_open": is_open,
        "address": address_of(link) if is_fresh else "",
        "shown_until": link.made_at + SHOWN_FOR,
        "heard": link.heard.count(),
    }
    return render(request, "centres/links/one.html", context)


@requires(Permission.OVERSEE_CENTRES)
@require_POST
def renew_link(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """Another link in its place; the one before stops working."""
    now = timezone.now()
    link = _link_or_404(link_id)
    link.renew(by=request.user, now=now, today=timezone.localdate(now))
    messages.success(request, "There is a new link. The one before does not work any more.")
    return redirect("centres:link", link_id=link.pk)


@requires(Permission.OVERSEE_CENTRES)
@require_POST
def end_link(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """The link stops working."""
    link = _link_or_404(link_id)
    try:
        link.end(by=request.user, now=timezone.now())
    except LinkEnded:
        messages.error(request, "This link was ended already.")
    else:
        messages.success(request, "The link does not work any more. What was told by it stays.")
    return redirect("centres:link", link_id=link.pk)


def _link_or_404(link_id: UUID) -> TellUsLink:
    return get_object_or_404(TellUsLink.objects.select_related("district", "made_by", "ended_by"), pk=link_id)
