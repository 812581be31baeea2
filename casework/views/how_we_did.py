"""Asking somebody by voice how we did: a colleague of whoever works on their case, or their reporting centre. What they
answer is only counted, and nobody reads it with a name."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.sight import answers_of, safe_contact
from casework.surveys import asked_by_centre, asked_by_officer
from partners.doors import StaffRequest, requires
from partners.roles import Permission
from reporting.forms_of_survey import SurveyForm, marks_of
from reporting.models import Report
from reporting.models.report import ReportQuerySet
from reporting.survey import IN_WORDS, ask_by_voice, to_ask

KEPT = "Thank you. What they said is counted with everyone else’s, and nobody sees it with their name."
RATHER_NOT = "They will not be asked again about this."


@requires(Permission.WORK_CASES)
@require_safe
def calls(request: StaffRequest) -> HttpResponse:
    """Whom officers may ask."""
    return _list(request, asked_by_officer(request.user), one="casework:how_we_did_call")


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: StaffRequest, reference: str) -> HttpResponse:
    """One of them: the questions to read out, and the answers."""
    return _ask(request, asked_by_officer(request.user), reference, back="casework:how_we_did")


@requires(Permission.RECORD_REPORT)
@require_safe
def at_centre(request: StaffRequest) -> HttpResponse:
    """Whom a reporting centre may ask: those who hear through it."""
    return _list(request, asked_by_centre(request.user), one="casework:how_we_did_at_centre_one")


@requires(Permission.RECORD_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def at_centre_one(request: StaffRequest, reference: str) -> HttpResponse:
    """One of them, beside whom a volunteer sits."""
    return _ask(request, asked_by_centre(request.user), reference, back="casework:how_we_did_at_centre")


def _list(request: StaffRequest, reports: ReportQuerySet, *, one: str) -> HttpResponse:
    rows = to_ask(reports, today=timezone.localdate())
    return render(request, "casework/how_we_did/list.html", {"rows": rows, "one": one})


def _ask(request: StaffRequest, reports: ReportQuerySet, reference: str, *, back: str) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    if reference not in {each.reference for each in to_ask(reports, today=today)}:
        raise Http404
    report = Report.objects.select_related("data_key").get(reference=reference)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if "rather_not" in request.POST:
        ask_by_voice(report, {}, "", by=request.user, now=now, today=today)
        messages.success(request, RATHER_NOT)
        return redirect(back)
    if form.is_valid():
        words = form.cleaned_data[IN_WORDS]
        ask_by_voice(report, marks_of(form), words, by=request.user, now=now, today=today)
        messages.success(request, KEPT)
        return redirect(back)
    report.note_read(request.user, now=now)
    contact = safe_contact(report, answers_of(report))
    context = {
        "reference": reference,
        "form": form,
        "contact": contact,
        "back": back,
        "has_contact_page": request.user.may(Permission.WORK_CASES),
    }
    return render(request, "casework/how_we_did/ask.html", context)
