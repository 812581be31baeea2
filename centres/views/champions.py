"""The champions of one centre: who they are, who stands down, which course they took."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from centres import champions as acts
from centres.doors import centre_or_404
from centres.forms_of_oversight import ChampionForm, TrainingForm
from centres.models import Champion
from centres.overseen import CHAMPIONS_NEEDED, a_year_before
from centres.standing import NotInThisStanding
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre
from partners.roles import Permission

OVERSEE = Permission.OVERSEE_CENTRES


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def champions(request: StaffRequest, code: str) -> HttpResponse:
    """The champions; names one more."""
    centre, now = centre_or_404(code), timezone.now()
    at_work = at_work_with_courses(centre)
    others = acts.people_at(centre).exclude(pk__in=[each.person_id for each in at_work])
    form = ChampionForm(request.POST if request.method == "POST" else None, people=others)
    if form.is_valid():
        try:
            made = acts.name_champion(centre, form.chosen, by=request.user, now=now)
        except (acts.NotAtThisCentre, acts.AlreadyChampion, NotInThisStanding) as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, f"{made.person.name} is a champion of {centre}.")
            return redirect("centres:champions", code)
    context = {
        "centre": centre,
        "form": form,
        "champions": at_work,
        "others": form.people,
        "since": a_year_before(timezone.localdate(now)),
        "needed": CHAMPIONS_NEEDED,
    }
    return render(request, "centres/one/champions.html", context)


@requires(OVERSEE)
@require_POST
def stand_down(request: StaffRequest, code: str, champion_id: int) -> HttpResponse:
    """Somebody is no champion any more."""
    centre = centre_or_404(code)
    champion = get_object_or_404(centre.champions.select_related("person", "centre"), pk=champion_id)
    acts.stand_down(champion, by=request.user, now=timezone.now())
    messages.success(request, f"{champion.person.name} is no champion of {centre} any more.")
    return redirect("centres:champions", code)


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def training(request: StaffRequest, code: str) -> HttpResponse:
    """A course that champions of this centre took."""
    recorded = record_course(request, centre_or_404(code))
    if isinstance(recorded, HttpResponse):
        return recorded
    messages.success(request, recorded)
    return redirect("centres:champions", code)


def record_course(request: StaffRequest, centre: ReportingCentre | None) -> HttpResponse | str:
    """Asks about a course of one centre's champions, or of everybody's; what was recorded in words, once it was."""
    now = timezone.now()
    offered = Champion.objects.at_work().select_related("person", "centre__organisation")
    if centre:
        offered = offered.filter(centre=centre)
    form = TrainingForm(
        request.POST if request.method == "POST" else None,
        champions=offered.order_by("centre__district__order", "centre__organisation__name", "person__name"),
        one_centre=centre is not None,
        today=timezone.localdate(now),
    )
    if form.is_valid():
        said = form.cleaned_data
        made = acts.record_training(form.took, course=said["course"], on=said["on"], by=request.user, now=now)
        return _recorded(len(made), len(form.took))
    context = {"centre": centre, "form": form, "offered": form.offered}
    return render(request, "centres/one/training.html", context)


def _recorded(made: int, chosen: int) -> str:
    if made == chosen:
        return f"The course is recorded for {made} champion{'' if made == 1 else 's'}."
    return f"The course is recorded for {made} of them; the others had it already."


def at_work_with_courses(centre: ReportingCentre) -> list[Champion]:
    """The champions of now with all their courses, in two statements."""
    mine = Champion.objects.filter(centre=centre).at_work()
    return list(mine.select_related("person").prefetch_related("trainings"))
