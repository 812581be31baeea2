"""The library of materials: posters, cards, clips and texts, by language."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans.campaigning import add_material, retire_material
from actionplans.evidence import FileRefused, keep, mark_held, open_scanned
from actionplans.forms_of_campaigns import languages
from actionplans.forms_of_materials import MaterialForm, MaterialsFilter
from actionplans.models import Material
from files.serving import locked_in
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@requires(Permission.SEE_PLANS)
@require_safe
def materials(request: StaffRequest) -> HttpResponse:
    """What is in the library, by title; filters stand in the address."""
    form = MaterialsFilter(request.GET)
    chosen = form.chosen()
    names = {"easy_read": "is_easy_read"}
    found = Material.objects.filter(retired_at=None).select_related("organisation", "campaign")
    found = found.filter(**{names.get(name, name): value for name, value in chosen.items()})
    context = {
        "page_obj": page_of(found.order_by("title", "language", "pk"), request),
        "form": form,
        "is_filtered": bool(chosen),
        "languages": dict(languages()),
        "may_add": request.user.may(Permission.UPDATE_PLANS),
    }
    return render(request, "actionplans/materials/materials.html", context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Adds something to the library."""
    sent: tuple[Any, Any] = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MaterialForm(*sent, user=request.user)
    if request.method == "POST" and request.user.organisation and form.is_valid():
        made = _added(request, form)
        if made:
            messages.success(request, f"“{made.title}” is in the library.")
            return redirect("actionplans:material", made.pk)
    context = {
        "form": form,
        "title": "Add to the materials library",
        "button": "Add it",
        "back_url": reverse("actionplans:materials"),
        "back_text": "Materials library",
    }
    return render(request, "actionplans/calendar/form.html", context)


def _added(request: StaffRequest, form: MaterialForm) -> Material | None:
    now, file = timezone.now(), form.cleaned_data["file"]
    try:
        kept = keep(file.read(), file.name, now=now) if file else None
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return None
    return add_material(
        **form.values(),
        file_id=kept.id if kept else None,
        organisation=request.user.organisation,
        by=request.user,
        now=now,
    )


def _material_or_404(material_id: int) -> Material:
    found = Material.objects.select_related("organisation", "campaign", "added_by")
    return get_object_or_404(found, pk=material_id)


def _may_retire(material: Material, user: User) -> bool:
    return user.organisation_id == material.organisation_id or user.may(Permission.OWN_PLANS)


@requires(Permission.SEE_PLANS)
@require_safe
def material(request: StaffRequest, material_id: int) -> HttpResponse:
    """One thing of the library."""
    shown = _material_or_404(material_id)
    mark_held([shown])
    context = {
        "material": shown,
        "language": dict(languages()).get(shown.language, shown.language),
        "may_retire": not shown.retired_at
        and request.user.may(Permission.UPDATE_PLANS)
        and _may_retire(shown, request.user),
    }
    return render(request, "actionplans/materials/material.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def open_file(request: StaffRequest, material_id: int) -> HttpResponse:
    """Its file, once it has been scanned; until then it is not there."""
    shown = _material_or_404(material_id)
    opened = open_scanned(shown) if shown.file_id else None
    if opened is None:
        raise Http404
    file, content = opened
    name = f"{slugify(shown.title)[:60] or 'material'}.{ENDINGS.get(file.media_type, 'bin')}"
    answer = HttpResponse(content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    locked_in(answer)
    return answer


@requires(Permission.UPDATE_PLANS)
@require_POST
def retire(request: StaffRequest, material_id: int) -> HttpResponse:
    """Takes something out of the library."""
    shown = _material_or_404(material_id)
    if not _may_retire(shown, request.user):
        raise Http404
    if not shown.retired_at:
        retire_material(shown, by=request.user, now=timezone.now())
    messages.success(request, f"“{shown.title}” is out of the library.")
    return redirect("actionplans:materials")
