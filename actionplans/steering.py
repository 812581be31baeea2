"""What the Delivery Group looks at first: exceptions, what moved since its last meeting, what waits for whom."""

from datetime import date

from actionplans.models import Action
from actionplans.rag import Rating


def worst(today: date, *, most: int) -> list[tuple[Action, str]]:
    """The actions that need attention most, the worst first, each with why."""
    found = Action.objects.off_track(today).select_related("plan", "lead").order_by("due", "pk")[:most]
    return [(action, _why(action, action.rating(today=today))) for action in found]


def _why(action: Action, rating: Rating) -> str:
    return f"{rating.rag.word}: {rating.reason}. {action.lead} leads."
