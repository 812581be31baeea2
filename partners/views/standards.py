"""Service standards: how soon the partnership acts, what it promises, and who changed that when."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.history import FIELD_NAMES, changes, history_of
from partners.keeping_forms import StandardForm
from partners.keeping_standards import (
    data_of,
    effects,
    in_words,
    publish_standard,
    standard_now,
    standards_now,
    still_said,
)
from partners.models import ChangedMeanwhile, ReferenceKind, ReferenceVersion
from partners.roles import Permission
from partners.standards import NoSuchStandard, Standard
from partners.views.keeping import seen_version

PUBLISH = "publish"


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def standards(request: StaffRequest) -> HttpResponse:
    """All of them, in the order of the folder."""
    edited = ReferenceVersion.objects.newest_of(ReferenceKind.STANDARD)
    rows = [
        {"standard": each, "time": in_words(each.amount, each.unit), "version": edited.get(each.code)}
        for each in standards_now()
    ]
    return render(request, "partners/partnership/standards.html", {"rows": rows})


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: StaffRequest, code: str) -> HttpResponse:
    """One standard: its form, then what the change would do, then publishing it."""
    stands = _standard(code)
    form = StandardForm(request.POST if request.method == "POST" else None, stands)
    preview: dict[str, Any] = {}
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        if PUBLISH not in request.POST:
            preview = _preview(stands, form)
        else:
            try:
                publish_standard(
                    stands,
                    form.values(),
                    seen=seen_version(request),
                    note=form.cleaned_data["note"],
                    by=request.user,
                    now=timezone.now(),
                )
            except ChangedMeanwhile:
                meanwhile = changes(data_of(stands), {**data_of(stands), **form.values()})
            else:
                messages.success(
                    request, f"Published: {stands.name}. It counts everywhere within 15 seconds."
                )
                return redirect("partnership:standards")
    context = {
        "standard": stands,
        "title": stands.name,
        "time": in_words(stands.amount, stands.unit),
        "form": form,
        "preview": preview,
        "version": ReferenceVersion.objects.number_of(ReferenceKind.STANDARD, code),
        "meanwhile": meanwhile,
        "was_changed_meanwhile": meanwhile is not None,
        "history": history_of(ReferenceKind.STANDARD, code, FIELD_NAMES),
        "bring_back": reverse("partnership:standard", args=[code]),
        "back_url": reverse("partnership:standards"),
        "back_text": "Service standards",
    }
    return render(request, "partners/partnership/standard.html", context)


def _standard(code: str) -> Standard:
    try:
        return standard_now(code)
    except NoSuchStandard:
        raise Http404 from None


def _preview(stands: Standard, form: StandardForm) -> dict[str, Any]:
    amount = form.cleaned_data["amount"]
    is_other = amount != stands.amount
    return {
        "time": in_words(amount, stands.unit),
        "changes": changes(data_of(stands), {**data_of(stands), **form.values()}),
        "effects": effects(stands, amount, today=timezone.localdate()) if is_other else [],
        "still_said": still_said(stands) if is_other else [],
    }


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def bring_back_standard(request: StaffRequest, code: str, version: int) -> HttpResponse:
    """Publishes an older version again, as a new one."""
    stands = _standard(code)
    old = get_object_or_404(ReferenceVersion.objects.of(ReferenceKind.STANDARD, code), version=version)
    try:
        publish_standard(
            stands,
            {name: old.data[name] for name in ("amount", "unit", "public")},
            seen=seen_version(request),
            note=f"Version {version} brought back",
            by=request.user,
            now=timezone.now(),
        )
    except ChangedMeanwhile:
        messages.error(
            request, "Somebody changed it meanwhile. Look at the history before you bring one back."
        )
    else:
        messages.success(request, f"Version {version} counts again.")
    return redirect("partnership:standard", code)
