"""The communication calendar: campaigns and events by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.campaigning import code_of_week
from actionplans.forms_of_campaigns import CalendarFilter
from actionplans.models import Campaign, CampaignEvent
from insight.awareness import AwarenessWeek, week_of
from insight.periods import ReportingPeriod
from partners.doors import StaffRequest, requires
from partners.roles import Permission

MONTHS = 12
FIRST_YEAR, LAST_YEAR = 2010, 2100


@dataclass(frozen=True)
class Entry:
    """A campaign as one month shows it, with its events of that month."""

    campaign: Campaign
    days: str
    events: list[CampaignEvent]


@dataclass
class Month:
    """One month of the list, empty ones too. What began earlier and has no event in it is only named."""

    days: ReportingPeriod
    is_over: bool
    is_now: bool
    entries: list[Entry] = field(default_factory=list)
    goes_on: list[Campaign] = field(default_factory=list)
    proposed: AwarenessWeek | None = None

    def take(self, campaign: Campaign) -> None:
        """Shows a campaign that touches this month."""
        held = campaign.held  # type: ignore[attr-defined]
        events = [event for event in held if event.held_on in self.days]
        if campaign.starts in self.days or events:
            days = ReportingPeriod(campaign.starts, campaign.ends).dates
            self.entries.append(Entry(campaign, days, events))
        else:
            self.goes_on.append(campaign)


@requires(Permission.SEE_PLANS)
@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Twelve months from the one that the address names, or from this one; filters stand in the address."""
    today = timezone.localdate()
    first = _asked(request.GET.get("from", "")) or today.replace(day=1)
    window = ReportingPeriod(first, ReportingPeriod.month_containing(_months_on(first, MONTHS - 1)).last)
    form = CalendarFilter(request.GET)
    chosen = form.chosen()
    campaigns = list(_campaigns(window, chosen))
    months = _months(window, campaigns, today)
    if not chosen:
        _propose_weeks(months, today)
    context = {
        "form": form,
        "is_filtered": bool(chosen),
        "first": first,
        "months": months,
        "number": len(campaigns),
        "window": window,
        "ways": _ways(first, today, chosen),
        "may_change": request.user.may(Permission.UPDATE_PLANS),
    }
    return render(request, "actionplans/calendar/calendar.html", context)


def _asked(typed: str) -> date | None:
    """'2026-11' as the first day of that month; None for what is no month."""
    year, dash, month = typed.partition("-")
    if not (typed.isascii() and dash and year.isdigit() and month.isdigit() and len(typed) <= 7):
        return None
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), 1)


def _months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _campaigns(window: ReportingPeriod, chosen: dict[str, str]) -> Iterable[Campaign]:
    held = CampaignEvent.objects.filter(
        cancelled_at=None, held_on__gte=window.first, held_on__lte=window.last
    )
    found = Campaign.objects.touching(window.first, window.last).select_related("lead")
    for name, value in chosen.items():
        found = found.filter(_narrowing(name, value))
    return found.prefetch_related(
        "partners", "districts", Prefetch("events", held.select_related("district"), to_attr="held")
    )


def _narrowing(name: str, value: str) -> Q:
    if name == "kind":
        return Q(kind=value)
    if name == "strand":
        return Q(strands=[]) | Q(strands__contains=[value])
    if name == "partner":
        takes_part = Campaign.partners.through.objects.filter(
            campaign=OuterRef("pk"), organisation__code=value
        )
        return Q(lead__code=value) | Q(Exists(takes_part))
    areas = Campaign.districts.through.objects.filter(campaign=OuterRef("pk"))
    return Q(~Exists(areas)) | Q(Exists(areas.filter(district__code=value)))


def _months(window: ReportingPeriod, campaigns: list[Campaign], today: date) -> list[Month]:
    spans = [ReportingPeriod.month_containing(first) for first in window.months()]
    months = [Month(days, days.last < today, today in days) for days in spans]
    for campaign in campaigns:
        for month in months:
            if campaign.starts <= month.days.last and campaign.ends >= month.days.first:
                month.take(campaign)
    return months


def _propose_weeks(months: list[Month], today: date) -> None:
    """Shows awareness weeks to come that nobody has put into the calendar yet, where they would stand."""
    years = {month.days.first.year for month in months}
    planned = set(Campaign.objects.filter(code__in=map(code_of_week, years)).values_list("code", flat=True))
    for week in map(week_of, years):
        if code_of_week(week.year) not in planned and week.days.last >= today:
            for month in months:
                if week.days.first in month.days:
                    month.proposed = week


def _ways(first: date, today: date, chosen: dict[str, str]) -> dict[str, Any]:
    """Where earlier and later months are, with the filters kept."""

    def at(day: date) -> str:
        return "?" + urlencode({**chosen, "from": f"{day:%Y-%m}"})

    return {
        "earlier": at(_months_on(first, -MONTHS)) if first.year > FIRST_YEAR else "",
        "later": at(_months_on(first, MONTHS)) if first.year < LAST_YEAR else "",
        "now": "" if first == today.replace(day=1) else at(today),
    }
