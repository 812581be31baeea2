"""Checking the public's words in other languages: the languages, and their phrases one by one."""

from collections import Counter
from dataclasses import dataclass, field
from gettext import c2py
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from govuk.paging import ROWS_A_PAGE, CappedPaginator
from partners.doors import StaffRequest, requires
from partners.languages import Language, known
from partners.roles import Permission
from reporting.better_words import problem_with, tidy
from reporting.checking_words import Checking, Standing, WordsChanged, checking, how_languages_stand, judge
from reporting.places_of_words import place_of
from reporting.translating import plural_rule

RIGHT = "right"
ALL = "all"
SHOWN = {
    Standing.OPEN.value: "Not checked",
    Standing.SECOND.value: "Second look needed",
    Standing.BETTER.value: "Better words given",
    ALL: "All",
}


@dataclass
class Typed:
    """What somebody sent about one phrase that could not be taken, and why."""

    key: str
    texts: list[str] = field(default_factory=list)
    problem: str = ""


@requires(Permission.CHECK_TRANSLATIONS)
@require_safe
def translations(request: StaffRequest) -> HttpResponse:
    """The languages, and how far checking each has come."""
    others = _others()
    stand = how_languages_stand(others)
    rows = [(language, _counts(stand[code])) for code, language in others.items()]
    return render(request, "reporting/translations/languages.html", {"rows": rows})


@requires(Permission.CHECK_TRANSLATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def phrases_of(request: StaffRequest, code: str) -> HttpResponse:
    """The phrases of one language; a post says of one of them that its words are right, or gives better ones."""
    language = _others().get(code)
    if language is None:
        raise Http404
    if request.method != "POST":
        return _page(request, language)
    about = next((each for each in checking(code) if each.key == request.POST.get("phrase")), None)
    if about is None:
        messages.error(request, "That phrase is not in use any more.")
        return redirect(_here(request, code))
    return _judge(request, language, about)


def _judge(request: StaffRequest, language: Language, about: Checking) -> HttpResponse:
    typed = Typed(about.key, request.POST.getlist("words"))
    better = [] if RIGHT in request.POST else _better(typed, language, about)
    if RIGHT not in request.POST:
        typed.problem = problem_with(better, about.phrase)
        if better == about.words:
            typed.problem = "These are the words in use. If they are right, say so with the button"
    if typed.problem:
        return _page(request, language, typed)
    now = timezone.now()
    try:
        judge(language.code, about.key, request.POST.get("seen", ""), better, by=request.user, now=now)
    except WordsChanged:
        typed.problem = "Other words are in use by now. Read them, then say again what you think"
        return _page(request, language, typed)
    messages.success(request, _said(about, better))
    return redirect(_here(request, language.code, about.key))


def _better(typed: Typed, language: Language, about: Checking) -> list[str]:
    """One text for each way to count, empty where none was sent."""
    ways = len(_ways(language, about))
    return [tidy(text, language) for text in [*typed.texts, *[""] * ways][:ways]]


def _said(about: Checking, better: list[str]) -> str:
    if better:
        return "Your better words are kept. They come into use with the next change of the portal."
    return "You said that these words are right." + (
        " Somebody else has to say so too." if about.people > 1 else ""
    )


def _page(request: StaffRequest, language: Language, typed: Typed | None = None) -> HttpResponse:
    every = checking(language.code)
    show = _show(request)
    # What was just typed stays in sight, however its phrase stands by now.
    shown = [each for each in every if show in (ALL, each.standing) or (typed and each.key == typed.key)]
    pages = CappedPaginator(shown, found=len(shown))
    at = next((place for place, each in enumerate(shown) if typed and each.key == typed.key), None)
    page = pages.get_page(request.GET.get("page") if at is None else at // ROWS_A_PAGE + 1)
    counts = _counts(Counter(each.standing for each in every))
    context = {
        "chosen": language,
        "counts": counts,
        "filters": [
            {"text": text, "url": f"?show={value}", "current": value == show, "count": counts[value]}
            for value, text in SHOWN.items()
        ],
        "page": page,
        "rows": [_row(request, language, each, typed) for each in page],
        "here": _here(request, language.code),
        "typed": typed,
        "has_errors": typed is not None,
        "back_url": reverse("reporting_staff:translations"),
    }
    return render(request, "reporting/translations/phrases.html", context)


def _row(request: StaffRequest, language: Language, about: Checking, typed: Typed | None) -> dict[str, Any]:
    mine = typed if typed and typed.key == about.key else None
    before = mine.texts if mine else []
    ways = _ways(language, about)
    return {
        "about": about,
        "place": place_of(about.phrase.at),
        "is_mine": request.user.pk in about.right_by,
        "problem": mine.problem if mine else "",
        "fields": [
            {"label": label, "text": before[number] if number < len(before) else ""}
            for number, label in enumerate(ways)
        ],
    }


def _ways(language: Language, about: Checking) -> list[str]:
    """What the fields for better words are called: one, or one for each way to count."""
    if not about.phrase.plural:
        return ["Better words"]
    forms, rule = plural_rule(language.code)
    way = c2py(rule)
    numbers = [[str(n) for n in range(130) if way(n) == form][:3] for form in range(forms)]
    return [f"Better words, as for {', '.join(some)}" for some in numbers]


def _counts(stand: Counter[Standing]) -> dict[str, int]:
    return {each.value: stand[each] for each in Standing} | {ALL: stand.total()}


def _show(request: StaffRequest) -> str:
    show = request.GET.get("show", "")
    return show if show in SHOWN else Standing.OPEN.value


def _here(request: StaffRequest, code: str, key: str = "") -> str:
    """The same part of the same list."""
    asked = {"show": _show(request), "page": request.GET.get("page", "")}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('reporting_staff:phrases', args=[code])}?{query}" + (f"#p-{key}" if key else "")


def _others() -> dict[str, Language]:
    return {code: each for code, each in known().items() if code != settings.LANGUAGE_CODE}
