"""Pages that show nothing of a person, made once a process: those before the questions, and those of questions that
are not answered yet. They are the same for everybody who is asked the same, but for the form's token. A page that
holds one word of a person is never kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

# From Unicode's private part: nothing that is translated or typed contains it.
TOKEN = "\ue000token\ue001"
MOST_KEPT = 256

_kept: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()


def kept_page(
    request: HttpRequest, template: str, key: tuple[Hashable, ...], make: Callable[[], Mapping[str, Any]]
) -> HttpResponse:
    """The page from the store, or rendered with what `make` gives and stored; this person's token is put in after.

    `key` names all that the page depends on, beside the language and the installation.
    """
    whole = (template, get_language(), settings.IS_DEMO, str(settings.PARTNERSHIP_DIR), *key)
    pieces = _kept.get(whole)
    if pieces is None:
        pieces = tuple(render_to_string(template, {**make(), "csrf_token": TOKEN}, request).split(TOKEN))
        _kept[whole] = pieces
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    # Asking for a token gives the browser a cookie: a page without a form sets none.
    return HttpResponse(get_token(request).join(pieces) if len(pieces) > 1 else pieces[0])


def forget() -> None:
    """Empties the store (tests)."""
    _kept.clear()
