"""My sessions: where somebody is signed in, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners.doors import StaffRequest
from partners.models import StaffSession
from partners.models.session import LISTED
from partners.presence import leave

PAGE = "sign_in:sessions"
# A session that began before there was a list is on none.
NOBODY = UUID(int=0)


@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """The person's open sessions, the newest first."""
    own = request.user.staff_sessions.order_by("-started_at")
    context = {"sessions": own, "here": request.session.get(LISTED)}
    return render(request, "partners/sessions/sessions.html", context)


@require_POST
def end_session(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Ends one; ending this one is signing out."""
    found = get_object_or_404(request.user.staff_sessions, pk=session_id)
    if str(found.pk) == request.session.get(LISTED):
        leave(request)
        return redirect("account_login")
    StaffSession.end({found.pk}, user=request.user, by=request.user, now=timezone.now())
    messages.success(request, "That session is ended.")
    return redirect(PAGE)


@require_POST
def end_other_sessions(request: StaffRequest) -> HttpResponse:
    """Ends all but this one."""
    others = request.user.staff_sessions.exclude(pk=request.session.get(LISTED) or NOBODY)
    ended = StaffSession.end(
        set(others.values_list("pk", flat=True)), user=request.user, by=request.user, now=timezone.now()
    )
    messages.success(
        request, "You are signed in only here now." if ended else "You were signed in only here."
    )
    return redirect(PAGE)
