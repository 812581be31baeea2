"""Before something is shown or carried out of the house, the person proves once more that it is them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from partners.kept_forms import way_back
from partners.models import User

FRESH_FOR = timedelta(minutes=10)
View = Callable[..., HttpResponseBase]


def fresh(view: View) -> View:
    """Opens the decorated view to who proved themselves in the last ten minutes; others do it now and come back to
    the same page, with what they had typed. Stands on what follows the doors, so that nobody is asked in vain."""

    @wraps(view)
    def after_proof(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = timezone.now()
        if is_fresh(request, now=now):
            return view(request, *args, **kwargs)
        onwards, _ = way_back(request, now=now)
        return redirect(f"{where_to_prove(request)}?{urlencode({'next': onwards})}")

    return after_proof


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the last proof in this session is no older than ten minutes.

    A persona of the demonstration has nothing to prove itself with: there it always counts.
    """
    if not isinstance(request.user, User):
        return False
    proofs = get_authentication_records(request, request.user)
    if settings.IS_DEMO and any(proof["method"] == "demo" for proof in proofs):
        return True
    latest = max((proof["at"] for proof in proofs), default=0.0)
    return now.timestamp() - latest < FRESH_FOR.total_seconds()


def where_to_prove(request: HttpRequest) -> str:
    """The page on which this person proves themselves: the organisation's own sign-in for who came by it."""
    assert isinstance(request.user, User)
    proofs = get_authentication_records(request, request.user)
    came_by = [proof["provider"] for proof in proofs if proof["method"] == "socialaccount"]
    if came_by:
        return reverse("openid_connect_login", kwargs={"provider_id": came_by[-1]})
    return reverse("account_reauthenticate")
