"""Pages about plans, made once for everybody who may see the same, until something that they show is changed.

The database names what there is (Edition: another name after every change of a table that these pages show, also of
names and of who works where). Under that name, the day, the address and what the reader may see, a page is kept as
rendered; its gaps are the reader's name and organisation, the form's token and what a view calls personal. Memory
of one process alone, and never what somebody typed and did not send.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from actionplans import boards, kept_rows
from actionplans.day import Day
from actionplans.keeping import Store
from actionplans.models import Edition
from partners.directory import Directory, directory
from partners.doors import StaffRequest
from partners.edited import snapshot
from partners.models import District, Organisation, User
from partners.roles import Permission

# From Unicode's private part: nothing that is typed contains it.
OPEN, CLOSE = "\ue010", "\ue011"
GAP = re.compile(f"{OPEN}(\\w+){CLOSE}")
TOKEN, NAME, ORGANISATION = "csrf_token", "reader_name", "reader_organisation"
# About so many pages of a hundred thousand characters.
MOST_CHARACTERS = 25_000_000


_pages = Store(MOST_CHARACTERS)


@dataclass(frozen=True)
class Reader:
    """Who reads a page that is kept: nobody in particular, with the roles and the organisation of those who may see it.

    Stands in the place of the user in templates; shows gaps, and answers what somebody may do.
    """

    user: User
    organisation: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return _gap(NAME)

    @property
    def pk(self) -> int:
        return self.user.pk

    def may(self, permission: Permission) -> bool:
        """As the person who asks."""
        return self.user.may(permission)


Make = Callable[[Day], Mapping[str, Any]]
# In a view's context: this page shows something that no edition tells of, and is made anew each time.
ANEW = "is_made_anew"


def kept_page(
    request: StaffRequest,
    template: str,
    make: Make,
    *,
    today: date,
    beside: tuple[Hashable, ...] = (),
    personal: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page at this address as it is kept, or rendered with what `make` gives and kept.

    `beside` names what else it depends on; what is `personal` stands in its gaps, escaped, and is given to `make`'s
    page under its name.
    """
    # A message of another page is shown once, and what an administrator only tries is seen by nobody else.
    if len(get_messages(request)) or snapshot().is_trial:
        return render(request, template, {**make(Day(today)), **(personal or {})})
    user = request.user
    filling = {NAME: str(user), ORGANISATION: str(user.organisation or ""), **(personal or {})}
    newest = Edition.objects.newest(today)
    key = (newest.edition, today, template, request.get_full_path(), *_seen_by(user), *beside)
    pieces = _pages.get(key)
    if pieces is None:
        # All that rows show beside their actions; what a reader may do stands on none.
        names = (newest.names, get_language(), str(settings.PARTNERSHIP_DIR), _said())
        context = make(Day(today, names, newest.unrated))
        reader = Reader(user, _gap(ORGANISATION) if user.organisation else "")
        gaps = {name: _gap(name) for name in (*(personal or {}), TOKEN)}
        page = render_to_string(template, {**context, **gaps, "user": reader}, request)
        pieces = tuple(GAP.split(page))
        if not context.get(ANEW):
            _pages.put(key, pieces)
    return HttpResponse("".join(_filled(request, pieces, filling)))


def forget() -> None:
    """Empties all that is kept, so that the next page is made anew (tests, proofs)."""
    _pages.clear()
    kept_rows.forget()
    boards.forget()


def _seen_by(user: User) -> tuple[Hashable, ...]:
    """All that two people must have in common to be shown the same page."""
    return (
        user.organisation_id,
        tuple(role.code for role in user.roles),
        # Whoever owns plans sees their own drafts, and acts on their own plans.
        user.pk if user.may(Permission.OWN_PLANS) else 0,
        get_language(),
        settings.IS_DEMO,
        str(settings.PARTNERSHIP_DIR),
        _said(),
    )


def _said() -> Hashable:
    return snapshot().generation, _names(directory())


# Names of organisations come from memory that is ten seconds old at most: a page that was made with the old ones is
# not the page of the new ones.
@lru_cache(maxsize=4)
def _names(known: Directory) -> int:
    named: list[Organisation | District] = [*known.organisations.values(), *known.districts.values()]
    return hash(tuple((type(each).__name__, each.pk, each.code, str(each), each.name) for each in named))


def _gap(name: str) -> str:
    return f"{OPEN}{name}{CLOSE}"


def _filled(request: HttpRequest, pieces: tuple[str, ...], filling: Mapping[str, str]) -> list[str]:
    # Odd places are the names of gaps: one pass, so a mark inside what was typed is only text.
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        name = filled[place]
        filled[place] = get_token(request) if name == TOKEN else conditional_escape(filling[name])
    return filled
