"""Information sharing agreements: between whom, since when, and when they are looked at again."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from govuk.paging import page_of
from partners import keeping
from partners.doors import StaffRequest, requires
from partners.keeping_forms import AgreementForm
from partners.models import Organisation, OrganisationKind, SharingAgreement
from partners.roles import Permission
from partners.views.keeping import edit_record


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def agreements(request: StaffRequest) -> HttpResponse:
    """All of them, the first to be reviewed first; and who has signed none."""
    today = timezone.localdate()
    rows = SharingAgreement.objects.order_by("review_on", "title").prefetch_related("organisations")
    without = Organisation.objects.filter(retired_on=None, sharing_agreements=None)
    context = {
        "page_obj": page_of(rows, request),
        "today": today,
        "soon": today + timedelta(days=keeping.REVIEW_SOON_DAYS),
        "without": list(without.exclude(kind=OrganisationKind.CENTRE)),
    }
    return render(request, "partners/partnership/agreements.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def add_agreement(request: StaffRequest) -> HttpResponse:
    """Adds one."""
    form = AgreementForm(request.POST if request.method == "POST" else None, None)
    if request.method == "POST" and form.is_valid():
        added = SharingAgreement(**form.values())
        signed = form.cleaned_data["organisations"]
        keeping.add(added, organisations=signed, by=request.user, now=timezone.now())
        messages.success(request, f"{added.title} is added.")
        return redirect("partnership:agreements")
    context = {
        "form": form,
        "title": "Add a sharing agreement",
        "back_url": reverse("partnership:agreements"),
        "back_text": "Sharing agreements",
        "button": "Add it",
    }
    return render(request, "partners/partnership/add.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: StaffRequest, agreement_id: int) -> HttpResponse:
    """One agreement."""
    record = get_object_or_404(SharingAgreement, pk=agreement_id)
    around = {"title": record.title, "caption": "Sharing agreement", "back_text": "Sharing agreements"}
    return edit_record(request, record, AgreementForm, around, done=reverse("partnership:agreements"))
