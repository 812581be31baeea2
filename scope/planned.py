"""Statements that a connection plans once (PREPARE) and then only runs: for those that are asked so often, or write so
little, that being planned is most of what they cost.

A plan belongs to its connection, so whatever stands between portal and database must give each its own.
"""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

Statement = tuple[str, Sequence[Any]]
PLACE = re.compile("%[%s]")

# What each connection has planned, by its words.
_planned: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
# A name is never used twice, whatever became of the first try.
_numbers = count(1)


# A plan that knows no values is as good where rows are found by their ids, and PostgreSQL would otherwise plan the
# first five times anew: for a question over many tables, longer than answering it.
PLAN_AT_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan"


def run_planned(cursor: CursorWrapper, statements: Sequence[Statement], *, under: Sequence[str] = ()) -> None:
    """Runs statements, with %s where values go in and %% for a percent sign, in one trip; what the last one finds is
    fetched as ever.

    Words must be the same each time: whatever varies is a value. `under` are settings, made within a transaction and
    for the rest of it.
    """
    known = _planned.setdefault(connection.connection, {})
    new: dict[str, str] = {}
    trip: list[str] = [*under]
    for words, given in statements:
        name = known.get(words) or new.get(words)
        if name is None:
            name = new[words] = f"planned_{next(_numbers)}"
            trip.append(f"PREPARE {name} AS {_numbered(words)}")
        trip.append(f"EXECUTE {name}({', '.join(['%s'] * len(given))})" if given else f"EXECUTE {name}")
    cursor.execute("; ".join(trip), [value for _words, given in statements for value in given])
    known.update(new)


def _numbered(words: str) -> str:
    """The places for values as PostgreSQL counts them."""
    places = count(1)
    return PLACE.sub(lambda found: found[0] if found[0] == "%%" else f"${next(places)}", words)
