"""Slipping again and again: an action whose date was put off twice, or that needed attention at two month ends running.

Plain Python. docs/RAG.md says the same in words.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from actionplans.rag import RagRating

# Put off so often, it is flagged.
OFTEN = 2
SETTLED = frozenset({RagRating.COMPLETE, RagRating.CLOSED, RagRating.DEFERRED, RagRating.ENDED})


def has_slipped_twice(*, times_put_off: int, now: RagRating, month_ends: Iterable[RagRating]) -> bool:
    """Whether its due date was put off twice, or it needs attention today and did at the ends of the last two months.

    `now` and `month_ends` are ratings by progress alone. What is complete, closed, deferred or ended slips no longer.
    """
    if now in SETTLED:
        return False
    return times_put_off >= OFTEN or all(rag.is_exception for rag in (now, *month_ends))


def last_month_ends(today: date) -> tuple[date, date]:
    """The last days of the two months before the one that `today` is in, the later one first."""
    last = today.replace(day=1) - timedelta(days=1)
    return last, last.replace(day=1) - timedelta(days=1)
