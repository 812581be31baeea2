"""Whether the public is sent to a centre now, and if not, why not: in one sentence. Pure."""

from datetime import date

from centres.models import CentreEvent
from centres.standing import WhySuspended
from insight.periods import in_words
from partners.models import CentreStanding, ReportingCentre
from partners.models.centre import VERIFIED_FOR


def in_a_sentence(centre: ReportingCentre, *, today: date, reason: str = "") -> str:
    """What the page of a centre says first; `reason` is why it is suspended, as a code."""
    if centre.standing == CentreStanding.LISTED:
        return _listed(centre, today)
    if centre.standing == CentreStanding.SUSPENDED:
        why = f": {lower_first(WhySuspended(reason).label)}" if reason in WhySuspended.values else ""
        return f"The public is not shown it, because it is suspended{why}."
    if centre.standing == CentreStanding.CLOSED and centre.closed_on:
        return f"It closed on {in_words(centre.closed_on)}. The public is not shown it."
    return "The public is not shown it yet: it is proposed, and nobody has listed it."


def _listed(centre: ReportingCentre, today: date) -> str:
    if centre.verified_on is None:
        return "The public is not shown it, because nobody has checked that its listing is true."
    last_day = in_words(centre.verified_on + VERIFIED_FOR)
    if centre.is_verified(today=today):
        return f"The public is shown it, until {last_day} unless somebody checks it again."
    days = (today - centre.verified_on).days
    return f"The public is not shown it: nobody has checked it for {days} days, and 90 is the most."


def reason_of_suspension(centre: ReportingCentre) -> str:
    """The code of why it is suspended; '' where it is not, or nobody said."""
    if centre.standing != CentreStanding.SUSPENDED:
        return ""
    event = CentreEvent.objects.filter(centre=centre, act="suspended").first()
    return str(event.facts.get("reason", "")) if event else ""


def lower_first(words: str) -> str:
    """The sentence as it goes on from another."""
    return words[:1].lower() + words[1:]
