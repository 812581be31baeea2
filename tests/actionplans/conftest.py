"""For tests in which two people act at once: everything is committed, and removed afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.database import empty_all_tables


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which what is written stays until the test ends."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
            empty_all_tables()
