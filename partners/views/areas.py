"""Areas, the community safety partnerships that cover them, and who reads new reports first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import keeping
from partners.doors import StaffRequest, requires
from partners.keeping_forms import DistrictForm, FallbackForm, MergeForm, PartnershipForm, free_code
from partners.models import CommunitySafetyPartnership, District, ReferenceKind
from partners.roles import Permission
from partners.views.keeping import edit_record


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def areas(request: StaffRequest) -> HttpResponse:
    """Areas in their order, community safety partnerships with theirs, and who reads the rest."""
    context = {
        "districts": District.objects.select_related("csp", "triage_organisation"),
        "csps": CommunitySafetyPartnership.objects.prefetch_related("districts"),
        "fallback": FallbackForm(),
    }
    return render(request, "partners/partnership/areas.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: StaffRequest, code: str) -> HttpResponse:
    """One area."""
    record = get_object_or_404(District.objects.select_related("csp", "triage_organisation"), code=code)
    around = {"title": record.name, "caption": "Area", "back_text": "Areas"}
    return edit_record(request, record, DistrictForm, around, done=reverse("partnership:areas"))


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def set_fallback(request: StaffRequest) -> HttpResponse:
    """Changes who reads first what no area can be named for."""
    form = FallbackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the organisations in the list.")
        return redirect("partnership:areas")
    chosen = form.cleaned_data["organisation"]
    keeping.set_fallback(chosen, by=request.user, now=timezone.now())
    messages.success(request, f"{chosen.name} reads first the reports that name no area.")
    return redirect("partnership:areas")


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def add_csp(request: StaffRequest) -> HttpResponse:
    """Adds a community safety partnership; areas are given to it on their own pages."""
    form = PartnershipForm(request.POST if request.method == "POST" else None, None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        code = free_code(name, ReferenceKind.CSP, CommunitySafetyPartnership.objects.all())
        added = CommunitySafetyPartnership(code=code, name=name)
        keeping.add(added, by=request.user, now=timezone.now())
        messages.success(
            request, f"{name} is added. It covers no area yet: choose it on the page of an area."
        )
        return redirect("partnership:areas")
    context = {
        "form": form,
        "title": "Add a Community Safety Partnership",
        "back_url": reverse("partnership:areas"),
        "back_text": "Areas",
        "button": "Add it",
    }
    return render(request, "partners/partnership/add.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def csp(request: StaffRequest, code: str) -> HttpResponse:
    """One community safety partnership: its name, its areas, merging it."""
    record = get_object_or_404(CommunitySafetyPartnership, code=code)
    around = {
        "back_text": "Areas",
        "title": record.name,
        "caption": "Community Safety Partnership",
        "template": "partners/partnership/csp.html",
        "districts": list(record.districts.all()),
    }
    return edit_record(request, record, PartnershipForm, around, done=reverse("partnership:areas"))


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_csp(request: StaffRequest, code: str) -> HttpResponse:
    """Moves all areas of one community safety partnership to another, and takes it off the list."""
    record = get_object_or_404(CommunitySafetyPartnership, code=code)
    form = MergeForm(request.POST if request.method == "POST" else None, record)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        moved = keeping.merge(record, into, by=request.user, now=timezone.now())
        names = ", ".join(each.name for each in moved) or "No area"
        messages.success(request, f"{record.name} is merged into {into.name}. Moved: {names}.")
        return redirect("partnership:areas")
    context = {
        "form": form,
        "title": f"Merge {record.name}",
        "lead": "All its areas move to the other one, and it leaves the list. Its history is kept.",
        "back_url": reverse("partnership:csp", args=[code]),
        "back_text": record.name,
        "button": "Merge",
        "is_grave": True,
    }
    return render(request, "partners/partnership/add.html", context)
