"""The day on which a page about plans is made, and what is known of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from actionplans.models.action import keep_ratings

# So many actions are rated by hand, one by one; more of them where they lie.
FEW = 100


@dataclass(frozen=True)
class Day:
    """A page's day. Without `names` nothing is kept of what the page shows; with them, what people and organisations
    are called is what they name, and the page is only read."""

    today: date
    names: Hashable = None
    # How many actions are not rated yet; None where nobody has looked.
    unrated: int | None = None

    @cached_property
    def is_rated(self) -> bool:
        """Whether all ratings of the day are kept; what is missing is worked out first."""
        if self.unrated is None:
            return keep_ratings(self.today)
        return not self.unrated or keep_ratings(self.today, is_missing=True)

    def rate_many(self) -> None:
        """Works out what is missing where that is more than a few."""
        if self.unrated is None or self.unrated > FEW:
            _ = self.is_rated
