"""The ids of practice drafts: a range of their own, in which the database lets no report and no file begin.

A report keeps its draft's id as its key (`Report.idempotency_key`), and files name the draft that they were added to.
So a rule about ids holds whatever the code does. Of such an id 74 bits are random; a digest that stands for an id falls
into the range once in some 10¹⁵ times, and an id that was drawn elsewhere (version 4) never.
"""

from secrets import randbits
from typing import Any
from uuid import UUID

from django.db.models import Q

FIRST = UUID("00000000-0000-8000-8000-000000000000")
LAST = UUID("00000000-0000-8fff-bfff-ffffffffffff")
_RANDOM_BITS = 62


def new_practice_id() -> UUID:
    """An id for a practice draft that nobody guesses."""
    return UUID(int=FIRST.int | randbits(12) << 64 | randbits(_RANDOM_BITS))


def is_of_practice(field: str) -> Q:
    """Whether the id in `field` is one of a practice draft; for constraints."""
    condition: dict[str, Any] = {f"{field}__range": (FIRST, LAST)}
    return Q(**condition)
