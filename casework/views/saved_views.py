"""Views of the list of cases that an officer keeps: their own, and nobody else's."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms import chosen
from casework.forms_of_lists import CasesFilter, ViewName
from casework.models import SavedView
from casework.models.saved_view import NameTaken, TooManyViews
from casework.worklist import LISTS
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def views(request: StaffRequest) -> HttpResponse:
    """All of one's views; a POST keeps what stands in front of the officer as one more."""
    form = ViewName(request.POST if request.method == "POST" else None)
    which, query = _asked(request)
    if form.is_valid():
        named = {"name": form.cleaned_data["name"], "which": which, "query": query}
        try:
            view = SavedView.keep(request.user, **named, now=timezone.now())
        except (NameTaken, TooManyViews) as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"“{view.name}” stands above your lists of cases.")
            return redirect(address_of(view))
    context = {"views": SavedView.of(request.user), "removed": _removed(request.user, request.GET)}
    return render(
        request, "casework/cases/views.html", context | {"form": form, "which": which, "query": query}
    )


def _asked(request: StaffRequest) -> tuple[str, str]:
    """The list and the filters that a form says stand in front of them; what means nothing is left out."""
    which = request.POST.get("list", "mine")
    if which not in LISTS:
        raise Http404
    wanted = chosen(CasesFilter(QueryDict(request.POST.get("query", "")), user=request.user))
    return which, urlencode(wanted)


def _removed(user: User, asked: QueryDict) -> SavedView | None:
    number = asked.get("removed", "")
    if not (number.isascii() and number.isdigit()):
        return None
    return SavedView.objects.filter(user=user, pk=int(number)).exclude(removed_at=None).first()


@requires(Permission.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def rename_view(request: StaffRequest, view_id: int) -> HttpResponse:
    """Another name for a view."""
    view = get_object_or_404(SavedView.of(request.user), pk=view_id)
    form = ViewName(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if form.is_valid():
        try:
            view.rename(form.cleaned_data["name"])
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"The view is called “{view.name}” now.")
            return redirect("casework:views")
    context: dict[str, Any] = {"view": view, "form": form}
    return render(request, "casework/cases/rename_view.html", context)


@requires(Permission.SEE_QUEUE)
@require_POST
def remove_view(request: StaffRequest, view_id: int) -> HttpResponse:
    """Takes a view away; the page that follows has the button that puts it back."""
    view = get_object_or_404(SavedView.of(request.user), pk=view_id)
    view.remove(now=timezone.now())
    return redirect(f"{reverse('casework:views')}?removed={view.pk}")


@requires(Permission.SEE_QUEUE)
@require_POST
def put_view_back(request: StaffRequest, view_id: int) -> HttpResponse:
    """Puts the view back that was removed last."""
    view = get_object_or_404(SavedView, pk=view_id, user=request.user, removed_at__isnull=False)
    try:
        view.put_back()
    except (NameTaken, TooManyViews) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{view.name}” is back.")
    return redirect("casework:views")


def address_of(view: SavedView) -> str:
    """Where a view leads: an address like any other list's, which can be kept and passed on."""
    return f"{reverse('casework:cases')}?{view.address}"
