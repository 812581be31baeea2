"""Sealing goes by finished transactions, so these tests commit; everything is removed afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from tests.audit.chain import look_only_here
from tests.database import empty_all_tables


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A database in which what is written stays until the test ends."""
    look_only_here(monkeypatch)
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
            empty_all_tables()


@pytest.fixture
def tamper(committed: None) -> Callable[..., None]:
    """Runs statements with the owner's rights and without the triggers: an insider with all rights in the database."""

    def run(*statements: str) -> None:
        with connections["owner"].cursor() as cursor:
            for table in ("audit_auditevent", "audit_seal"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER insert_only")
            try:
                for statement in statements:
                    cursor.execute(statement)
            finally:
                for table in ("audit_auditevent", "audit_seal"):
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER insert_only")

    return run
