"""What is listed of a centre: a new one, a change by who looks after it, and by the centre itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from centres import editing, standing
from centres.doors import centre_or_404, own_centre_or_404
from centres.forms_of_listing import ListingForm, OwnListingForm
from centres.models import How
from centres.verifying import verify
from centres.views.standing import page_of
from centres.warning import last_day
from partners.doors import StaffRequest, requires
from partners.history import Change, changes, history_of
from partners.keeping_forms import free_code
from partners.models import ChangedMeanwhile, Organisation, ReferenceKind, ReportingCentre
from partners.roles import Permission
from partners.views.keeping import VERSION, seen_version


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_centre(request: StaffRequest) -> HttpResponse:
    """Proposes a new centre: the place, and the organisation that its people will belong to."""
    form = ListingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.values()
        name = said.pop("name")
        code = free_code(name, ReferenceKind.ORGANISATION, Organisation.objects.all())
        try:
            centre = standing.propose(name, code=code, by=request.user, now=timezone.now(), **said)
        except standing.NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{centre} is proposed. Call or visit it, then list it for the public.")
            return redirect(page_of(centre))
    return render(request, "centres/editing/add.html", {"form": form, "back_url": reverse("centres:centres")})


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_centre(request: StaffRequest, code: str) -> HttpResponse:
    """The whole listing, and its history."""
    centre = centre_or_404(code)
    return _edit(request, centre, ListingForm, done=page_of(centre))


@requires(Permission.RUN_CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_own(request: StaffRequest) -> HttpResponse:
    """What a centre's manager keeps true of it."""
    centre = own_centre_or_404(request.user)
    return _edit(request, centre, OwnListingForm, done=reverse("centres:confirm_own"))


@requires(Permission.RUN_CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_own(request: StaffRequest) -> HttpResponse:
    """The listing as it stands, and the centre's own word that all of it is true today."""
    centre, now = own_centre_or_404(request.user), timezone.now()
    if request.method == "POST":
        try:
            verify(centre, how=How.BY_CENTRE, by=request.user, now=now)
        except standing.NotInThisStanding as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Thank you. Your listing is confirmed for the next 90 days.")
        return redirect("centres:confirm_own")
    day = last_day(centre)
    context = {"centre": centre, "last_day": day, "is_late": day is None or day < timezone.localdate(now)}
    return render(request, "centres/standing/confirm.html", context)


def _edit(
    request: StaffRequest, centre: ReportingCentre, make_form: type[OwnListingForm], *, done: str
) -> HttpResponse:
    form = make_form(request.POST if request.method == "POST" else None, centre=centre)
    meanwhile: list[Change] | None = None
    if form.is_valid():
        before = editing.listing_of(centre)
        try:
            is_new = editing.change_listing(
                centre, form.values(), seen=seen_version(request), by=request.user, now=timezone.now()
            )
        except standing.NameTaken as refusal:
            form.add_error("name", str(refusal))
        except standing.NotInThisStanding as refusal:
            messages.error(request, str(refusal))
            return redirect(done)
        except ChangedMeanwhile:
            centre = centre_or_404(centre.organisation.code)
            meanwhile = changes(editing.listing_of(centre), _typed(form, before), editing.FIELD_NAMES)
        else:
            messages.success(request, "Saved. It counts from now on." if is_new else "Nothing was different.")
            return redirect(done)
    return _show(request, centre, form, meanwhile, done)


def _show(
    request: StaffRequest,
    centre: ReportingCentre,
    form: OwnListingForm,
    meanwhile: list[Change] | None,
    done: str,
) -> HttpResponse:
    code = centre.organisation.code
    context = {
        "centre": centre,
        "title": "Change the listing",
        "caption": centre.organisation.name,
        "form": form,
        VERSION: editing.version_of(centre),
        "meanwhile": meanwhile,
        "was_changed_meanwhile": meanwhile is not None,
        "history": history_of(ReferenceKind.CENTRE, code, editing.FIELD_NAMES),
        "back_url": done,
    }
    return render(request, "centres/editing/edit.html", context)


def _typed(form: OwnListingForm, stands: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as a version would keep it."""
    said = form.values()
    return {**stands, **{name: getattr(value, "code", value) for name, value in said.items()}}
