"""The doors of centres: whose centre somebody may open."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from partners.models import ReportingCentre, User


def centre_or_404(code: str) -> ReportingCentre:
    """The centre of this code, for those who see or oversee all of them."""
    return get_object_or_404(
        ReportingCentre.objects.select_related("organisation", "district", "looked_after_by"),
        organisation__code=code,
    )


def own_centre_or_404(user: User) -> ReportingCentre:
    """The centre at which somebody works, and no other."""
    centre = (
        ReportingCentre.objects.select_related("organisation", "district", "looked_after_by")
        .filter(organisation=user.organisation_id)
        .first()
    )
    if centre is None:
        raise Http404
    return centre
