"""One person: where they work and worked, what they may do, and changing it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import LOOKS_AFTER_PEOPLE, StaffRequest, membership_or_404, person_or_404, requires
from partners.models import (
    Absence,
    HasLeft,
    LastAdministrator,
    Membership,
    NotYoursToChange,
    RolesDoNotFit,
    SecondFactorReset,
    TeamNotHere,
    User,
)
from partners.models.absence import may_note_days_of
from partners.models.granting import may_change, may_restore
from partners.people_forms import MoveForm, RolesForm
from partners.roles import Permission

REFUSALS = (HasLeft, LastAdministrator, NotYoursToChange, RolesDoNotFit, TeamNotHere)


@requires(*LOOKS_AFTER_PEOPLE)
@require_safe
def person(request: StaffRequest, person_id: int) -> HttpResponse:
    """What is known of one person, and what may be done."""
    user, somebody = request.user, person_or_404(request.user, person_id)
    membership, today = somebody.membership, timezone.localdate()
    is_administrator = user.may(Permission.INVITE_PEOPLE)
    history = somebody.memberships.select_related("organisation", "team").order_by("-joined_at")
    resets = SecondFactorReset.objects.waiting(now=timezone.now()).filter(user=somebody)
    return render(
        request,
        "partners/people/person.html",
        {
            "person": somebody,
            "membership": membership,
            "history": history,
            "absences": Absence.objects.not_over(today).filter(user=somebody),
            "is_self": somebody == user,
            "may_change": membership is not None and may_change(user, membership),
            "may_restore": may_restore(user, somebody),
            "may_note_days": may_note_days_of(user, somebody) and somebody.may(Permission.WORK_CASES),
            "is_administrator": is_administrator,
            "reset": resets.first() if is_administrator else None,
            "leaving_view": settings.LEAVING_VIEW,
        },
    )


@requires(*LOOKS_AFTER_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_roles(request: StaffRequest, person_id: int) -> HttpResponse:
    """Other roles, another team."""
    membership = membership_or_404(request.user, person_id)
    posted = request.POST if request.method == "POST" else None
    form = RolesForm(posted, by=request.user, membership=membership)
    if form.is_valid() and _done(form, _change_roles, membership, request.user):
        messages.success(request, f"From their next page on, {membership.user.name} may do what you chose.")
        return redirect("partners:person", person_id)
    return _page(request, "roles", membership, form)


def _change_roles(form: RolesForm, membership: Membership, by: User) -> None:
    roles = form.cleaned_data["roles"]
    membership.change_roles(roles, team=form.team_chosen(), by=by, now=timezone.now())


@requires(Permission.INVITE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, person_id: int) -> HttpResponse:
    """To another organisation: what they saw of the old one is gone with their next page."""
    membership = membership_or_404(request.user, person_id)
    posted = request.POST if request.method == "POST" else None
    form = MoveForm(posted, by=request.user, membership=membership)
    if form.is_valid() and _done(form, _move, membership, request.user):
        messages.success(request, f"{membership.user.name} works for {form.place()} from now on.")
        return redirect("partners:person", person_id)
    return _page(request, "move", membership, form)


def _move(form: MoveForm, membership: Membership, by: User) -> None:
    place = form.place()
    assert place
    membership.move_to(place, form.cleaned_data["roles"], by=by, now=timezone.now())


@requires(*LOOKS_AFTER_PEOPLE)
@require_POST
def suspend(request: StaffRequest, person_id: int) -> HttpResponse:
    """Takes somebody's access away from their next request on."""
    somebody = membership_or_404(request.user, person_id).user
    try:
        somebody.suspend(by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{somebody.name} cannot sign in any more.")
    return redirect("partners:person", person_id)


@requires(*LOOKS_AFTER_PEOPLE)
@require_POST
def restore(request: StaffRequest, person_id: int) -> HttpResponse:
    """Gives suspended access back."""
    somebody = membership_or_404(request.user, person_id).user
    try:
        somebody.restore(by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{somebody.name} can sign in again.")
    return redirect("partners:person", person_id)


def _done(form: forms.Form, act: Any, membership: Membership, by: User) -> bool:
    try:
        act(form, membership, by)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: StaffRequest, name: str, membership: Membership, form: forms.Form) -> HttpResponse:
    context = {"person": membership.user, "membership": membership, "form": form}
    return render(request, f"partners/people/{name}.html", context | {"leaving_view": settings.LEAVING_VIEW})
