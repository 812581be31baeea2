"""People of all organisations: who is in, who was invited, and letting somebody in or out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.forms import InviteForm
from partners.models import AlreadyHasAccount, Invitation, Membership, ReportingCentre, User
from partners.roles import Permission


@requires(Permission.INVITE_PEOPLE)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Everybody at work, and the invitations that wait."""
    now = timezone.now()
    return render(
        request,
        "partners/people/people.html",
        {
            "members": Membership.objects.current().by_organisation(),
            "invitations": Invitation.objects.waiting(),
            "centres": ReportingCentre.objects.to_be_checked(today=timezone.localdate(now)),
            "now": now,
        },
    )


@requires(Permission.INVITE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Invites one person."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(request, form):
        messages.success(request, "The link is on its way. It works for 7 days.")
        return redirect("partners:people")
    return render(request, "partners/people/invite.html", {"form": form, "back_url": "/staff/people/"})


def _invited(request: StaffRequest, form: InviteForm) -> bool:
    asked = form.cleaned_data
    try:
        Invitation.invite(
            email=asked["email"],
            name=asked["name"],
            organisation=asked["organisation"],
            role_codes=asked["roles"],
            by=request.user,
            now=timezone.now(),
        )
    except AlreadyHasAccount:
        form.add_error("email", "Somebody signs in with this address already")
        return False
    return True


@requires(Permission.INVITE_PEOPLE)
@require_POST
def invite_again(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Sends an invitation that was not taken up once more."""
    invitation = get_object_or_404(Invitation.objects.waiting(), pk=invitation_id)
    invitation.send_again(by=request.user, now=timezone.now())
    messages.success(request, f"The link is on its way to {invitation.name} again. It works for 7 days.")
    return redirect("partners:people")


@requires(Permission.INVITE_PEOPLE)
@require_POST
def confirm_centre(request: StaffRequest, code: str) -> HttpResponse:
    """Notes that a reporting centre's listing was checked today."""
    centre = get_object_or_404(ReportingCentre, organisation__code=code)
    centre.confirm_listing(by=request.user, now=timezone.now())
    messages.success(request, f"{centre} is listed as checked today.")
    return redirect("partners:people")


@requires(Permission.INVITE_PEOPLE)
@require_POST
def suspend(request: StaffRequest, person_id: int) -> HttpResponse:
    """Takes somebody's access away from their next request on."""
    person = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=person_id)
    person.suspend(by=request.user, now=timezone.now())
    messages.success(request, f"{person.name} cannot sign in any more.")
    return redirect("partners:people")


@requires(Permission.INVITE_PEOPLE)
@require_POST
def restore(request: StaffRequest, person_id: int) -> HttpResponse:
    """Gives suspended access back."""
    person = get_object_or_404(User, pk=person_id)
    person.restore(by=request.user, now=timezone.now())
    messages.success(request, f"{person.name} can sign in again.")
    return redirect("partners:people")
