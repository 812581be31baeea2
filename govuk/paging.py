"""Pages of a long list at a price that does not grow with it: nobody counts beyond a thousand."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS_A_PAGE = 25
COUNTED_TO = 1_000


class CappedPaginator(Paginator):
    """Counts to a thousand and one; filters lead to what lies beyond."""

    object_list: Any

    def __init__(self, rows: Any, *, found: int | None = None) -> None:
        super().__init__(rows, ROWS_A_PAGE)
        if found is not None:
            self.found = found

    @cached_property
    def found(self) -> int:
        return self.object_list.order_by()[: COUNTED_TO + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, COUNTED_TO)

    def count_words(self) -> str:
        """'37', or 'more than 1,000'."""
        return f"{self.found:,}" if self.found <= COUNTED_TO else f"more than {COUNTED_TO:,}"


def page_of(rows: Any, request: HttpRequest, *, found: int | None = None) -> Page:
    """The page that the address asks for; the nearest one where there is none. `found` is how many rows there are,
    where somebody has counted them to a thousand and one already."""
    return CappedPaginator(rows, found=found).get_page(request.GET.get("page"))
