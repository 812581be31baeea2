"""One campaign: its page, and every act on it."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans import campaigning
from actionplans.campaigning import AlreadyCancelled
from actionplans.forms_of_campaigns import CampaignForm, CancelForm, EventForm, ReachForm, languages
from actionplans.forms_of_sessions import districts
from actionplans.models import Campaign, CampaignEvent, Material, Reach
from partners.doors import StaffRequest, requires
from partners.models import District
from partners.roles import Permission

FORM = "actionplans/calendar/form.html"
WAS_CANCELLED = "It has been cancelled meanwhile, so nothing was changed."


@requires(Permission.SEE_PLANS)
@require_safe
def campaign(request: StaffRequest, campaign_code: str) -> HttpResponse:
    """What it is, its events in the nine districts, its materials, and what it reached."""
    shown = get_object_or_404(
        Campaign.objects.select_related("lead", "action__plan", "cancelled_by").prefetch_related(
            "partners",
            "districts",
            Prefetch("events", CampaignEvent.objects.select_related("district", "organisation")),
            Prefetch("reach", Reach.objects.select_related("organisation", "by")),
            Prefetch("materials", Material.objects.filter(retired_at=None)),
        ),
        code=campaign_code,
    )
    names = dict(languages())
    context = {
        "campaign": shown,
        "link": request.build_absolute_uri(f"{reverse('reporting:start')}?c={shown.code}"),
        "areas": _areas(shown),
        "elsewhere": [each for each in shown.events.all() if each.district is None],
        "newest": campaigning.newest_reach(shown),
        "languages": ["English", *(names.get(code, code) for code in shown.languages)],
        "may_change": _may_change(request, shown),
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/calendar/campaign.html", context)


def _areas(campaign: Campaign) -> list[tuple[District, list[CampaignEvent]]]:
    """The nine districts in their order, those without an event too."""
    held = defaultdict(list)
    for event in campaign.events.all():
        if event.cancelled_at is None:
            held[event.district_id].append(event)
    return [(district, held[district.pk]) for district in districts()]


def _may_change(request: StaffRequest, campaign: Campaign) -> bool:
    if campaign.cancelled_at or not request.user.may(Permission.UPDATE_PLANS):
        return False
    takes_part = {campaign.lead_id, *(each.pk for each in campaign.partners.all())}
    return request.user.organisation_id in takes_part or request.user.may(Permission.OWN_PLANS)


def campaign_or_404(request: StaffRequest, campaign_code: str) -> Campaign:
    """A campaign that the person may change; a cancelled one is over."""
    found = Campaign.objects.that_count().may_be_changed_by(request.user).select_related("lead")
    return get_object_or_404(found.prefetch_related("partners", "districts"), code=campaign_code)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Puts a campaign into the calendar."""
    now = timezone.now()
    form = CampaignForm(_sent(request), user=request.user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        made = campaigning.plan_campaign(by=request.user, now=now, **form.values())
        messages.success(request, f"“{made.name}” stands in the calendar. Its code is {made.code}.")
        return redirect("actionplans:campaign", made.code)
    context = {
        "form": form,
        "title": "Add a campaign",
        "button": "Put it into the calendar",
        "back_url": reverse("actionplans:calendar"),
        "back_text": "Calendar",
    }
    return render(request, FORM, context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, campaign_code: str) -> HttpResponse:
    """Changes what a campaign says of itself."""
    shown = campaign_or_404(request, campaign_code)
    now = timezone.now()
    form = CampaignForm(_sent(request), user=request.user, today=timezone.localdate(now), campaign=shown)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = campaigning.change_campaign(shown, by=request.user, now=now, **form.values())
        except AlreadyCancelled:
            messages.error(request, WAS_CANCELLED)
        else:
            messages.success(request, "Saved." if is_new else "Nothing was different.")
        return redirect("actionplans:campaign", shown.code)
    return render(request, FORM, _page(shown, form, "Change the campaign", "Save"))


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, campaign_code: str) -> HttpResponse:
    """Cancels a campaign, with the reason."""
    shown = campaign_or_404(request, campaign_code)
    form = CancelForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            campaigning.cancel_campaign(
                shown, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
            )
        except AlreadyCancelled:
            messages.info(request, "Somebody has cancelled it already.")
        else:
            messages.success(request, f"“{shown.name}” is cancelled.")
        return redirect("actionplans:campaign", shown.code)
    context = _page(shown, form, "Cancel the campaign", "Cancel the campaign") | {"kind": "warning"}
    return render(request, FORM, context)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_event(request: StaffRequest, campaign_code: str) -> HttpResponse:
    """Adds an event; the district's place on the event map fills at once."""
    shown = campaign_or_404(request, campaign_code)
    form = EventForm(_sent(request), user=request.user, campaign=shown)
    if request.method == "POST" and form.is_valid():
        try:
            made = campaigning.add_event(shown, by=request.user, now=timezone.now(), **form.values())
        except AlreadyCancelled:
            messages.error(request, WAS_CANCELLED)
        else:
            messages.success(request, f"“{made.name}” is added.")
        return redirect("actionplans:campaign", shown.code)
    return render(request, FORM, _page(shown, form, "Add an event", "Add the event"))


@requires(Permission.UPDATE_PLANS)
@require_POST
def cancel_event(request: StaffRequest, campaign_code: str, event_id: int) -> HttpResponse:
    """Cancels one event."""
    shown = campaign_or_404(request, campaign_code)
    event = shown.events.select_related("campaign", "district").filter(pk=event_id).first()
    if event is None:
        raise Http404
    try:
        campaigning.cancel_event(event, by=request.user, now=timezone.now())
    except AlreadyCancelled:
        messages.info(request, "Somebody has cancelled it already.")
    else:
        messages.success(request, f"“{event.name}” is cancelled.")
    return redirect("actionplans:campaign", shown.code)


@requires(Permission.UPDATE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: StaffRequest, campaign_code: str) -> HttpResponse:
    """Enters what one channel reached; what was entered before stays."""
    shown = campaign_or_404(request, campaign_code)
    now = timezone.now()
    form = ReachForm(_sent(request), user=request.user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        made = campaigning.enter_reach(shown, by=request.user, now=now, **form.values())
        messages.success(request, f"{made.channel}: {made.people:,} people, entered.")
        return redirect("actionplans:campaign", shown.code)
    return render(request, FORM, _page(shown, form, "Enter what a channel reached", "Enter it"))


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(campaign: Campaign, form: Any, title: str, button: str) -> dict[str, Any]:
    return {
        "form": form,
        "title": title,
        "caption": campaign.name,
        "button": button,
        "back_url": reverse("actionplans:campaign", args=[campaign.code]),
        "back_text": campaign.name,
    }
