"""The first page of the queue, and how many wait, in one question: what `casework.queue.waiting_for` says, written out
because every officer's day begins with it, and composing it takes longer than answering it."""

from typing import Any

from django.db import connection
from django.db.models.utils import create_namedtuple_class

from casework.queue import LISTED, Listed, Waiting
from govuk.paging import COUNTED_TO, ROWS_A_PAGE
from partners.models import User
from reporting.strands import Channel
from scope.planned import PLAN_AT_ONCE, run_planned

# What waits has an index in the order of the queue, and is a small part of all there is. Left alone, PostgreSQL would
# look up all that an organisation was ever given, and sort what is left of it: longer with each year.
IN_ORDER, IN_ANY_ORDER = "SET LOCAL enable_sort = off", "SET LOCAL enable_sort = on"
# What a queryset's `values_list(named=True)` gives.
_Row: Any = create_namedtuple_class(*LISTED)
_COLUMNS = ", ".join(LISTED)
_ORDER = "needs_same_day_look DESC, received_at, id"
FIRST_PAGE = f"""
SELECT {_COLUMNS}, count(*) OVER (), count(*) FILTER (WHERE needs_same_day_look) OVER ()
FROM (
    SELECT {_COLUMNS}, id FROM reporting_report
    WHERE visible_to @> ARRAY[%s]::int[] AND (barred_people IS NULL OR NOT barred_people @> ARRAY[%s]::int[])
      AND taken_up_at IS NULL AND set_aside_at IS NULL AND erased_at IS NULL AND channel <> '{Channel.HISTORIC.value}'
    ORDER BY {_ORDER} LIMIT {COUNTED_TO + 1}
) waiting
ORDER BY {_ORDER} LIMIT {ROWS_A_PAGE}
"""


def in_its_order() -> None:
    """Whatever of the queue is asked for, for the rest of the transaction it is found along the queue's own index."""
    with connection.cursor() as cursor:
        cursor.execute(IN_ORDER)


def first_page(user: User) -> tuple[list[Listed], Waiting]:
    """The reports at the top of this person's queue, and how many are in it, counted to a thousand and one."""
    asked = [user.organisation_id, user.pk]
    with connection.cursor() as cursor:
        run_planned(cursor, [(FIRST_PAGE, asked)], under=(PLAN_AT_ONCE, IN_ORDER))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute(IN_ANY_ORDER)
    counted = found[0][-2:] if found else (0, 0)
    return [_Row(*each[:-2]) for each in found], Waiting(*counted)
