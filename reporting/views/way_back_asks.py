"""Asking us for something after sending: to erase it, to stop, to look again; and to be reached in another way."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from govuk.fields import ChosenFrom, OneOf
from partners.models import Organisation
from reporting.asking_us import AskedAlready, ask, due
from reporting.forms import form_for
from reporting.forms_of_survey import SurveyForm, marks_of
from reporting.journey.after import CONTACT
from reporting.models import Report, ReporterRequest
from reporting.saying_more import change_contact
from reporting.survey import IN_WORDS, answer, waiting
from reporting.views.help import numbers
from reporting.views.way_back_words import WordsForm, answers_so_far, one_form, typed
from reporting.visit import visiting

Kind = ReporterRequest.Kind
ASKED, CONTACT_CHANGED, SURVEYED = "e2", "r6", "q5"
NO_CONTACT = "no_contact"


class AskForm(WordsForm):
    """Words that nobody has to write."""

    def __init__(self, data: Any) -> None:
        hint = _("You can leave this out.")
        super().__init__(data, label=_("Is there anything you want to say about it?"), hint=hint, missing="")
        self.fields["words"].required = False


class LookAgainForm(WordsForm):
    """Another look at what was done, or a complaint about how somebody was treated."""

    kind = OneOf(
        label=_("What would you like?"),
        choices=[
            (Kind.LOOK_AGAIN, _("Another look at what was done, or not done")),
            (Kind.COMPLAINT, _("To complain about how I was treated")),
        ],
        error_messages={"required": _("Choose what you would like")},
        label_size="m",
    )
    about = ChosenFrom(
        label=_("Is it about a whole organisation?"),
        help_text=_("Then another organisation looks at it, and may read your report to do so."),
        choices=[],
        required=False,
        label_size="m",
    )
    field_order = ("kind", "about", "words")

    def __init__(self, data: Any, *, organisations: list[Organisation]) -> None:
        super().__init__(data, label=_("What went wrong?"), missing=_("Write what went wrong"))
        names = [(each.code, each.name) for each in organisations]
        self.fields["about"].choices = [("", _("No")), *names]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def asking(request: HttpRequest, report: Report, kind: str) -> HttpResponse:
    """Asks us to erase the report, or to stop."""
    form = AskForm(typed(request))
    return _ask_for(request, report, form, template=kind, kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def look_again(request: HttpRequest, report: Report) -> HttpResponse:
    """Asks somebody else to look at what was done."""
    may_see = {
        grant.organisation for grant in report.grants.filter(withdrawn_at=None).select_related("organisation")
    }
    organisations = sorted(may_see, key=lambda each: each.order)
    form = LookAgainForm(typed(request), organisations=organisations)
    by_code = {each.code: each for each in organisations}
    return _ask_for(
        request,
        report,
        form,
        template="look_again",
        kind=Kind.LOOK_AGAIN,
        about=by_code.get(form.data.get("about", "")),
    )


def _ask_for(
    request: HttpRequest,
    report: Report,
    form: WordsForm,
    *,
    template: str,
    kind: str,
    about: Organisation | None = None,
) -> HttpResponse:
    def do(key: UUID, now: datetime) -> None:
        given = form.cleaned_data
        ask(report, given.get("kind", kind), given["words"], key=key, now=now, about=about)

    answered_by = date_format(due(kind, on=timezone.localdate()), "j F Y")
    try:
        return one_form(
            request, form, template=template, do=do, done=ASKED, kind=kind, answered_by=answered_by
        )
    except AskedAlready as already:
        day = date_format(already.request.due_on, "j F Y")
        form.add_error(None, gettext("You have asked for this already. We answer by %(day)s.") % {"day": day})
        context = {"form": form, "kind": kind, "answered_by": day, "back_url": reverse("reporting:way_back")}
        return render(request, f"reporting/way_back/{template}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def contact(request: HttpRequest, report: Report) -> HttpResponse:
    """How the person can be reached safely from now on; what was safe before is forgotten."""
    answers = answers_so_far(report)
    if answers.get("Q25") not in ("yes", "contact_only"):
        answers["Q25"] = "contact_only"
    plan = {"Q25": answers["Q25"]}
    only_the_name = {name: each for name, each in report.contact_details().items() if name == "Q26_name"}
    data = None if NO_CONTACT in request.POST else typed(request)
    form = form_for(CONTACT, answers, today=timezone.localdate(), data=data)
    if request.method == "POST" and NO_CONTACT in request.POST:
        form = forms.Form({})  # type: ignore[assignment]

    def do(key: UUID, now: datetime) -> None:
        given = only_the_name if NO_CONTACT in request.POST else plan | form.given()
        change_contact(report, given, key=key, now=now)

    return one_form(
        request,
        form,
        template="contact",
        do=do,
        done=CONTACT_CHANGED,
        has_plan=bool(report.contact),
        no_contact=NO_CONTACT,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def survey(request: HttpRequest, report: Report) -> HttpResponse:
    """How did we do? Asked once it is due, of who agreed to be asked."""
    invitation = waiting(report, today=timezone.localdate())
    if invitation is None:
        return redirect("reporting:way_back")
    form = SurveyForm(typed(request))

    def do(key: UUID, now: datetime) -> None:
        answer(invitation, marks_of(form), form.cleaned_data[IN_WORDS], now=now)

    return one_form(request, form, template="survey", do=do, done=SURVEYED)


@login_not_required
@require_safe
def lost_code(request: HttpRequest) -> HttpResponse:
    """What can be done without the code: the same words to everybody, and nothing is asked."""
    contacts = numbers("101", "stop-hate-uk", "victim-first")
    context = {"contacts": contacts, "back_url": reverse("reporting:back")}
    return render(request, "reporting/way_back/lost_code.html", context)
