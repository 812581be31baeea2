"""The survey by a link: these questions and nothing else. No reference, no report and no name stands there, and nothing
of a case can be reached from it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reporting.forms_of_survey import SurveyForm, marks_of
from reporting.models import SurveyLink
from reporting.survey import IN_WORDS, LinkOver, answer_by_link
from reporting.tries import has_tried_too_often, note_wrong_try
from reporting.views.way_back_words import key_of, typed


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, keeps the answers once, and thanks. Opening it uses nothing up: some mail programs look at links first."""
    if has_tried_too_often(request):
        return render(request, "429.html", {"back_url": "/"}, status=429)
    now, key = timezone.now(), key_of(request)
    link = SurveyLink.by_token(token, form=key, now=now)
    if link is None:
        return _over(request)
    form = SurveyForm(typed(request))
    if not form.is_valid():
        return render(request, "reporting/survey/asked.html", {"form": form, "key": key})
    try:
        answer_by_link(link, marks_of(form), form.cleaned_data[IN_WORDS], form=key, now=now)
    except LinkOver:  # used or taken back in the moment between
        return _over(request)
    return redirect("reporting:survey_thanks")


@login_not_required
@require_safe
def survey_thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whether they came from the survey or not."""
    return render(request, "reporting/survey/thanks.html")


def _over(request: HttpRequest) -> HttpResponse:
    """The same page for a link that was used, taken back, is too old or never was."""
    note_wrong_try(request)
    return render(request, "reporting/survey/over.html", status=410)
