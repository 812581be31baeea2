"""Saying something after sending: a message, more of what happened, something put right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from govuk.fields import ChosenFrom
from reporting.forms import KeepableWords, form_for
from reporting.journey import route
from reporting.journey.question import TOLD_AT_A_CENTRE, Page, words_for
from reporting.models import Addition, Report
from reporting.resharing import NobodyLeft
from reporting.saying_more import TooMuchToday, add, write
from reporting.strands import Channel
from reporting.visit import visiting

KEY = "key"
LONGEST = 4000
TOO_MUCH = _(
    "You have sent a lot today, and we want to read all of it. Keep this text, and send it tomorrow. "
    "If it cannot wait, call 101."
)
SAID_MESSAGE, SAID_MORE, SAID_CORRECTION = "m7", "d8", "c9"


class WordsForm(forms.Form):
    """A few words, and the key that makes two presses one."""

    words = KeepableWords(label="", limit=LONGEST, rows=6, label_size="m")

    def __init__(self, data: Any, *, label: Any, hint: Any = "", missing: Any) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].error_messages["required"] = missing


class CorrectionForm(WordsForm):
    """What to put right, and where it was said."""

    page = ChosenFrom(label=_("Which part is it about?"), choices=[], required=False, label_size="m")
    field_order = ("page", "words")

    def __init__(self, data: Any, *, pages: list[Page], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        topics = [(page.name, str(page.topic).capitalize()) for page in pages]
        self.fields["page"].choices = [("", _("Not sure")), *topics]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def message(request: HttpRequest, report: Report) -> HttpResponse:
    """Writes to whoever works on it."""
    form = WordsForm(
        typed(request),
        label=_("What would you like to tell us?"),
        hint=_("Only those who work on your report can read it. You do not have to say who you are."),
        missing=_("Write what you would like to tell us"),
    )
    return one_form(
        request,
        form,
        template="message",
        do=lambda key, now: write(report, form.cleaned_data["words"], key=key, now=now),
        done=SAID_MESSAGE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def more_words(request: HttpRequest, report: Report) -> HttpResponse:
    """More of what happened, in the person's own words."""
    form = WordsForm(
        typed(request),
        label=_("What else happened?"),
        hint=_("What you told us first stays as it is. This is kept beside it with today’s date."),
        missing=_("Write what else happened"),
    )
    return one_form(
        request,
        form,
        template="more_words",
        do=lambda key, now: add(
            report, {"words": form.cleaned_data["words"]}, kind=Addition.Kind.WORDS, key=key, now=now
        ),
        done=SAID_MORE,
        back="reporting:way_back_more",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def correction(request: HttpRequest, report: Report) -> HttpResponse:
    """Something put right; what was said first stays beside it."""
    pages = [page for page in route.pages_for(answers_so_far(report)) if page.is_stored]
    form = CorrectionForm(
        typed(request),
        pages=pages,
        label=_("What is wrong, and what is right?"),
        hint=_("What you told us first stays as it is. We will read both."),
        missing=_("Write what is wrong, and what is right"),
    )
    return one_form(
        request,
        form,
        template="correction",
        do=lambda key, now: add(report, _given(form), kind=Addition.Kind.CORRECTION, key=key, now=now),
        done=SAID_CORRECTION,
        back="reporting:way_back_more",
    )


@require_safe
@visiting
def more(request: HttpRequest, report: Report) -> HttpResponse:
    """What can still be told: a plain list, nothing of it needed."""
    answers = answers_so_far(report)
    context = {
        "pages": [
            {
                "title": words_for(page.title, answers),
                "code": page.code,
                "is_told": bool(route.of_page(page, answers)),
            }
            for page in route.more_for(answers)
            if page.is_stored
        ],
        "back_url": reverse("reporting:way_back"),
    }
    return render(request, "reporting/way_back/more.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def more_page(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    """One of the pages that nobody has to answer, asked again."""
    page = route.BY_CODE.get(code)
    answers = answers_so_far(report)
    if page is None or page not in route.more_for(answers):
        raise Http404
    form = form_for(page, answers, today=timezone.localdate(), data=typed(request))
    shown = [question for question in page.asked(answers) if not question.under]
    return one_form(
        request,
        form,
        template="more_page",
        do=lambda key, now: _add_what_is_new(report, answers, form.given(), key, now),
        done=SAID_MORE,
        back="reporting:way_back_more",
        page=page,
        title=words_for(page.title, answers),
        lead=words_for(page.lead, answers),
        question_is_heading=len(shown) == 1,
    )


def one_form(
    request: HttpRequest,
    form: forms.Form,
    *,
    template: str,
    do: Callable[[UUID, datetime], object],
    done: str,
    back: str = "reporting:way_back",
    **more: Any,
) -> HttpResponse:
    """Shows a form of the way back, does what it says and leads home saying so; refused, it keeps what was typed."""
    if form.is_valid():
        try:
            do(key_of(request), timezone.now())
        except TooMuchToday:
            form.add_error(None, TOO_MUCH)
        except NobodyLeft:
            form.add_error(None, _("Leave at least one organisation that may read it"))
        else:
            return redirect(f"{reverse('reporting:way_back')}?{done}")
    context = {"form": form, "key": key_of(request), "back_url": reverse(back), **more}
    return render(request, f"reporting/way_back/{template}.html", context)


def typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def key_of(request: HttpRequest) -> UUID:
    """The key that came with the form; a new one where none of ours did."""
    try:
        return UUID(request.POST[KEY])
    except (KeyError, ValueError):
        return uuid4()


def answers_so_far(report: Report) -> dict[str, Any]:
    """What was answered on sending and since, as the journey reads it."""
    answers = report.told() | report.contact_details()
    if report.channel == Channel.CENTRE:
        answers[TOLD_AT_A_CENTRE] = Channel.CENTRE.value
    for addition in report.additions.filter(kind=Addition.Kind.MORE):
        answers |= addition.said()
    return answers


def _add_what_is_new(
    report: Report, before: dict[str, Any], given: dict[str, Any], key: UUID, now: datetime
) -> None:
    """Nothing, where only what was said before was sent again."""
    new = {name: each for name, each in given.items() if before.get(name) != each}
    if new:
        add(report, new, kind=Addition.Kind.MORE, key=key, now=now)


def _given(form: CorrectionForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("page", "words") if form.cleaned_data[name]}
