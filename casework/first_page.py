"""The first page of the queue, and how many wait, in one question: what `casework.queue.waiting_for` says, written out
because every officer's day begins with it, and composing it takes longer than answering it."""

from typing import Any

from django.db import connection
from django.db.models.utils import create_namedtuple_class

from casework.queue import LISTED, Listed, Waiting
from govuk.paging import COUNTED_TO, ROWS_A_PAGE
from partners.models import User
from reporting.strands import Channel

# What a queryset's `values_list(named=True)` gives.
_Row: Any = create_namedtuple_class(*LISTED)
_COLUMNS = ", ".join(LISTED)
_ORDER = "needs_same_day_look DESC, received_at, id"
FIRST_PAGE = f"""
SELECT {_COLUMNS}, count(*) OVER (), count(*) FILTER (WHERE needs_same_day_look) OVER ()
FROM (
    SELECT {_COLUMNS}, id FROM reporting_report
    WHERE visible_to @> ARRAY[%s] AND (barred_people IS NULL OR NOT barred_people @> ARRAY[%s])
      AND taken_up_at IS NULL AND set_aside_at IS NULL AND erased_at IS NULL AND channel <> %s
    ORDER BY {_ORDER} LIMIT %s
) waiting
ORDER BY {_ORDER} LIMIT %s
"""


def first_page(user: User) -> tuple[list[Listed], Waiting]:
    """The reports at the top of this person's queue, and how many are in it, counted to a thousand and one."""
    asked = [user.organisation_id, user.pk, Channel.HISTORIC.value, COUNTED_TO + 1, ROWS_A_PAGE]
    with connection.cursor() as cursor:
        cursor.execute(FIRST_PAGE, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    counted = found[0][-2:] if found else (0, 0)
    return [_Row(*each[:-2]) for each in found], Waiting(*counted)
