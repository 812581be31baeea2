"""The doors of staff pages: what may not be seen looks like what is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from partners.models import User
from partners.roles import Permission


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

        return behind_the_door

    return decorate
