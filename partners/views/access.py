"""Who may open what: for the auditor, to read or to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import allowed_to, doors
from partners.doors import StaffRequest, requires
from partners.roles import ROLES, Permission


@requires(Permission.SEE_AUDIT)
@require_safe
def access(request: StaffRequest) -> HttpResponse:
    """Each role with what it allows, and each page with the roles that open it: from the code that is running."""
    roles = [(role, allowed_to(role)) for role in ROLES.values()]
    return render(request, "partners/access/access.html", {"roles": roles, "doors": doors()})
