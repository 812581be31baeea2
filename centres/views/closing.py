"""Closing one centre for good: first what it means in figures, then the button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from centres import closing
from centres.doors import centre_or_404
from centres.forms_of_standing import CloseForm
from centres.standing import NotInThisStanding, standing_after
from centres.views.standing import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.OVERSEE_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def close_centre(request: StaffRequest, code: str) -> HttpResponse:
    """Says what will be handed over to whom, and does it once somebody has said why."""
    centre = centre_or_404(code)
    form = CloseForm(request.POST if request.method == "POST" else None)
    try:
        standing_after("close", centre.standing)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            done = closing.close(centre, reason=reason, by=request.user, now=timezone.now())
            messages.success(request, f"{centre} is closed. {_handed_over(done)}")
            return redirect(page_of(centre))
    except NotInThisStanding as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(centre))
    context = {
        "centre": centre,
        "form": form,
        "means": closing.consequences(centre),
        "back_url": page_of(centre),
    }
    return render(request, "centres/standing/close.html", context)


def _handed_over(done: closing.Consequences) -> str:
    if not done.takers:
        return "There was no open report to hand over."
    return " ".join(
        f"{figure} open {'report is' if figure == 1 else 'reports are'} with {taker.name} now."
        for taker, figure in done.takers
    )
