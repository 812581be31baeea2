"""Pages of questions on which nothing was answered yet, made once a process: they are the same for everybody who is
asked the same, but for the form's token. A page that holds one word of a person is never kept."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reporting.journey import route
from reporting.journey.question import Answers, Page, who_tells
from reporting.walk import Walk

TOKEN = "\ue000token\ue001"
MOST_KEPT = 256

Key = tuple[Any, ...]
_kept: OrderedDict[Key, tuple[str, ...]] = OrderedDict()


def key_of(
    request: HttpRequest, page: Page, answers: Answers, walk: Walk, *, today: date, back_url: str
) -> Key | None:
    """All that such a page depends on; None where the page shows something of this person or of an officer."""
    if request.method == "POST" or walk.at_centre or route.of_page(page, answers):
        return None
    asked = tuple(question.is_asked(answers) for question in page.questions)
    world = (settings.IS_DEMO, str(settings.PARTNERSHIP_DIR), get_language(), today)
    return (*world, page.code, who_tells(answers), asked, route.page_facts(answers), back_url)


def kept_page(request: HttpRequest, key: Key, make: Callable[[], tuple[str, Mapping[str, Any]]]) -> HttpResponse:
    """The page from the store, or made (template and context) and stored; the token is put in afterwards."""
    pieces = _kept.get(key)
    if pieces is None:
        template, context = make()
        pieces = tuple(render_to_string(template, {**context, "csrf_token": TOKEN}, request).split(TOKEN))
        _kept[key] = pieces
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return HttpResponse(get_token(request).join(pieces))


def forget() -> None:
    """Empties the store (tests)."""
    _kept.clear()
