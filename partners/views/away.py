"""Days away and who stands in: everybody's own, and a team manager's people's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partners.doors import StaffRequest, requires
from partners.models import Absence, NotYoursToChange, User
from partners.models.absence import AwayAlready, CannotStandIn, may_note_days_of
from partners.people_forms import AwayForm
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: StaffRequest) -> HttpResponse:
    """“I am away.”"""
    return _days_away(request, request.user)


@requires(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def person_away(request: StaffRequest, person_id: int) -> HttpResponse:
    """“They are away.”"""
    person = get_object_or_404(User, pk=person_id)
    if not may_note_days_of(request.user, person) or not person.may(Permission.WORK_CASES):
        raise Http404
    return _days_away(request, person)


def _days_away(request: StaffRequest, person: User) -> HttpResponse:
    today = timezone.localdate()
    form = AwayForm(request.POST if request.method == "POST" else None, person=person, today=today)
    if form.is_valid() and _noted(request, person, form):
        messages.success(request, f"Noted. {form.cleaned_data['deputy']} stands in.")
        return redirect(request.path)
    context = {
        "form": form,
        "person": person,
        "is_self": person == request.user,
        "absences": Absence.objects.not_over(today).filter(user=person),
        "stands_in": Absence.objects.not_over(today).covered_by(person),
    }
    return render(request, "partners/people/away.html", context)


def _noted(request: StaffRequest, person: User, form: AwayForm) -> bool:
    try:
        Absence.note(person, **form.cleaned_data, by=request.user, now=timezone.now())
    except (AwayAlready, CannotStandIn) as refusal:
        form.add_error("deputy" if isinstance(refusal, CannotStandIn) else "starts_on", str(refusal))
        return False
    return True


@requires(Permission.WORK_CASES)
@require_POST
def back(request: StaffRequest, absence_id: int) -> HttpResponse:
    """Not away after all, or back already."""
    absence = get_object_or_404(Absence.objects.select_related("user"), pk=absence_id)
    try:
        absence.take_back(by=request.user, now=timezone.now())
    except NotYoursToChange:
        raise Http404 from None
    messages.success(request, "The days away are taken back.")
    if absence.user_id == request.user.pk:
        return redirect("partners:away")
    return redirect("partners:person_away", absence.user_id)
