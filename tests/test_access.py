"""The list of doors is complete, and each opens to whom it should and to nobody else."""

import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.urls import URLPattern, URLResolver, get_resolver

from govuk.handlers import missing
from llr_hate import urls
from partners import presence
from partners.doors import requires
from partners.roles import ROLES
from tests.access_matrix import ALL, LETTERS, LOGIN, MATRIX, SECOND_STEP, Row
from tests.access_page import PAGE, page
from tests.access_world import OUTSIDERS, World, everything_is_there, make_world

SHARES = 2  # so that several processes can look at once
UNUSUAL = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def patterns(below: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern of the portal."""
    for pattern in below:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, here)
        else:
            yield here, pattern


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    listed = [row.route for row in MATRIX]
    assert sorted(listed) == sorted({route for route, _ in patterns(get_resolver().url_patterns)})


def test_every_role_has_its_letter() -> None:
    assert sorted(LETTERS.values()) == sorted(ROLES)


def test_every_row_with_a_record_says_whose_open_it_and_no_other_row_does() -> None:
    assert [row.route for row in MATRIX if ("{" in row.at) != bool(row.records)] == []


def answer(world: World, who: str, method: str, path: str) -> str:
    """What somebody gets; whatever the request changed is undone."""
    response = world.ask(who, method, path)
    world.undo()
    return said(response)


def said(response: HttpResponse) -> str:
    where = response.headers.get("Location", "")
    if where.startswith("/accounts/login/"):
        return LOGIN
    return SECOND_STEP if where == "/accounts/2fa/" else str(response.status_code)


def say(found: list[str]) -> None:
    """Fails with the surprises alone: not with the log lines of thousands of requests."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _nobody_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute, that somebody is still there would be written at each answer, and taken back with it."""
    monkeypatch.setattr(presence, "NOTED_EVERY", presence.IDLE)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were refused by the door itself: no view was entered that could look at the record."""
    door = requires()(missing).__code__
    at_the_door: list[str] = []

    def note(request: HttpRequest, exception: Http404) -> HttpResponse:
        last = deque(traceback.walk_tb(exception.__traceback__), maxlen=1)
        if any(frame.f_code is door for frame, _line in last):
            at_the_door.append(request.path)
        return missing(request, exception)

    monkeypatch.setattr(urls, "handler404", note)
    return at_the_door


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Each page is put in words for the first who gets it, and for the others only found: who it opens to is known
    by then. To be called where another page begins."""
    made: set[object] = set()
    render = Template.render

    def for_the_first(template: Template, *given: Any) -> str:
        if template.template in made:
            return ""
        with monkeypatch.context() as whole:
            whole.setattr(Template, "render", render)
            words = render(template, *given)
        made.add(template.template)
        return words

    monkeypatch.setattr(Template, "render", for_the_first)
    return made.clear


def surprises(world: World, row: Row, refused: list[str], read_once: Callable[[], None]) -> Iterator[str]:
    """What a row says otherwise than the portal does: every role, method and relation."""
    for method in ("GET", "POST"):
        read_once()
        for who in (*OUTSIDERS, *ALL):
            refused.clear()
            for relation, path in world.addresses(row.at).items():
                # The door knows the role alone: whose record it is, nobody asked, and nobody will.
                got = "404" if refused else answer(world, who, method, path)
                expected = row.expected(who, method, relation)
                if got != expected:
                    name = LETTERS.get(who, who)
                    yield f"{method} /{row.route} {relation} as {name}: {got} instead of {expected}"


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.timeout(900)  # thousands of requests; a minute on a quiet machine
@pytest.mark.parametrize("share", range(SHARES))
def test_each_door_opens_to_whom_it_should(
    share: int, refused: list[str], read_once: Callable[[], None]
) -> None:
    world = make_world()
    assert everything_is_there(world.records)
    rows = MATRIX[share::SHARES]
    say([surprise for row in rows for surprise in surprises(world, row, refused, read_once)])


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.timeout(900)  # thousands of requests; a minute on a quiet machine
def test_no_other_method_opens_anything() -> None:
    """HEAD is GET without its words; the others are refused before anything is looked at."""
    world = make_world()
    found = []
    for row in MATRIX:
        path = next(iter(world.addresses(row.at).values()))
        for who in ("signed out", row.letters[0]):
            for method in UNUSUAL:
                got, expected = answer(world, who, method, path), row.expected(who, "GET")
                if got not in ({expected, "405"} if method == "HEAD" else {"405"}):
                    found.append(f"{method} /{row.route} as {who}: {got}")
    say(found)


def test_only_what_reads_and_leaving_are_exempt_from_the_forms_token() -> None:
    """Leaving forgets what this browser knows; it must work in whatever state the page was."""
    exempt = {
        route
        for route, pattern in patterns(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert exempt == {"api/v1/plans/", "api/v1/schema/", "leave/"}


def test_the_printed_page_says_the_same() -> None:
    assert PAGE.read_text() == page(), "write it again: ./scripts/print-access"
