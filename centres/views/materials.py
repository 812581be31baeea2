"""What a centre prints to hang up and to hand over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.doors import own_centre_or_404
from centres.materials import MATERIALS, languages_on_paper, printed
from documents.pdf import NotPrintable
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.RECORD_REPORT)
@require_safe
def print_page(request: StaffRequest) -> HttpResponse:
    """Everything that can be printed, in each language that may be handed out."""
    centre, languages = own_centre_or_404(request.user), list(languages_on_paper().values())
    context = {
        "centre": centre,
        "is_manager": request.user.may(Permission.RUN_CENTRE),
        "is_shown": centre.is_shown_to_the_public(today=timezone.localdate()),
        "materials": list(MATERIALS.values()),
        "languages": languages,
        "has_drafts": any(not each.is_checked for each in languages),
    }
    return render(request, "centres/our_centre/print.html", context)


@requires(Permission.RECORD_REPORT)
@require_safe
def print_file(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """One of them as a PDF, with the centre's own name and address as they stand today."""
    centre = own_centre_or_404(request.user)
    material, spoken = MATERIALS.get(kind), languages_on_paper().get(language)
    if material is None or spoken is None:
        raise Http404
    try:
        pdf = printed(material, centre, spoken, today=timezone.localdate())
    except NotPrintable:
        messages.error(
            request,
            f"There is too much to stand on “{material.name}”. Make the address or the opening hours of your "
            "listing shorter, and try again.",
        )
        return redirect("centres:print")
    name = f"{material.code}-{spoken.code}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
