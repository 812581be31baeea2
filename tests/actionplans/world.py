"""The illustrative plans as they stand today, for the tests of this room."""

import re
from datetime import date, datetime

from django.utils import timezone

from actionplans.loading import load_plans
from tests.people import NOW, PARTNERSHIP, make_partnership


def plans_as_of(now: datetime = NOW) -> None:
    """The partnership with its plans, moved so that 31 January 2019 is today."""
    make_partnership()
    load_plans(PARTNERSHIP, timezone.localdate(now) - date(2019, 1, 31), now)


def tight(text: str) -> str:
    """A page without the space between its tags and words, which nobody sees."""
    return re.sub(r">\s+|\s+<", lambda match: match[0].strip(), text)
