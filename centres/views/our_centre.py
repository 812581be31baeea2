"""A centre's own page, for its volunteers and its managers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres.champions import AlreadyChampion, NotAtThisCentre, name_champion, people_at, stand_down
from centres.doors import own_centre_or_404
from centres.forms_of_own_page import NameChampionForm
from centres.models import Champion
from centres.own_page import champions_of, own_centre, to_do
from centres.standing import NotInThisStanding
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre, User
from partners.roles import Permission
from reporting.models import PracticeRun, Report
from reporting.passing_on import to_pass_on
from reporting.views.record_unfinished import unfinished_of

NEWEST = 5
# Whose person waits is shown one by one up to here; all of them are on the page of reports.
PASSED_ON_HERE = 10


@requires(Permission.RECORD_REPORT)
@require_safe
def our_centre(request: StaffRequest) -> HttpResponse:
    """What to do next, the newest reports, and all that the partnership knows of the centre."""
    user, today = request.user, timezone.localdate()
    centre = own_centre_or_404(user)
    own, is_manager = own_centre(centre, today=today), user.may(Permission.RUN_CENTRE)
    waiting = list(to_pass_on(user).values_list("reference", flat=True))
    context = {
        "own": own,
        "centre": centre,
        "today": today,
        "is_manager": is_manager,
        "to_do": to_do(own, is_manager=is_manager, waiting_to_be_told=len(waiting), today=today),
        "to_pass_on": waiting[:PASSED_ON_HERE],
        "more_to_pass_on": len(waiting[PASSED_ON_HERE:]),
        "unfinished": unfinished_of(user, today=today),
        "newest": list(_reports(user)[:NEWEST]),
        "practised": _practised(user),
    }
    return render(request, "centres/our_centre/page.html", context)


@requires(Permission.RUN_CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def own_champions(request: StaffRequest) -> HttpResponse:
    """Who is champion, whose training is due, and naming one more."""
    centre, today = own_centre_or_404(request.user), timezone.localdate()
    champions = champions_of(centre, today=today)
    people = people_at(centre).exclude(
        pk__in=Champion.objects.filter(centre=centre, until=None).values("person")
    )
    form = NameChampionForm(request.POST if request.method == "POST" else None, people=list(people))
    if form.is_valid():
        return _name(request, centre, form.cleaned_data["person"])
    context = {"centre": centre, "champions": champions, "form": form, "is_manager": True}
    return render(request, "centres/our_centre/champions.html", context)


@requires(Permission.RUN_CENTRE)
@require_POST
def champion_stands_down(request: StaffRequest, champion_id: int) -> HttpResponse:
    """They are no champion any more; another centre's champion is missing here."""
    centre = own_centre_or_404(request.user)
    champion = get_object_or_404(
        Champion.objects.select_related("person", "centre"), pk=champion_id, centre=centre
    )
    stand_down(champion, by=request.user, now=timezone.now())
    messages.success(request, f"{champion.person.name} is no champion any more.")
    return redirect("centres:own_champions")


def _name(request: StaffRequest, centre: ReportingCentre, person: User) -> HttpResponse:
    try:
        name_champion(centre, person, by=request.user, now=timezone.now())
    except (AlreadyChampion, NotAtThisCentre, NotInThisStanding) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{person.name} is a champion now.")
    return redirect("centres:own_champions")


def _reports(user: User) -> Any:
    assert user.organisation, "a permission comes with a workplace"
    return Report.objects.visible_to(user).recorded_at(user.organisation).newest_first()


def _practised(user: User) -> dict[str, Any]:
    """How often the centre has practised, and when last."""
    assert user.organisation, "a permission comes with a workplace"
    runs = PracticeRun.objects.of_centre(user.organisation)
    last = runs.select_related("volunteer").first()
    return {"times": runs.count() if last else 0, "last": last}
