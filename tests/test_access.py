"""The list of doors is complete, and each opens to whom it should and to nobody else."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from partners.roles import ROLES
from tests.access_matrix import ALL, LETTERS, LOGIN, MATRIX, SECOND_STEP, Row
from tests.access_page import PAGE, page
from tests.access_world import OUTSIDERS, World, everything_is_there, make_world

SHARES = 4  # so that several processes can look at once
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
    with transaction.atomic():
        response = world.ask(who, method, path)
        transaction.set_rollback(True)
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


def surprises(world: World, row: Row) -> Iterator[str]:
    """What a row says otherwise than the portal does: every role, method and relation."""
    for relation, path in world.addresses(row.at).items():
        for method in ("GET", "POST"):
            for who in (*OUTSIDERS, *ALL):
                expected, got = row.expected(who, method, relation), answer(world, who, method, path)
                if got != expected:
                    name = LETTERS.get(who, who)
                    yield f"{method} /{row.route} {relation} as {name}: {got} instead of {expected}"


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.timeout(900)  # thousands of requests; a minute on a quiet machine
@pytest.mark.parametrize("share", range(SHARES))
def test_each_door_opens_to_whom_it_should(share: int) -> None:
    world = make_world()
    assert everything_is_there(world.records)
    found = [surprise for row in MATRIX[share::SHARES] for surprise in surprises(world, row)]
    say(found)


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
