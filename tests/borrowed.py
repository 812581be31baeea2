"""Databases that many short runs take in turn: making one for each would take longer than the tests (mutation)."""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.db import connections

from tests.database import empty_all_tables, make_database, point_at

# Their names, separated by commas.
READY = "LLR_TEST_READY"


def make_ready(names: list[str]) -> None:
    """Makes databases to be borrowed; they stay."""
    home = connections["owner"].settings_dict["NAME"]
    for name in names:
        make_database(name)
        point_at(home)


@contextmanager
def borrow_test_database(names: list[str]) -> Iterator[None]:
    """The first of these that nobody else has, empty, behind both aliases for the block."""
    home = connections["owner"].settings_dict["NAME"]
    with ExitStack() as stack:
        point_at(next(name for name in names if _is_free(name, stack)))
        _empty_what_was_left()
        try:
            yield
        finally:
            point_at(home)


def _is_free(name: str, stack: ExitStack) -> bool:
    """Takes it, if nobody else has; a run that is killed gives it back."""
    path = Path(tempfile.gettempdir(), f"{name}.lock")
    lock = stack.enter_context(path.open("w"))
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _empty_what_was_left() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM partners_organisation)")
        is_left = cursor.fetchone()[0]
    if is_left:
        empty_all_tables()
