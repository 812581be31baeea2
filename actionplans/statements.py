"""Statements that are put into words once and asked again and again.

Django composes a statement anew each time; where a rating stands in it that takes longer than the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators


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

    def put(self, wanted: Sequence[int] = (), **slots: str) -> tuple[Any, ...]:
        """What goes into the words, with these ids in the place of WANTED, and each slot's word by its name."""
        put_in = (list(wanted) if each is WANTED else each for each in self.given)
        return tuple(slots[each] if isinstance(each, Slot) else each for each in put_in)

    def rows(self, wanted: Sequence[int] = (), **slots: str) -> list[tuple[Any, ...]]:
        """Asks."""
        with connection.cursor() as cursor:
            cursor.execute(self.words, self.put(wanted, **slots))
            return cursor.fetchall()


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
        self._others = get_related_populators(kind, self._compiler.select, found.db)
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
