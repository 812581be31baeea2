"""The disclosure register: listed, added to, and taken out as a spreadsheet without names."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from partners.step_up import fresh
from rights.doors import request_or_404
from rights.forms import DiscloseForm, RegisterFilter
from rights.models import Disclosure, RightsRequest
from rights.register import NoSuchReport, as_sheet, disclose, entries, told_in_words

YEARS_BACK = 7


@requires(Permission.ANSWER_RIGHTS)
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """The entries, the newest first; the names in them are on the page of each."""
    filters = _filters(request)
    wanted = filters.chosen()
    found = entries(request.user, **wanted).select_related("decided_by").defer("recipient", "reason")
    page = page_of(found, request)
    rows = [{"entry": each, "told": told_in_words(each.parts)} for each in page.object_list]
    context = {
        "page_obj": page,
        "rows": rows,
        "filters": filters,
        "is_filtered": bool(wanted),
        "query": request.GET.urlencode(),
    }
    return render(request, "rights/register.html", context)


@requires(Permission.ANSWER_RIGHTS)
@require_safe
def entry(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """One entry, with who got it and why it was decided so."""
    found = Disclosure.objects.of_desk(request.user).select_related("data_key", "decided_by", "request")
    one = found.filter(pk=entry_id).first()
    if one is None:
        raise Http404
    context = {
        "entry": one,
        "told": told_in_words(one.parts),
        "recipient": one.unseal("recipient"),
        "reason": one.unseal("reason"),
    }
    return render(request, "rights/entry.html", context)


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: StaffRequest) -> HttpResponse:
    """Enters what was told to somebody."""
    return _enter(request, None)


@requires(Permission.ANSWER_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry_of(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The same, for a request that asked for it."""
    asked = request_or_404(request.user, request_id)
    if asked.is_answered:
        raise Http404
    return _enter(request, asked)


def _enter(request: StaffRequest, asked: RightsRequest | None) -> HttpResponse:
    form = DiscloseForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        try:
            made = disclose(**form.cleaned_data, request=asked, by=request.user, now=timezone.now())
        except NoSuchReport as missing:
            form.add_error("reference", f"There is no record with the reference {missing}")
        else:
            messages.success(request, f"Entry {made.number} stands in the register.")
            return redirect("rights:entry", entry_id=made.pk)
    return render(request, "rights/new_entry.html", {"form": form, "asked": asked})


@requires(Permission.ANSWER_RIGHTS)
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The register as a spreadsheet."""
    return _export(request)


@fresh
def _export(request: StaffRequest) -> HttpResponse:
    made = as_sheet(request.user, now=timezone.now(), **_filters(request).chosen())
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="disclosure-register.csv"'
    return answer


def _filters(request: StaffRequest) -> RegisterFilter:
    this_year = timezone.localdate().year
    return RegisterFilter(request.GET, years=list(range(this_year, this_year - YEARS_BACK, -1)))
