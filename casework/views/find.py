"""Finding what somebody rings up about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.finding import Found, by_person, by_police_number, by_reference
from casework.forms_of_people import FindForm
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.reference import as_written


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: StaffRequest) -> HttpResponse:
    """Searches by what was typed. It is sent, never put into an address: addresses stay in browsers and logs."""
    form = FindForm(request.POST if request.method == "POST" else None)
    found: list[Found] | None = _found(request, form) if form.is_valid() else None
    return render(request, "casework/cases/find.html", {"form": form, "found": found})


def _found(request: StaffRequest, form: FindForm) -> list[Found]:
    now = timezone.now()
    if reference := form.cleaned_data["reference"]:
        return by_reference(as_written(reference), by=request.user, now=now)
    if number := form.cleaned_data["police_number"]:
        return by_police_number(number, by=request.user, now=now)
    return by_person(form.typed(), by=request.user, now=now)
