"""Rows that many tests begin with: made by the real act once in each process, then put back as they were.

Only where the act would make the same rows again: what it builds on stands, and nothing else is in its tables.
Elsewhere the act is done.
"""

from collections.abc import Callable, Hashable
from functools import cache
from io import StringIO

from django.conf import settings
from django.db import connection, transaction

# By table, each row as COPY writes it. Ids stay unused: sequences never go back in a test database.
Rows = dict[str, list[str]]

# The database makes these itself, with the rows that they belong to.
MADE_BY_TRIGGERS = {"actionplans_edition", "actionplans_standing"}
# Whatever stands there is in nobody's way.
ONLY_ADDED_TO = {"audit_auditevent"}
# What the trail's stamps are made with; a test may have keys of its own.
KEYS_FILE = settings.KEYS_FILE

# What the serving role may write: not what is worked out, nor the number of an event's transaction.
COLUMNS = """
SELECT relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
  AND attgenerated = '' AND has_column_privilege(pg_class.oid, attname, 'INSERT')
GROUP BY relname ORDER BY relname
"""

_kept: dict[Hashable, Rows] = {}


def begin_with(what: Hashable, act: Callable[[], object], *, upon: Hashable = None) -> None:
    """Does `act`, or puts back what it made when it was called `what` before; `upon` is what had to stand for it."""
    if settings.KEYS_FILE != KEYS_FILE or not (upon is None or _stands(upon)):
        act()
    elif what not in _kept and connection.in_atomic_block:
        _do_and_keep(what, act, upon)
    elif what in _kept and _counts(_kept[what]) == _base(_kept[what], upon):
        _put_back(_kept[what])
    else:
        act()


def _do_and_keep(what: Hashable, act: Callable[[], object], upon: Hashable) -> None:
    before = {table: set(rows) for table, rows in _rows(_columns()).items()}
    act()
    after = _rows(_columns())
    assert all(rows <= set(after[table]) for table, rows in before.items()), f"{what} changed what stood"
    added = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    added = {table: rows for table, rows in added.items() if rows}
    if all(len(before[table]) == number for table, number in _base(added, upon).items()):
        _kept[what] = added


def _base(rows: Rows, upon: Hashable) -> dict[str, int]:
    """How many rows its tables are to hold before it."""
    return {table: len(_kept.get(upon, {}).get(table, ())) for table in sorted(rows.keys() - ONLY_ADDED_TO)}


def _counts(rows: Rows) -> dict[str, int]:
    tables = sorted(rows.keys() - ONLY_ADDED_TO)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


@cache
def _columns() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return {table: columns for table, columns in cursor if table not in MADE_BY_TRIGGERS}


def _stands(what: Hashable) -> bool:
    """Whether all that was kept is there now, unchanged."""
    kept = _kept.get(what)
    if kept is None:
        return False
    now = _rows(kept)
    return all(set(rows) <= set(now[table]) for table, rows in kept.items() if table not in ONLY_ADDED_TO)


def _rows(tables: Rows | dict[str, str]) -> Rows:
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            text = StringIO()
            cursor.copy_expert(f"COPY {table} ({_columns()[table]}) TO STDOUT", text)
            found[table] = text.getvalue().split("\n")[:-1]
    return found


@transaction.atomic
def _put_back(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, lines in rows.items():
            cursor.copy_expert(f"COPY {table} ({_columns()[table]}) FROM STDIN", StringIO("\n".join(lines)))
