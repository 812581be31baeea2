"""A sheet of printed codes for somebody at a reporting centre who has no smartphone."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners.doors import StaffRequest, membership_or_404, requires
from partners.models import PrintedCode, User
from partners.models.printed_code import LAST, as_printed, may_have_printed_codes
from partners.roles import Permission
from partners.step_up import fresh


@requires(Permission.INVITE_PEOPLE, Permission.INVITE_OWN_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def printed_codes(request: StaffRequest, person_id: int) -> HttpResponseBase:
    """Says what a sheet is; the button makes one for somebody else at a centre and shows it, once."""
    person = membership_or_404(request.user, person_id).user
    if not person.is_active or not may_have_printed_codes(person):
        raise Http404
    return _sheet(request, person)


@fresh
def _sheet(request: StaffRequest, person: User) -> HttpResponse:
    now = timezone.now()
    context = {"person": person, "left": PrintedCode.left(person, now=now)}
    if request.method == "POST":
        codes = PrintedCode.print_sheet(person, by=request.user, now=now)
        context |= {"codes": [as_printed(code) for code in codes], "until": now + LAST}
        return render(request, "partners/printed/sheet.html", context)
    return render(request, "partners/printed/make.html", context)
