"""Who is in, and who was invited: of everywhere, or of a manager's own house."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govuk.paging import page_of
from partners.doors import LOOKS_AFTER_PEOPLE, StaffRequest, requires
from partners.models import (
    AlreadyHasAccount,
    Invitation,
    InvitationNotValid,
    Membership,
    NotYoursToChange,
    SecondFactorReset,
    User,
)
from partners.models.invitation import WasSuspended
from partners.models.membership import MembershipQuerySet
from partners.people_forms import InviteForm, PeopleFilter
from partners.roles import Permission

INVITATIONS_SHOWN = 25


@requires(*LOOKS_AFTER_PEOPLE)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Everybody at work, 25 a page, and the invitations that wait."""
    now, user = timezone.now(), request.user
    filters = PeopleFilter(request.GET, by=user)
    wanted = filters.wanted()
    invitations = Invitation.objects.waiting().looked_after_by(user)
    is_administrator = user.may(Permission.INVITE_PEOPLE)
    resets = SecondFactorReset.objects.waiting(now=now)
    return render(
        request,
        "partners/people/people.html",
        {
            "page_obj": page_of(_members(user, **wanted), request),
            "filters": filters,
            "is_filtered": bool(wanted),
            "is_administrator": is_administrator,
            "invitations": invitations.select_related("invited_by")[:INVITATIONS_SHOWN],
            "invitations_shown": INVITATIONS_SHOWN,
            "invitations_waiting": invitations.count(),
            "resets": resets if is_administrator else (),
            "now": now,
        },
    )


def _members(user: User, *, name: str = "", organisation: str = "", access: str = "") -> MembershipQuerySet:
    members = Membership.objects.looked_after_by(user)
    shown = {"suspended": members.suspended, "gone": members.gone}.get(access, members.at_work)()
    if organisation:
        shown = shown.filter(organisation__code=organisation)
    if name:
        shown = shown.filter(Q(user__name__icontains=name) | Q(user__email__icontains=name))
    return shown.by_organisation()


@requires(*LOOKS_AFTER_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Invites one person."""
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid() and _invited(request, form):
        messages.success(request, "The link is on its way. It works for 7 days.")
        return redirect("partners:people")
    return render(request, "partners/people/invite.html", {"form": form})


def _invited(request: StaffRequest, form: InviteForm) -> bool:
    place = form.place()
    assert place
    asked = {name: form.cleaned_data[name] for name in ("email", "name")}
    roles, by = form.cleaned_data["roles"], request.user
    try:
        Invitation.invite(**asked, organisation=place, role_codes=roles, by=by, now=timezone.now())
    except AlreadyHasAccount:
        form.add_error("email", "Somebody signs in with this address already")
    except WasSuspended as refusal:
        form.add_error("email", str(refusal))
    return not form.errors


@requires(*LOOKS_AFTER_PEOPLE)
@require_POST
def invite_again(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Sends an invitation that was not taken up once more."""
    invitation = _invitation_or_404(request.user, invitation_id)
    try:
        invitation.send_again(by=request.user, now=timezone.now())
    except (InvitationNotValid, NotYoursToChange):
        raise Http404 from None
    messages.success(request, f"The link is on its way to {invitation.name} again. It works for 7 days.")
    return redirect("partners:people")


@requires(*LOOKS_AFTER_PEOPLE)
@require_POST
def take_back(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Makes the link of an invitation useless."""
    invitation = _invitation_or_404(request.user, invitation_id)
    try:
        invitation.take_back(by=request.user, now=timezone.now())
    except (InvitationNotValid, NotYoursToChange):
        raise Http404 from None
    messages.success(
        request, f"The invitation of {invitation.name} is taken back. Its link does not work any more."
    )
    return redirect("partners:people")


def _invitation_or_404(user: User, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.waiting().looked_after_by(user), pk=invitation_id)
