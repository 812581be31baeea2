"""The doors of the rights desk: what was asked of another desk looks like what is not there."""

from uuid import UUID

from django.http import Http404

from partners.models import User
from rights.models import RequestReport, RightsRequest


def request_or_404(user: User, request_id: UUID) -> RightsRequest:
    """A request of the person's own desk."""
    found = RightsRequest.objects.of_desk(user).select_related(
        "data_key", "organisation", "taken_by", "answered_by"
    )
    asked = found.filter(pk=request_id).first()
    if asked is None:
        raise Http404
    return asked


def about_or_404(asked: RightsRequest, about_id: UUID) -> RequestReport:
    """A report that the request is about."""
    about = asked.about.filter(pk=about_id).first()
    if about is None:
        raise Http404
    return about
