"""Acts of looking after one centre: checklist, agreement, mystery visits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from centres import agreements, fitness, visits
from centres.already_known import already_known
from centres.checklist import checklist
from centres.doors import centre_or_404
from centres.forms_of_oversight import AgreementForm, FitnessForm, TellForm, VisitForm
from centres.models import Outcome
from centres.standing import NotInThisStanding
from centres.visit_script import visit_script
from partners.doors import StaffRequest, requires
from partners.models import ReportingCentre
from partners.roles import Permission

OVERSEE = Permission.OVERSEE_CENTRES


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def go_through_checklist(request: StaffRequest, code: str) -> HttpResponse:
    """Twenty points; where they come to little, what happens then is asked on the same page."""
    centre, now = centre_or_404(code), timezone.now()
    today = timezone.localdate(now)
    form = FitnessForm(
        request.POST if request.method == "POST" else None,
        centre=centre,
        known=already_known(centre, today=today),
        today=today,
    )
    if form.is_valid():
        try:
            made = fitness.review(centre, by=request.user, now=now, **form.values())
        except NotInThisStanding as refusal:
            return _refused(request, centre, refusal)
        messages.success(request, _outcome(centre, made.score, made.outcome))
        return redirect("centres:centre", code)
    context = {"centre": centre, "form": form, "checklist": checklist()}
    return render(request, "centres/one/fitness.html", context)


def _outcome(centre: ReportingCentre, score: int, outcome: str) -> str:
    words = f"{centre} meets {score} of {len(checklist().points)} points"
    if outcome == Outcome.PASS:
        return f"{words}: it is fit for purpose."
    if outcome == Outcome.IMPROVE:
        return f"{words}. It has {checklist().improve_within.days} days to put right what is missing."
    return f"{words}. That is too few for a reporting centre."


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_agreement(request: StaffRequest, code: str) -> HttpResponse:
    """The agreement was signed, or renewed."""
    centre, now = centre_or_404(code), timezone.now()
    form = AgreementForm(
        request.POST if request.method == "POST" else None, centre=centre, today=timezone.localdate(now)
    )
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("signed_on", "review_on")}
        try:
            agreements.sign(centre, form.partner_chosen, by=request.user, now=now, **days)
        except agreements.ReviewTooFar as refusal:
            form.add_error("review_on", str(refusal))
        except NotInThisStanding as refusal:
            return _refused(request, centre, refusal)
        else:
            messages.success(request, f"The agreement with {centre} is recorded.")
            return redirect("centres:centre", code)
    context = {"centre": centre, "form": form, "agreement": agreements.of_centre(centre)}
    return render(request, "centres/one/agreement.html", context)


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def record_visit(request: StaffRequest, code: str) -> HttpResponse:
    """What a mystery visitor noticed; the centre is told on a page of its own."""
    centre, now = centre_or_404(code), timezone.now()
    form = VisitForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if form.is_valid():
        try:
            made = visits.record_visit(centre, by=request.user, now=now, **form.values())
        except NotInThisStanding as refusal:
            return _refused(request, centre, refusal)
        messages.success(request, f"The visit is recorded: {made.score}% of what the visitor looked for.")
        return redirect("centres:visit", code, made.pk)
    context = {"centre": centre, "form": form, "script": visit_script()}
    return render(request, "centres/one/record_visit.html", context)


@requires(OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def tell_of_visit(request: StaffRequest, code: str, visit_id: int) -> HttpResponse:
    """One visit, and what the centre is told of it."""
    centre, now = centre_or_404(code), timezone.now()
    rows = centre.mystery_visits.select_related("centre", "recorded_by", "told_by")
    visit = get_object_or_404(rows, pk=visit_id)
    form = TellForm(request.POST if request.method == "POST" else None, visit=visit)
    if form.is_valid():
        try:
            visits.tell_centre(visit, said=form.cleaned_data["said"], by=request.user, now=now)
        except visits.AlreadyTold as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, f"{centre} can read it now.")
        return redirect("centres:visit", code, visit_id)
    script = visit_script()
    found = {"found": script.found(visit.noticed), "missing": script.missing(visit.noticed)}
    return render(
        request, "centres/one/visit.html", {"centre": centre, "visit": visit, "form": form, **found}
    )


def _refused(request: StaffRequest, centre: ReportingCentre, refusal: Exception) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("centres:centre", centre.organisation.code)
