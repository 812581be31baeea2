"""The list of all centres, narrowed to what somebody looks for."""

from collections.abc import Callable
from datetime import date

from centres.overseen import OverseenCentres, overseen
from partners.models import CentreStanding

# What to look for: code → (what the filter says, what the list then shows).
TO_DO: dict[str, tuple[str, Callable[[OverseenCentres, date], OverseenCentres]]] = {
    "check": ("To check now: hidden from the public", lambda rows, today: rows.hidden(today=today)),
    "agreement": (
        "Agreement missing or due in 60 days",
        lambda rows, today: rows.agreement_due(today=today),
    ),
    "champions": (
        "Fewer than two trained champions",
        lambda rows, today: rows.champions_missing(today=today),
    ),
    "improve": ("To improve", lambda rows, today: rows.to_improve()),
    "overdue": ("Improvement overdue", lambda rows, today: rows.improvement_overdue(today=today)),
}
STANDINGS = [("", "All but closed"), *((each.value, each.label.capitalize()) for each in CentreStanding)]


def directory(
    *, today: date, area: str = "", standing: str = "", to_do: str = "", by: str = ""
) -> OverseenCentres:
    """The centres with what the list shows of each; codes that mean nothing narrow nothing."""
    rows = overseen()
    rows = rows.filter(standing=standing) if standing else rows.not_closed()
    if area:
        rows = rows.filter(district__code=area)
    if by:
        rows = rows.filter(looked_after_by__code=by)
    if to_do in TO_DO:
        rows = TO_DO[to_do][1](rows, today)
    told = rows.telling_agreement().telling_champions(today=today).telling_fitness().telling_visits()
    return told.select_related("organisation", "district")
