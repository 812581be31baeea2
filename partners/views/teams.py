"""The teams of an organisation."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from govuk.paging import page_of
from partners.doors import LOOKS_AFTER_PEOPLE, StaffRequest, requires
from partners.models import Team, TeamExists
from partners.people_forms import TeamForm
from partners.roles import Permission


@requires(*LOOKS_AFTER_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: StaffRequest) -> HttpResponse:
    """The teams there are, and a new one."""
    form = TeamForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid() and _made(request, form):
        return redirect("partners:teams")
    found = Team.objects.select_related("organisation").order_by(
        "organisation__order", "organisation__name", "name"
    )
    if not request.user.may(Permission.INVITE_PEOPLE):
        found = found.filter(organisation=request.user.organisation_id)
    at_work = Count("memberships", filter=Q(memberships__left_at=None))
    context = {"form": form, "page_obj": page_of(found.annotate(people=at_work), request)}
    return render(request, "partners/people/teams.html", context)


def _made(request: StaffRequest, form: TeamForm) -> bool:
    place = form.place()
    assert place
    try:
        team = Team.make(place, form.cleaned_data["name"], by=request.user, now=timezone.now())
    except TeamExists as refusal:
        form.add_error("name", str(refusal))
        return False
    messages.success(request, f"{team} is there. Put people into it on their own pages.")
    return True
