"""The doors of staff pages: what may not be seen looks like what is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from partners.models import Membership, User
from partners.models.granting import looks_after, may_change
from partners.roles import Permission

# Administrators let everybody in and out; managers their own organisation's people.
LOOKS_AFTER_PEOPLE = (Permission.INVITE_PEOPLE, Permission.INVITE_OWN_PEOPLE)


class StaffRequest(HttpRequest):
    """What a view behind a door is given: somebody is signed in."""

    user: User


View = Callable[..., HttpResponseBase]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Opens the decorated view to people whose role allows one of `permissions`; to everybody else it is missing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def behind_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated or not any(map(request.user.may, permissions)):
                raise Http404
            return view(request, *args, **kwargs)

        # Read by the page that shows who may open what.
        behind_the_door.__dict__["needs"] = permissions
        return behind_the_door

    return decorate


def person_or_404(user: User, person_id: int) -> User:
    """Somebody who works, or last worked, where this person lets people in and out."""
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    latest = person.membership or person.memberships.order_by("-joined_at").first()
    if not looks_after(user, latest.organisation_id if latest else None):
        raise Http404
    return person


def membership_or_404(user: User, person_id: int) -> Membership:
    """The work of somebody whose access this person may change: never their own, nor of somebody above them."""
    membership = person_or_404(user, person_id).membership
    if membership is None or not may_change(user, membership):
        raise Http404
    return membership
