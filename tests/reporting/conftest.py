"""Every test of this room stands in the partnership of Leicester, Leicestershire and Rutland."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections

from reporting import kept_pages
from tests.database import empty_all_tables
from tests.people import make_partnership


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test sees its pages made: one from the store has no context to look into."""
    kept_pages.forget()


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def partnership(db: None) -> None:
    """Organisations and areas, in the test's own transaction."""
    make_partnership()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Organisations and areas, really committed, for tests with several connections; all is removed afterwards."""
    with django_db_blocker.unblock():
        try:
            make_partnership()
            yield
        finally:
            connections["default"].close()
            empty_all_tables()
