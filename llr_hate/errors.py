"""Pages for what went wrong, in plain words and with the phone numbers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's own protection did not match: an old page, or cookies are off."""
    return render(request, "403_csrf.html", status=403)
