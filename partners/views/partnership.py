"""Everything that makes the portal this partnership's, one line each."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.bank_holidays import days_of, years
from partners.doors import StaffRequest, requires
from partners.keeping import REVIEW_SOON_DAYS
from partners.models import Organisation, OrganisationKind, ReferenceKind, ReferenceVersion, SharingAgreement
from partners.roles import Permission
from partners.standards import all_standards
from partners.words import DOCUMENTS

NEWEST = 10


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def partnership(request: StaffRequest) -> HttpResponse:
    """What is kept here, what needs a look, and what was changed last."""
    today = timezone.localdate()
    changed = ReferenceVersion.objects.exclude(by=None).select_related("by").order_by("-pk")[:NEWEST]
    context = {"needs": list(_needs(today)), "changed": [(version, _called(version)) for version in changed]}
    return render(request, "partners/partnership/partnership.html", context)


def _called(version: ReferenceVersion) -> str:
    """What was changed, by the name that its own page has."""
    if version.kind == ReferenceKind.WORDING and version.code in DOCUMENTS:
        return DOCUMENTS[version.code].title
    if version.kind == ReferenceKind.STANDARD:
        names = {each.code: each.name for each in all_standards()}
        return names.get(version.code, version.called)
    return version.called


def _needs(today: date) -> list[dict[str, Any]]:
    """What somebody should look at, with the page where that is done."""
    soon = today + timedelta(days=REVIEW_SOON_DAYS)
    due = SharingAgreement.objects.filter(review_on__lte=soon).count()
    needs = []
    if due:
        words = "1 sharing agreement is" if due == 1 else f"{due} sharing agreements are"
        needs.append({"text": f"{words} due for review", "page": "partnership:agreements"})
    if not Organisation.objects.filter(is_fallback_triage=True).exists():
        needs.append({"text": "Nobody reads the reports that name no area", "page": "partnership:areas"})
    without = (
        Organisation.objects.filter(retired_on=None, sharing_agreements=None)
        .exclude(kind=OrganisationKind.CENTRE)
        .count()
    )
    if without:
        words = "1 organisation has" if without == 1 else f"{without} organisations have"
        needs.append({"text": f"{words} signed no sharing agreement", "page": "partnership:agreements"})
    for year in (today.year, today.year + 1):
        if year not in years() or not days_of(year):
            needs.append(
                {"text": f"The bank holidays of {year} are not entered", "page": "partnership:bank_holidays"}
            )
    return needs
