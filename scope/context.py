"""Who is asking, told to PostgreSQL inside the transaction, where the row policies read it.

One `scope()` serves requests, tasks and commands. It opens (or joins) a transaction, because a setting made
outside one would do nothing or leak to the connection's next use; a nested scope gives the outer one back.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from scope.planned import Statement, run_planned

SETTINGS = ("llr.scope", "llr.org", "llr.report", "llr.receipt", "llr.user")
_SET = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
# One trip for both: what is asked for first is looked up before anything is set.
_EXCHANGE = (
    "WITH outer_scope AS MATERIALIZED (SELECT "
    + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
    + f") SELECT outer_scope.*, {_SET.removeprefix('SELECT ')} FROM outer_scope"
)


@dataclass(frozen=True)
class Asking:
    """One asker: the kind of scope, and what it is limited to; '' stands for nothing."""

    kind: str
    organisation: str = ""
    report: str = ""
    receipt: str = ""
    user: str = ""


@contextmanager
def scope(asking: Asking) -> Iterator[None]:
    """Runs the block in a transaction in which only what `asking` may see exists."""
    with transaction.atomic():
        is_nested = len(connection.savepoint_ids) > 0
        if not is_nested:
            _set(astuple(asking))
            yield
            return
        before = _exchange(astuple(asking))
        yield
        # After an error the savepoint's rollback gives the outer scope back by itself.
        _set(before)


def staff_scope(organisation_id: int, user_id: int | None = None) -> AbstractContextManager[None]:
    """A member of staff: rows that their organisation has been granted and is not barred from, and from which they
    themselves are not barred."""
    return scope(Asking("staff", organisation=str(organisation_id), user=str(user_id or "")))


def public_scope(*, report: UUID | None = None, receipt: bytes | None = None) -> AbstractContextManager[None]:
    """A person without an account: the one report they are making, or whose receipt code they know."""
    return scope(public(report=report, receipt=receipt))


def public(*, report: UUID | None = None, receipt: bytes | None = None) -> Asking:
    """Who asks in `public_scope`."""
    return Asking("public", report=str(report or ""), receipt=receipt.hex() if receipt else "")


def worker_scope() -> AbstractContextManager[None]:
    """Background work and commands: every row."""
    return scope(Asking("worker"))


def counting_scope() -> AbstractContextManager[None]:
    """Figures: every row may be counted, none changed."""
    return scope(Asking("counting"))


def ask_alone(asking: Asking, question: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that one question finds in a scope of its own; None where it finds none.

    Outside a transaction it is one trip: PostgreSQL makes a transaction of what is sent together, with which the
    scope ends.
    """
    if connection.in_atomic_block:
        with scope(asking), connection.cursor() as cursor:
            cursor.execute(question, given)
            return cursor.fetchone()
    with connection.cursor() as cursor:
        run_planned(cursor, [(_SET, astuple(asking)), (question, given)])
        return cursor.fetchone()


def do_alone(asking: Asking, statements: Sequence[Statement]) -> None:
    """Runs statements in a scope and a transaction of their own, all of them or none.

    Outside a transaction it is one trip, as in `ask_alone`.
    """
    if connection.in_atomic_block:
        together = ";\n".join(sql for sql, _given in statements)
        with scope(asking), connection.cursor() as cursor:
            cursor.execute(together, [each for _sql, values in statements for each in values])
        return
    with connection.cursor() as cursor:
        run_planned(cursor, [(_SET, astuple(asking)), *statements])


def _exchange(values: tuple[str, ...]) -> tuple[str, ...]:
    """Sets the scope, and gives the one that was."""
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGE, values)
        return tuple(cursor.fetchone()[: len(SETTINGS)])


def _set(values: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)
