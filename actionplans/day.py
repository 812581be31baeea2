"""The day on which a page about plans is made, and what is known of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from actionplans.models.action import keep_ratings


@dataclass(frozen=True)
class Day:
    """A page's day. Without `names` nothing is kept of what the page shows; with them, what people and organisations
    are called is what they name, and the page is only read."""

    today: date
    names: Hashable = None
    # None where nobody has looked yet.
    was_rated: bool | None = None

    @cached_property
    def is_rated(self) -> bool:
        """Whether all ratings of the day are kept; what is missing is worked out first."""
        if self.was_rated is None:
            return keep_ratings(self.today)
        return self.was_rated or keep_ratings(self.today, is_missing=True)
