"""Closed by default: a page is open only where its view says so, and staff pages run inside their scope."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from partners.kept_forms import sign_in_again
from partners.models import User
from partners.presence import has_been_idle, has_lasted_too_long, leave, note_seen
from partners.sign_in import has_second_factor, has_set_up_second_factor
from scope.context import staff_scope

NO_ORGANISATION = 0
# All that somebody who came with a password alone may do: set up a second step, or leave.
SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
}


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Sign-in, and then a second factor, before any page that is not opened with `login_not_required`."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not getattr(view_func, "login_required", True):
            return answer
        now = timezone.now()
        if has_lasted_too_long(request, now=now) or has_been_idle(request, now=now):
            return sign_in_again(request, now=now)
        note_seen(request, now=now)
        return None if has_second_factor(request) else _before_the_second_factor(request)


def _before_the_second_factor(request: HttpRequest) -> HttpResponse | None:
    # A session from before the second step was set up is worth no more than the password it came with.
    if isinstance(request.user, User) and has_set_up_second_factor(request.user):
        leave(request)
        return redirect("account_login")
    page = request.resolver_match.url_name if request.resolver_match else ""
    return None if page in SETTING_UP else redirect("mfa_index")


class StaffScopeMiddleware:
    """Runs a signed-in request, rendering included, in one transaction with the person's scope set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Anonymous pages carry no session cookie: asking for the user would load one for nothing.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        with staff_scope(request.user.organisation_id or NO_ORGANISATION, request.user.pk):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
