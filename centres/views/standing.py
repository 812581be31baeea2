"""How one centre stands: checked, listed, suspended, listed again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from centres import standing
from centres.doors import centre_or_404
from centres.forms_of_standing import CheckForm, SuspendForm
from centres.verifying import DayDoesNotCount, verify
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre
from partners.roles import Permission

OVERSEE = Permission.OVERSEE_CENTRES
Refused = (standing.NotInThisStanding, standing.NotCheckedYet)


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def record_check(request: StaffRequest, code: str) -> HttpResponse:
    """Writes down a call or a visit."""
    centre, now = centre_or_404(code), timezone.now()
    form = CheckForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if form.is_valid():
        how, on = form.cleaned_data["how"], form.cleaned_data["on"]
        try:
            verify(centre, how=how, on=on, by=request.user, now=now)
        except DayDoesNotCount as refusal:
            form.add_error("on", str(refusal))
        except standing.NotInThisStanding as refusal:
            return _refused(request, centre, refusal)
        else:
            messages.success(request, f"It is written down that {centre} was found as listed.")
            return redirect(page_of(centre))
    return _ask(request, centre, form, "check")


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend_centre(request: StaffRequest, code: str) -> HttpResponse:
    """Takes it out of the public's sight for a reason."""
    centre = centre_or_404(code)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            standing.suspend(centre, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except standing.NotInThisStanding as refusal:
            return _refused(request, centre, refusal)
        messages.success(request, f"{centre} is suspended. Nobody is sent there any more.")
        return redirect(page_of(centre))
    return _ask(request, centre, form, "suspend")


@requires(OVERSEE)
@require_POST
def list_centre(request: StaffRequest, code: str) -> HttpResponse:
    """From now on people are sent there."""
    return _do(request, code, standing.list_, "{} is listed. People can find it from now on.")


@requires(OVERSEE)
@require_POST
def lift_suspension(request: StaffRequest, code: str) -> HttpResponse:
    """The suspension is over."""
    return _do(request, code, standing.lift, "{} is listed again.")


def _do(request: StaffRequest, code: str, verb: Callable[..., None], words: str) -> HttpResponse:
    centre, now = centre_or_404(code), timezone.now()
    try:
        verb(centre, by=request.user, now=now)
    except Refused as refusal:
        return _refused(request, centre, refusal)
    messages.success(request, words.format(centre))
    if not centre.is_verified(today=timezone.localdate(now)):
        messages.info(request, "The public does not see it yet: nobody has checked it in the last 90 days.")
    return redirect(page_of(centre))


def page_of(centre: ReportingCentre) -> str:
    """The address of the one-centre page."""
    return reverse("centres:centre", args=[centre.organisation.code])


def _ask(request: StaffRequest, centre: ReportingCentre, form: object, page: str) -> HttpResponse:
    context = {"centre": centre, "form": form, "back_url": page_of(centre)}
    return render(request, f"centres/standing/{page}.html", context)


def _refused(request: StaffRequest, centre: ReportingCentre, refusal: Exception) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect(page_of(centre))
