"""Rows of several tables added in one trip to the database: a report has many, and a person waits for each trip."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

Statement = tuple[str, Sequence[Any]]


def add_in_one_trip(rows: Sequence[models.Model], *, unless_there: Sequence[models.Model] = ()) -> None:
    """Adds `rows` in this order, then `unless_there`, of which one whose unique key is taken is left out.

    The ids are made in Python, and nothing is read back. Run it in a transaction; raises IntegrityError.
    """
    statements = [*_inserts(rows), *_inserts(unless_there, OnConflict.IGNORE)]
    with connection.cursor() as cursor:
        cursor.execute(
            ";\n".join(sql for sql, _ in statements), [each for _, params in statements for each in params]
        )
    for row in rows:  # as Django marks what it has added itself
        row._state.adding, row._state.db = False, connection.alias


def _inserts(rows: Sequence[models.Model], on_conflict: OnConflict | None = None) -> Iterator[Statement]:
    for row in rows:
        fields = _written(type(row))
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        yield _statement(type(row), on_conflict), values


def _written(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.has_db_default()]


@cache
def _statement(model: type[models.Model], on_conflict: OnConflict | None) -> str:
    # Composed by Django, and once: that takes longer than what is done with it.
    query = InsertQuery(model, on_conflict=on_conflict)
    query.insert_values(_written(model), [model()])
    ((sql, _values),) = query.get_compiler(connection=connection).as_sql()
    return sql
