"""The organisations that work together: who they are, and who of them has left."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govuk.paging import page_of
from partners import keeping
from partners.doors import StaffRequest, requires
from partners.keeping_forms import OrganisationForm, free_code
from partners.models import Organisation, ReferenceKind
from partners.roles import Permission
from partners.views.keeping import edit_record


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def organisations(request: StaffRequest) -> HttpResponse:
    """All of them, the retired ones last."""
    at_work_first = F("retired_on").asc(nulls_first=True)
    rows = Organisation.objects.order_by(at_work_first, "order", "name").prefetch_related(
        "triages", "sharing_agreements"
    )
    return render(request, "partners/partnership/organisations.html", {"page_obj": page_of(rows, request)})


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def add_organisation(request: StaffRequest) -> HttpResponse:
    """Adds one."""
    form = OrganisationForm(request.POST if request.method == "POST" else None, None)
    if request.method == "POST" and form.is_valid():
        everybody = Organisation.objects.all()
        last = everybody.order_by("-order").values_list("order", flat=True).first() or 0
        added = Organisation(
            code=free_code(form.cleaned_data["name"], ReferenceKind.ORGANISATION, everybody), order=last + 1
        )
        for name, value in form.values().items():
            setattr(added, name, value)
        keeping.add(added, by=request.user, now=timezone.now())
        messages.success(request, f"{added.name} is added. You can now invite its people.")
        return redirect("partnership:organisations")
    context = {
        "form": form,
        "title": "Add an organisation",
        "back_url": reverse("partnership:organisations"),
        "back_text": "Organisations",
        "button": "Add it",
    }
    return render(request, "partners/partnership/add.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: StaffRequest, code: str) -> HttpResponse:
    """One organisation: its form, whether it can be retired, its history."""
    record = get_object_or_404(Organisation, code=code)
    around = {
        "back_text": "Organisations",
        "title": record.name,
        "template": "partners/partnership/organisation.html",
        "needed_for": [] if record.retired_on else keeping.what_needs(record),
    }
    return edit_record(request, record, OrganisationForm, around, done=reverse("partnership:organisations"))


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def retire_organisation(request: StaffRequest, code: str) -> HttpResponse:
    """Offers it nowhere any more."""
    record = get_object_or_404(Organisation, code=code, retired_on=None)
    now = timezone.now()
    try:
        keeping.retire(record, by=request.user, today=timezone.localdate(now), now=now)
    except keeping.StillNeeded as reason:
        messages.error(request, f"{record.name} cannot be retired yet. {reason}")
        return redirect("partnership:organisation", code)
    messages.success(
        request, f"{record.name} is retired. It is offered nowhere any more; its past keeps its name."
    )
    return redirect("partnership:organisations")


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def bring_back_organisation(request: StaffRequest, code: str) -> HttpResponse:
    """Undoes retiring."""
    record = get_object_or_404(Organisation, code=code, retired_on__isnull=False)
    try:
        keeping.bring_back(record, by=request.user, now=timezone.now())
    except keeping.StillNeeded as reason:
        messages.error(request, f"{record.name} cannot be brought back. {reason}")
        return redirect("partnership:organisation", code)
    messages.success(request, f"{record.name} works with you again.")
    return redirect("partnership:organisation", code)
