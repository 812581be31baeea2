"""Taking away a second step that somebody lost: one administrator asks, another agrees."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners.doors import StaffRequest, membership_or_404, requires
from partners.models import SecondFactorReset, User
from partners.models.second_factor_reset import ADMINISTRATORS_NEEDED, CannotReset, who_could_reset
from partners.people_forms import ResetForm
from partners.roles import Permission


@requires(Permission.INVITE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, person_id: int) -> HttpResponse:
    """Asks for the reset; with a single administrator, says what else there is."""
    person = membership_or_404(request.user, person_id).user
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(request, person, form):
        messages.success(
            request, "The other administrators have been asked. One of them has to agree within 24 hours."
        )
        return redirect("partners:person", person_id)
    others = [each for each in who_could_reset(person) if each != request.user]
    context = {"person": person, "form": form, "others": others, "needed": ADMINISTRATORS_NEEDED}
    return render(request, "partners/people/reset.html", context)


def _asked(request: StaffRequest, person: User, form: ResetForm) -> bool:
    try:
        SecondFactorReset.ask(person, **form.cleaned_data, by=request.user, now=timezone.now())
    except CannotReset as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@requires(Permission.INVITE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, reset_id: int) -> HttpResponse:
    """Another administrator agrees or refuses."""
    now = timezone.now()
    waiting = SecondFactorReset.objects.waiting(now=now).exclude(user=request.user)
    reset = get_object_or_404(waiting, pk=reset_id)
    if request.method != "POST":
        is_mine = reset.asked_by_id == request.user.pk
        return render(request, "partners/people/reset_decide.html", {"reset": reset, "is_mine": is_mine})
    try:
        _decide(request, reset)
    except CannotReset as refusal:
        messages.error(request, str(refusal))
    return redirect("partners:person", reset.user_id)


def _decide(request: StaffRequest, reset: SecondFactorReset) -> None:
    now, name = timezone.now(), reset.user.name
    if request.POST.get("agree") == "yes":
        reset.approve(by=request.user, now=now)
        messages.success(request, f"{name} has no second step any more, and gets a link for a new password.")
    else:
        reset.refuse(by=request.user, now=now)
        messages.success(request, f"The second step of {name} stays as it is.")
