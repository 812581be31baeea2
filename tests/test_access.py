"""The list of doors is complete, and each opens to whom it should and to nobody else."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_matrix import MATRIX
from tests.access_world import WHO, World, make_world


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address pattern of the portal."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    assert set(routes(get_resolver().url_patterns)) == {route for route, _, _ in lines()}


def lines() -> list[tuple[str, str, dict[str, str]]]:
    return [
        (route, methods.get("at", "/" + route), {m: s for m, s in methods.items() if m != "at"})
        for route, methods in MATRIX.items()
    ]


def answer(world: World, column: int, method: str, path: str) -> str:
    """What one column gets; whatever the request changed is undone."""
    with transaction.atomic():
        response = world.browser(column).generic(
            method, path.format(**world.parts), b"", "application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    return said(response)


def said(response: HttpResponse) -> str:
    where = response.headers.get("Location", "")
    return "login" if where.startswith("/accounts/login/") else str(response.status_code)


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_each_door_opens_to_whom_it_should() -> None:
    world = make_world()
    surprises = []
    for route, path, methods in lines():
        for method, expected in methods.items():
            got = " ".join(answer(world, column, method, path) for column in range(len(WHO)))
            if got != expected:
                surprises.append(f"{method} /{route}: {got} instead of {expected}")
    assert not surprises, "\n" + "\n".join(surprises)


def test_every_line_answers_for_every_column_and_both_methods() -> None:
    for route, _, methods in lines():
        assert set(methods) == {"GET", "POST"}, route
        assert all(len(statuses.split()) == len(WHO) for statuses in methods.values()), route
