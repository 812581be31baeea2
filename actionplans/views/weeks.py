"""The awareness weeks: proposed by the rule, dates edited as reference data, accepted as campaigns."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans import campaigning
from actionplans.forms_of_campaigns import WeekForm
from actionplans.models import Campaign
from insight import awareness
from insight.periods import in_words
from partners.doors import StaffRequest, requires
from partners.models import ChangedMeanwhile, ReferenceKind, ReferenceVersion
from partners.models.reference import as_it_stands
from partners.roles import Permission
from partners.views.keeping import seen_version

FIRST_YEAR = 2016
YEARS_AHEAD = 3


def _years(today: date) -> range:
    return range(FIRST_YEAR, today.year + YEARS_AHEAD + 1)


@requires(Permission.SEE_PLANS)
@require_safe
def weeks(request: StaffRequest) -> HttpResponse:
    """Each year's week, the furthest first: its days, how they are known, and whether it is in the calendar."""
    today = timezone.localdate()
    planned = {each.code: each for each in Campaign.objects.filter(code__startswith="awareness-week-")}
    edited = ReferenceVersion.objects.newest_of(ReferenceKind.AWARENESS_WEEK)
    with as_it_stands():
        found = [awareness.week_of(year) for year in reversed(_years(today))]
    rows = [
        {
            "week": week,
            "is_over": week.days.last < today,
            "campaign": planned.get(campaigning.code_of_week(week.year)),
            "edited": edited.get(str(week.year)),
        }
        for week in found
    ]
    context = {
        "rows": rows,
        "may_edit": _may_edit(request),
        "may_accept": request.user.may(Permission.UPDATE_PLANS),
    }
    return render(request, "actionplans/calendar/weeks.html", context)


def _may_edit(request: StaffRequest) -> bool:
    return request.user.may(Permission.KEEP_REFERENCE_DATA) or request.user.may(Permission.OWN_PLANS)


@requires(Permission.KEEP_REFERENCE_DATA, Permission.OWN_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_week(request: StaffRequest, year: int) -> HttpResponse:
    """Changes the days of one year's week; figures and charts use them from then on."""
    if year not in _years(timezone.localdate()):
        raise Http404
    with as_it_stands():
        week = awareness.week_of(year)
    form = WeekForm(
        request.POST if request.method == "POST" else None,
        initial={"starts": week.days.first, "ends": week.days.last},
    )
    if request.method == "POST" and form.is_valid() and _saved(request, form, year):
        return redirect("actionplans:awareness_weeks")
    context = {
        "form": form,
        "week": week,
        "rule": awareness.by_rule(year).dates,
        "version": ReferenceVersion.objects.number_of(ReferenceKind.AWARENESS_WEEK, str(year)),
        "history": ReferenceVersion.objects.of(ReferenceKind.AWARENESS_WEEK, str(year)),
        "title": f"Awareness week {year}",
        "back_url": reverse("actionplans:awareness_weeks"),
        "back_text": "Awareness weeks",
    }
    return render(request, "actionplans/calendar/week.html", context)


def _saved(request: StaffRequest, form: WeekForm, year: int) -> bool:
    first, last = form.cleaned_data["starts"], form.cleaned_data["ends"]
    try:
        with as_it_stands():
            is_new = awareness.set_week(
                year, first, last, seen=seen_version(request), by=request.user, now=timezone.now()
            )
    except awareness.NotAWeek as wrong:
        form.add_error("ends", str(wrong))
        return False
    except ChangedMeanwhile:
        form.add_error(
            "starts", "Somebody changed these days while you had the page open. Look at them again"
        )
        return False
    days = f"{in_words(first)} to {in_words(last)}"
    messages.success(request, f"The week of {year} is {days}." if is_new else "Nothing was different.")
    return True


@requires(Permission.UPDATE_PLANS)
@require_POST
def accept_week(request: StaffRequest, year: int) -> HttpResponse:
    """Puts a year's week into the calendar, with all partners."""
    today = timezone.localdate()
    lead = request.user.organisation
    if year not in _years(today) or lead is None:
        raise Http404
    with as_it_stands():
        week = awareness.week_of(year)
    if week.days.last < today:
        raise Http404
    try:
        made = campaigning.accept_week(week, lead=lead, by=request.user, now=timezone.now())
    except campaigning.AlreadyPlanned:
        messages.info(request, "Somebody has put it into the calendar already.")
        return redirect("actionplans:campaign", campaigning.code_of_week(year))
    messages.success(
        request, f"{made.name} stands in the calendar. {lead} leads it; change that where it is wrong."
    )
    return redirect("actionplans:campaign", made.code)
