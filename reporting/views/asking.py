"""Asking one page of the journey: the public each of them, a centre those that nobody has to answer (all else is asked
in sheets, `record_sheets`)."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from partners import wording
from reporting.forms import PageForm, form_for, keepable
from reporting.heard import KEPT_AS, campaign_of, carried
from reporting.journey import route
from reporting.journey.before import DANGER, WHO, named_only_with_agreement
from reporting.journey.question import Answers, Page, voice, words_for
from reporting.journey.urgency import is_about_a_child, needs_care, needs_crisis_help
from reporting.kept_pages import kept_page
from reporting.later import form_as_typed, was_typed, with_typed, without_typed
from reporting.models import Draft, DraftChanged, DraftGone
from reporting.places import with_area_of_postcode
from reporting.receiving import received_before
from reporting.walk import Walk

SEEN_AS = "as"
LATER = "later"
STEP = "reporting/step.html"
# Where on the check page the pages stand that nobody has to answer.
MORE_IS_AT = "#more"


def ask(request: HttpRequest, code: str, walk: Walk) -> HttpResponse:
    """Shows a page of the journey, or takes its answers and leads on."""
    page = route.BY_CODE.get(code)
    if page is None:
        raise Http404
    if page is DANGER:
        return _ask_danger(request, walk)
    try:
        return _ask_page(request, page, walk)
    except DraftGone:
        return gone(request, walk)


def gone(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The answers are not here any more: they were sent, and then the receipt is shown, or they were erased."""
    try:
        received_before(walk.draft_id(request))
        return HttpResponseRedirect(walk.to("sent"))
    except DraftGone:
        context = {"walk": walk, "written": keepable(request.POST.get("Q07", ""))}
        return render(request, "reporting/gone.html", context, status=410)


def _ask_danger(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The first question: nothing of it is stored."""
    answers = walk.first_answers
    if _is_untouched(request, DANGER, answers, walk):
        return _show_untouched(request, DANGER, answers, walk)
    form = form_for(DANGER, answers, today=timezone.localdate(), data=_typed(request))
    if request.method == "POST" and form.is_valid():
        is_danger = form.given()["Q01"] == "yes"
        return HttpResponseRedirect(walk.to("emergency") if is_danger else walk.url(WHO) + carried(request))
    return _show(request, DANGER, form, answers, walk)


def _ask_page(request: HttpRequest, page: Page, walk: Walk) -> HttpResponse:
    draft = _draft(request, page, walk)
    answers = draft.read() if draft else _first_answers(request, walk)
    if draft and not route.may_open(page, answers):
        return HttpResponseRedirect(
            walk.url(route.unfinished(answers)[0] if route.unfinished(answers) else route.CHECK)
        )
    if _is_untouched(request, page, answers, walk):
        return _show_untouched(request, page, answers, walk)
    today = timezone.localdate()
    if request.method != "POST" and was_typed(page, answers) is not None:
        return _show(request, page, form_as_typed(page, answers, today=today), answers, walk)
    typed, is_outside = with_area_of_postcode(page, request.POST, answers)
    form = form_for(page, answers, today=today, data=typed if request.method == "POST" else None)
    if request.method == "POST" and LATER in request.POST and not walk.at_centre:
        return _save_for_later(request, page, form, draft, answers, walk)
    if is_outside:
        return _show(request, page, form, answers, walk, is_outside=True)
    if request.method == "POST" and form.is_valid():
        return _take(request, page, form, draft, answers, walk)
    return _show(request, page, form, answers, walk)


def _save_for_later(
    request: HttpRequest, page: Page, form: PageForm, draft: Draft | None, answers: Answers, walk: Walk
) -> HttpResponse:
    """Keeps what is on the page, finished or not, and leads to the code with which it opens again anywhere."""
    given = form.given() if form.is_valid() else None
    if _was_changed_elsewhere(request, page, answers, given or {}):
        return _show(request, page, form, answers, walk, changed_elsewhere=True)
    if given is not None:
        kept = route.with_page(page, without_typed(page, answers), given)
    else:
        kept = with_typed(page, answers, request.POST)
    response = HttpResponseRedirect(walk.to("saved"))
    if draft is None:
        draft = Draft.begin(kept, today=timezone.localdate())
        walk.remember(response, draft)
    else:
        try:
            draft.write(kept)
        except DraftChanged:
            return _show(request, page, form, walk.draft(request).read(), walk, changed_elsewhere=True)
    draft.return_code()
    return response


def _draft(request: HttpRequest, page: Page, walk: Walk) -> Draft | None:
    """The draft; before the first answer there is none."""
    try:
        return walk.draft(request)
    except DraftGone:
        if page is WHO:
            return None
        raise


def _take(
    request: HttpRequest, page: Page, form: PageForm, draft: Draft | None, answers: Answers, walk: Walk
) -> HttpResponse:
    given = form.given()
    if given.get("Q02") == "centre":
        return redirect(settings.LOGIN_REDIRECT_URL)
    if draft is None:
        return _begin(request, page, given, answers, walk)
    if _was_changed_elsewhere(request, page, answers, given):
        return _show(request, page, form, answers, walk, changed_elsewhere=True)
    now_answered = route.with_page(page, without_typed(page, answers), given)
    try:
        draft.write(now_answered)
    except DraftChanged:
        latest = walk.draft(request).read()
        if route.of_page(page, latest) != given:
            return _show(request, page, form, latest, walk, changed_elsewhere=True)
        now_answered = latest
    return HttpResponseRedirect(_onwards(request, page, now_answered, walk))


def _first_answers(request: HttpRequest, walk: Walk) -> dict[str, Any]:
    """What is known before the first question: that it is told at a centre, and which campaign led here."""
    campaign = campaign_of(request)
    return {**walk.first_answers, **({KEPT_AS: campaign} if campaign else {})}


def _begin(request: HttpRequest, page: Page, given: Answers, before: Answers, walk: Walk) -> HttpResponse:
    answers = route.with_page(page, before, given)
    draft = Draft.begin(answers, today=timezone.localdate())
    response = HttpResponseRedirect(_onwards(request, page, answers, walk))
    walk.remember(response, draft)
    return response


def _onwards(request: HttpRequest, page: Page, answers: Answers, walk: Walk) -> str:
    if page.name == "safety" and (needs_crisis_help(answers) or is_about_a_child(answers)):
        return walk.to("help")
    if page.name == "help" and needs_care(answers):
        return walk.to("help")
    if page.name == "evidence" and answers.get("Q21") == "yes" and not walk.is_practice:
        return walk.to("evidence")
    if page.is_more and "change" not in request.GET:
        return f"{walk.url(route.CHECK)}{MORE_IS_AT}"
    if "change" in request.GET:
        waiting = route.unfinished(answers)
        return walk.url(waiting[0], change=True) if waiting else walk.url(route.CHECK)
    return walk.url(route.page_after(page, answers))


def _was_changed_elsewhere(request: HttpRequest, page: Page, answers: Answers, given: Answers) -> bool:
    """Whether another window saved other answers to this page since it was shown."""
    stored = route.of_page(page, answers)
    seen_as = request.POST.get(SEEN_AS)
    return seen_as is not None and seen_as != print_of(stored) and stored not in (given, {})


def print_of(answers: Mapping[str, Any]) -> str:
    """What tells whether answers are still those that a page was shown with."""
    return sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:12]


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(
    request: HttpRequest,
    page: Page,
    form: PageForm,
    answers: Answers,
    walk: Walk,
    **said: bool,
) -> HttpResponse:
    """The page with its form; `said`: changed_elsewhere, is_outside."""
    return render(request, STEP, {**_around(request, page, answers, walk), "form": form, **said})


def _is_untouched(request: HttpRequest, page: Page, answers: Answers, walk: Walk) -> bool:
    """Whether the page shows nothing that this person said, and nobody's name."""
    said = route.of_page(page, answers) or was_typed(page, answers)
    return request.method != "POST" and not walk.at_centre and not said


def _show_untouched(request: HttpRequest, page: Page, answers: Answers, walk: Walk) -> HttpResponse:
    today = timezone.localdate()
    around = _around(request, page, answers, walk)
    words = tuple(str(value) for name, value in around.items() if name not in ("page", "walk"))
    asked = tuple(question.is_asked(answers) for question in page.questions)
    key = (page.code, voice(answers), asked, today, words)
    return kept_page(request, STEP, key, lambda: {**around, "form": form_for(page, answers, today=today)})


def _around(request: HttpRequest, page: Page, answers: Answers, walk: Walk) -> dict[str, Any]:
    """What stands round the form."""
    shown = [question for question in page.asked(answers) if not question.under]
    return {
        "walk": walk,
        "page": page,
        "parts": route.PARTS,
        "title": words_for(page.title, answers),
        "lead": words_for(page.lead, answers),
        "question_is_heading": len(shown) == 1,
        "seen_as": print_of(route.of_page(page, answers)),
        "seen_as_name": SEEN_AS,
        "leave_out_names": named_only_with_agreement(answers),
        "anyway": wording.sharing()["anyway"],
        "back_url": _back(request, page, answers, walk),
        "later": LATER if page.is_stored and not walk.at_centre else "",
        "skip_url": f"{walk.url(route.CHECK)}{MORE_IS_AT}" if page.may_skip else "",
    }


def _back(request: HttpRequest, page: Page, answers: Answers, walk: Walk) -> str:
    if "change" in request.GET:
        return walk.url(route.CHECK)
    before = route.page_before(page, answers)
    if before is not None:
        return walk.url(before) + (MORE_IS_AT if page.is_more else "")
    return reverse("reporting:safety")
