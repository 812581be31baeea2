"""Pages made once a process: those before the questions, those of questions that are not answered yet, and the
frames of those round the sending and of the staff's first list. They are the same for everybody who is asked the same,
but for the form's token and for what is put into their gaps afterwards. One word of a person is never kept."""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from govuk import retyped
from partners.edited import snapshot
from reporting.walk import Walk

# From Unicode's private part: nothing that is translated or typed contains it.
OPEN, CLOSE = "\ue000", "\ue001"
GAP = re.compile(f"{OPEN}(\\w+){CLOSE}")
TOKEN = "csrf_token"
MOST_KEPT = 512

_kept: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()

Make = Callable[[], Mapping[str, Any]]
# Is given what is personal, to be shown as it is and never asked about: in a page that is kept, gaps stand for it.
MakeRound = Callable[[Mapping[str, str]], Mapping[str, Any]]


def kept_page(request: HttpRequest, template: str, key: tuple[Hashable, ...], make: Make) -> HttpResponse:
    """The page from the store, or rendered with what `make` gives and stored; this person's token is put in after.

    `key` names all that the page depends on, beside the language, the installation and its wording.
    """
    return filled_page(request, template, key, lambda gaps: make(), {})


def framed_page(
    request: HttpRequest,
    walk: Walk,
    template: str,
    key: tuple[Hashable, ...],
    make: MakeRound,
    personal: Mapping[str, str],
) -> HttpResponse:
    """`kept_page` with what is `personal` put into it, escaped. At a centre, where the frame names the volunteer, the
    page is made anew."""
    if walk.at_centre:
        return render(request, template, {"walk": walk, **make(personal)})
    return filled_page(request, template, key, lambda gaps: {"walk": walk, **make(gaps)}, personal)


def filled_page(
    request: HttpRequest,
    template: str,
    key: tuple[Hashable, ...],
    make: MakeRound,
    personal: Mapping[str, str],
) -> HttpResponse:
    """`kept_page` with what is `personal` put into it, escaped unless it is marked safe."""
    whole = (
        template,
        get_language(),
        settings.IS_DEMO,
        str(settings.PARTNERSHIP_DIR),
        snapshot().generation,
        *key,
    )
    if retyped.is_there():
        return render(request, template, dict(make(personal)))
    pieces = _kept.get(whole)
    if pieces is None:
        gaps = {name: f"{OPEN}{name}{CLOSE}" for name in (*personal, TOKEN)}
        context = {**make(gaps), TOKEN: gaps[TOKEN]}
        pieces = tuple(GAP.split(render_to_string(template, context, request)))
        _kept[whole] = pieces
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return HttpResponse("".join(_filled(request, pieces, personal)))


@dataclass(frozen=True)
class _Named:
    """Who is signed in, as the head of a page names them."""

    name: str
    organisation: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


def framed_for_staff(
    request: HttpRequest, template: str, key: tuple[Hashable, ...], personal: Mapping[str, str]
) -> HttpResponse:
    """`filled_page` whose head names who is signed in."""
    who: Any = request.user
    named = {"name": str(who), "organisation": str(who.organisation or "")}

    def around(gaps: Mapping[str, str]) -> dict[str, Any]:
        shown = dict(gaps)
        user = _Named(shown.pop("name"), shown.pop("organisation") if named["organisation"] else "")
        return {**shown, "user": user}

    return filled_page(request, template, (*key, bool(named["organisation"])), around, {**personal, **named})


def _filled(request: HttpRequest, pieces: tuple[str, ...], personal: Mapping[str, str]) -> list[str]:
    # Odd places are the names of gaps: one pass, so a mark inside what was typed is only text.
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        name = filled[place]
        # Asking for a token gives the browser a cookie: a page without a form sets none.
        filled[place] = get_token(request) if name == TOKEN else conditional_escape(personal[name])
    return filled


def forget() -> None:
    """Empties the store (tests)."""
    _kept.clear()
