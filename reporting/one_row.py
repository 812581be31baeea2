"""A row that a written-out question finds, as its model: composing the question anew each time, or asking the database
what its answer's columns are called, takes longer than answering it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from scope.planned import run_planned

M = TypeVar("M", bound=models.Model)


@cache
def columns_of(model: type[models.Model]) -> str:
    """The columns of `model` for a question that is written out, in the order in which `made` takes them."""
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


def made(model: type[M], row: Sequence[Any] | None) -> M | None:
    """The model of a row of `columns_of`; None of no row."""
    if row is None:
        return None
    return model.from_db(connection.alias, [field.attname for field in model._meta.concrete_fields], row)


def found(model: type[M], question: str, given: Sequence[Any]) -> M | None:
    """The first row that `question` finds, which asks for {columns}; None where there is none."""
    words = question.format(columns=columns_of(model))
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            cursor.execute(words, given)
        else:
            run_planned(cursor, [(words, given)])
        return made(model, cursor.fetchone())
