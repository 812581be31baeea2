"""Rows of several tables added in one trip to the database: a report has many, and a person waits for each trip."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from scope.context import Asking, Statement, do_alone
from scope.planned import run_planned

# Of these the driver takes what stands in the model; all others are made ready by Django, which takes longer.
AS_THEY_ARE = {
    models.BooleanField,
    models.CharField,
    models.DateTimeField,
    models.ForeignKey,
    models.UUIDField,
}


def add_in_one_trip(
    asking: Asking,
    rows: Sequence[models.Model],
    *,
    first: Sequence[Statement] = (),
    unless_there: Sequence[models.Model] = (),
) -> None:
    """Runs the statements in `first`, then adds `rows` in this order, then `unless_there`, of which one whose unique
    key is taken is left out: all of it or nothing, in the scope of `asking`.

    The ids are made in Python, and nothing is read back. Raises what the database does.
    """
    do_alone(asking, [*first, *_inserts(rows), *_inserts(unless_there, OnConflict.IGNORE)])
    for row in rows:  # as Django marks what it has added itself
        row._state.adding, row._state.db = False, connection.alias


def add_here(rows: Sequence[models.Model], *, unless_there: Sequence[models.Model] = ()) -> None:
    """The same two within the transaction that is open, and in its scope: both are there, or it is undone."""
    statements = [*_inserts(rows), *_inserts(unless_there, OnConflict.IGNORE)]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        run_planned(cursor, statements)


def _inserts(rows: Sequence[models.Model], on_conflict: OnConflict | None = None) -> Iterator[Statement]:
    for model, found in groupby(rows, type):
        alike = list(found)
        given = [value_of(row) for row in alike for value_of in _values(model)]
        yield _statement(model, len(alike), on_conflict), given


@cache
def _values(model: type[models.Model]) -> list[Callable[[models.Model], Any]]:
    """How each column's value is had of a row."""
    return [_as_it_is(field) or partial(_made_ready, field) for field in _written(model)]


def _as_it_is(field: models.Field) -> Callable[[models.Model], Any] | None:
    """A way past Django, for a column whose value nothing is done with."""
    is_set_on_saving = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return attrgetter(field.attname) if type(field) in AS_THEY_ARE and not is_set_on_saving else None


def _made_ready(field: models.Field, row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


@cache
def _written(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.has_db_default()]


@cache
def _statement(model: type[models.Model], rows: int, on_conflict: OnConflict | None) -> str:
    # Composed by Django, and once: that takes longer than what is done with it.
    query = InsertQuery(model, on_conflict=on_conflict)
    query.insert_values(_written(model), [model()])
    ((sql, _values),) = query.get_compiler(connection=connection).as_sql()
    # For several rows Django composes another statement, which takes columns instead of rows.
    head, _values, rest = sql.partition(" VALUES ")
    row = rest[: rest.rindex(")") + 1]
    return f"{head} VALUES {', '.join([row] * rows)}{rest.removeprefix(row)}"
