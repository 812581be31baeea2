"""Statements that are put into words once and asked again and again.

Django composes a statement anew each time, and the database plans it anew: where a page shows much of a few rows, both
take longer than the answer. Here words are kept by the process, and plans by each connection (`scope.planned`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators
from psycopg2.extensions import AsIs

from scope.planned import run_planned


class _Wanted(list[int]):
    """Stands in a statement where ids are put in."""


WANTED = _Wanted()


class Slot(str):
    """Stands in a statement where a word is put in."""

    __slots__ = ()


@dataclass(frozen=True)
class Statement:
    """What a queryset asks, as words and what goes into them; rows come as plain tuples."""

    words: str
    given: tuple[Any, ...]

    @classmethod
    def of(cls, found: QuerySet[Any, Any]) -> Self:
        """The queryset's own, which must hold on every day that it is asked."""
        words, given = found.query.sql_with_params()
        return cls(words, tuple(given))

    def rows(self, wanted: Sequence[int] = (), **slots: str) -> list[tuple[Any, ...]]:
        """Asks, with these ids in the place of WANTED, and each slot's word by its name."""
        put_in = [slots[each] if isinstance(each, Slot) else list(wanted) for each in self._open]
        with connection.cursor() as cursor:
            run_planned(cursor, [(self._as_planned, put_in)])
            return cursor.fetchall()

    @cached_property
    def _open(self) -> list[Any]:
        return [each for each in self.given if _is_open(each)]

    @cached_property
    def _as_planned(self) -> str:
        """The words with all that never changes in them, so that the database knows what it plans for."""
        given = [AsIs(_OPEN) if _is_open(each) else each for each in self.given]
        with connection.cursor() as cursor:
            words = cursor.mogrify(self.words, given).decode().replace("%", "%%")
        for each in self._open:
            words = words.replace(_OPEN, "%s::text" if isinstance(each, Slot) else "%s::bigint[]", 1)
        return str(words)


# What stands for an open place while all others are filled; in no text of ours.
_OPEN = "\ue000"


def _is_open(each: Any) -> bool:
    return each is WANTED or isinstance(each, Slot)


def among(found: Any, column: str) -> Any:
    """Those of a queryset whose column, as the database calls it, is one of WANTED."""
    return found.extra(where=[f"{column} = ANY(%s)"], params=[WANTED])


class Objects:
    """The same for whole objects with what `select_related` brings; nothing is prefetched."""

    def __init__(self, found: QuerySet[Any]) -> None:
        self._compiler = found.query.get_compiler(found.db)
        words, given = self._compiler.as_sql()
        self._statement = Statement(words, tuple(given))
        kind = self._compiler.klass_info
        self._model, (first, *_, last) = kind["model"], kind["select_fields"]
        self._own = slice(first, last + 1)
        self._names = [column.target.attname for column, *_ in self._compiler.select[self._own]]
        self._others = get_related_populators(kind, self._compiler.select, found.db)  # type: ignore[call-arg]
        self._added = self._compiler.annotation_col_map or {}
        self._using = found.db

    def all(self, wanted: Sequence[int] = (), **slots: str) -> list[Any]:
        """Asks."""
        made = []
        for row in self._compiler.results_iter([self._statement.rows(wanted, **slots)]):
            each = self._model.from_db(self._using, self._names, row[self._own])
            for name, place in self._added.items():
                setattr(each, name, row[place])
            for other in self._others:
                other.populate(row, each)
            made.append(each)
        return made


def bring(to: Any, name: str, found: Sequence[Any]) -> None:
    """Puts what belongs to an object at hand, as prefetching does."""
    related = getattr(to, name).all()
    related._result_cache = list(found)
    to._prefetched_objects_cache = {**getattr(to, "_prefetched_objects_cache", {}), name: related}
