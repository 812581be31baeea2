"""The way in for somebody who was invited: a link, a password, then a second step."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners.forms import AcceptForm
from partners.models import AlreadyHasAccount, Invitation, InvitationNotValid, User
from partners.presence import begin, leave


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Makes the account of the person whom the link invited."""
    now = timezone.now()
    try:
        invitation = Invitation.by_token(token, now=now)
        posted = request.POST if request.method == "POST" else None
        form = AcceptForm(posted, invited=User(email=invitation.email, name=invitation.name))
        if form.is_valid():
            user = invitation.accept(password=form.cleaned_data["password"], now=now)
            return _signed_in(request, user)
    except InvitationNotValid:
        return render(request, "partners/invitation/not_valid.html", status=410)
    except AlreadyHasAccount:
        return render(request, "partners/invitation/has_account.html", status=409)
    return render(request, "partners/invitation/accept.html", {"invitation": invitation, "form": form})


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    # Somebody else may be signed in on this computer: their session must not turn into this one.
    leave(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, "password", email=user.email, reauthenticated=True)
    begin(request, user, now=timezone.now())
    return redirect("mfa_index")
