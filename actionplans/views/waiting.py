"""What waits for updates: whom the plan's owners and the delivery group still have to ask, and what lost its lead."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import Action, UpdateCycle
from actionplans.owing import owed_by_lead, owed_by_supporters
from actionplans.rounds import rule
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.models import Organisation
from partners.roles import Permission


@dataclass(frozen=True)
class Row:
    """One organisation that has not told everything: how many actions it leads and supports wait for it."""

    organisation: Organisation
    leads: int
    supports: int

    @property
    def number(self) -> int:
        return self.leads + self.supports


@requires(Permission.RUN_MEETINGS, Permission.OWN_PLANS)
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """Organisations by how much waits for them, and actions whose lead has left."""
    today = timezone.localdate()
    leads = _numbers(owed_by_lead(today).values_list("lead_id"))
    supports = _numbers(owed_by_supporters(today).values_list("organisation_id"))
    names = Organisation.objects.in_bulk(leads.keys() | supports.keys())
    rows = [Row(one, leads.get(pk, 0), supports.get(pk, 0)) for pk, one in names.items()]
    left = Action.objects.without_lead(today).select_related("plan", "lead")
    context = {
        "cycle": UpdateCycle.planned(today),
        "today": today,
        "rows": sorted(rows, key=lambda row: (-row.number, row.organisation.order)),
        "stages": rule().stages,
        "left": page_of(left, request),
    }
    return render(request, "actionplans/updates/waiting.html", context)


def _numbers(found: QuerySet) -> dict[int, int]:
    return dict(found.order_by().annotate(number=Count("pk")))
