"""Rows of several tables in the answer to one question: each table's rows as JSON, made models again.

A page of one record shows rows of a dozen tables, a few of each. Asked one after the other, most of the time goes into
composing questions and planning them; as one that is written out once, a connection plans it once.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from scope.planned import PLAN_AT_ONCE, run_planned

Row = list[Any]
Read = Callable[[Any], Any]
# What stands in JSON as Python has it. A column of any other kind is refused, until somebody says how it is read.
AS_IT_IS = (
    models.BooleanField,
    models.CharField,
    models.IntegerField,
    models.JSONField,
    models.TextField,
    ArrayField,
)
MADE_OF_TEXT: tuple[tuple[type[models.Field], Read], ...] = (
    (models.UUIDField, UUID),
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.BinaryField, lambda text: bytes.fromhex(text[2:])),
)


class CannotBeGathered(TypeError):
    """A column is of a kind that nobody has said how to read from JSON."""


@dataclass(frozen=True)
class Columns:
    """The columns of a model, or only those that are named: in a question, and read from its answer. What is left out
    is looked up when it is asked for, as with `only()`."""

    model: type[models.Model]
    only: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> list[models.Field]:
        every = self.model._meta.concrete_fields
        return [each for each in every if not self.only or each.attname in self.only]

    def sql(self, alias: str) -> str:
        """One JSON array of the columns, in the order in which `read` takes them."""
        names = ", ".join(f'{alias}."{each.column}"' for each in self.fields)
        return f"json_build_array({names})"

    def read(self, values: Row, known: dict[Any, models.Model]) -> Any:
        """The model of such an array, the same for the same row; None of the columns of no row."""
        key = values[self._place_of_pk]
        if key is None:
            return None
        found = known.get((self.model, key))
        if found is None:
            for place, read in self._readers:
                if values[place] is not None:
                    values[place] = read(values[place])
            found = known[self.model, key] = self.model.from_db(connection.alias, self._names, values)
        return found

    @cached_property
    def _names(self) -> list[str]:
        return [each.attname for each in self.fields]

    @cached_property
    def _place_of_pk(self) -> int:
        return next(place for place, each in enumerate(self.fields) if each.primary_key)

    @cached_property
    def _readers(self) -> list[tuple[int, Read]]:
        readers = ((place, _reader(each)) for place, each in enumerate(self.fields))
        return [(place, read) for place, read in readers if read]


def _reader(column: models.Field) -> Read | None:
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    for kind, read in MADE_OF_TEXT:
        if isinstance(column, kind):
            return read
    if isinstance(column, AS_IT_IS):
        return None
    raise CannotBeGathered(f"{column} is a {type(column).__name__}.")


@dataclass(frozen=True)
class Part:
    """Some rows of one table: `mine` in `where` and `order`, which are SQL. `along` names foreign keys whose rows come
    with them, and which of their columns."""

    name: str
    columns: Columns
    where: str
    order: str
    along: Mapping[str, Columns] = field(default_factory=dict)

    @cached_property
    def question(self) -> str:
        """'name', (all rows as one JSON array): two arguments of json_build_object."""
        meta = self.columns.model._meta
        keys = {each.name: each.column for each in meta.concrete_fields}
        joins = [
            f'LEFT JOIN "{columns.model._meta.db_table}" along_{name} ON along_{name}.id = mine."{keys[name]}"'
            for name, columns in self.along.items()
        ]
        arrays = [self.columns.sql("mine"), *(each.sql(f"along_{name}") for name, each in self.along.items())]
        return (
            f"'{self.name}', (SELECT json_agg(json_build_array({', '.join(arrays)}) ORDER BY {self.order})"
            f' FROM "{meta.db_table}" mine {" ".join(joins)} WHERE {self.where})'
        )

    def read(self, rows: list[list[Row]] | None, known: dict[Any, models.Model]) -> list[Any]:
        """The rows of the answer, in order."""
        return [self._made(each, known) for each in rows or ()]

    def _made(self, arrays: list[Row], known: dict[Any, models.Model]) -> Any:
        found = self.columns.read(arrays[0], known)
        for (name, columns), values in zip(self.along.items(), arrays[1:], strict=True):
            found._state.fields_cache[name] = columns.read(values, known)
        return found


def question_of(parts: Sequence[Part], *, first: str = "") -> str:
    """All parts as one question; `first` is its WITH."""
    return f"{first} SELECT json_build_object({', '.join(part.question for part in parts)})::text"


def gather(question: str, given: Sequence[Any], parts: Sequence[Part]) -> dict[str, list[Any]]:
    """The rows of each part by its name, in one trip; within a transaction, in the scope that is set there."""
    with connection.cursor() as cursor:
        run_planned(cursor, [(question, given)], under=[PLAN_AT_ONCE])
        answer = json.loads(cursor.fetchone()[0])
    known: dict[Any, models.Model] = {}
    return {part.name: part.read(answer[part.name], known) for part in parts}


def hand_out(rows: Iterable[Any], to: Iterable[Any], *, name: str, key: str) -> None:
    """Leaves with each of `to` those of `rows` whose foreign key `key` points at it, for `gathered`."""
    owners = {each.pk: each for each in to}
    found: dict[Any, list[Any]] = {owner: [] for owner in owners}
    for row in rows:
        owner = owners[getattr(row, f"{key}_id")]
        row._state.fields_cache[key] = owner
        found[owner.pk].append(row)
    for pk, owner in owners.items():
        leave_with(owner, name, found[pk])


def leave_with(owner: Any, name: str, rows: list[Any]) -> None:
    """For `gathered` to give."""
    owner.__dict__.setdefault("gathered", {})[name] = rows


def gathered(owner: Any, name: str, *along: str) -> list[Any]:
    """The rows that hang on `owner` by a related name: those that were handed out, or else asked for."""
    kept = owner.__dict__.get("gathered", {})
    if name in kept:
        return list(kept[name])
    rows = getattr(owner, name)
    return list(rows.select_related(*along) if along else rows.all())
