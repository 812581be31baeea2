"""What the portal itself can say about points of the checklist, for whoever goes through it. It decides nothing."""

from datetime import date

from centres.agreements import of_centre
from centres.models import Champion, How
from centres.overseen import a_year_before
from centres.timeliness import IN_TIME, in_last_year
from insight.periods import in_words
from partners.models import ReportingCentre
from scope.context import counting_scope


def already_known(centre: ReportingCentre, *, today: date) -> dict[str, str]:
    """One sentence for each kind of fact that a point may name (`centres.checklist.KNOWN`)."""
    return {
        "verified": _checked(centre),
        "step_free": f"Its listing says {'yes' if centre.is_step_free else 'no'}.",
        "private_room": f"Its listing says {'yes' if centre.has_private_room else 'no'}.",
        "champions": _champions(centre, today),
        "timeliness": _timeliness(centre, today),
        "agreement": _agreement(centre, today),
        "visited": _visited(centre),
    }


def _checked(centre: ReportingCentre) -> str:
    if centre.verified_on is None:
        return "The portal knows of no check."
    return f"The listing was last found true on {in_words(centre.verified_on)}."


def _champions(centre: ReportingCentre, today: date) -> str:
    trained = Champion.objects.filter(centre=centre).at_work().trained_since(a_year_before(today)).count()
    return f"The portal knows of {trained} trained in the last 12 months."


def _timeliness(centre: ReportingCentre, today: date) -> str:
    with counting_scope():
        found = in_last_year(centre, today=today)
    if not found.sent:
        return "It sent no report in this quarter or the three before."
    return f"{found.in_time} of {found.sent} in this quarter and the three before, within {IN_TIME} working days."


def _agreement(centre: ReportingCentre, today: date) -> str:
    agreement = of_centre(centre)
    if agreement is None:
        return "The portal knows of no agreement."
    past = "was due" if agreement.review_on < today else "is due"
    return f"Signed on {in_words(agreement.signed_on)}; its review {past} on {in_words(agreement.review_on)}."


def _visited(centre: ReportingCentre) -> str:
    came = centre.mystery_visits.filter(kind="visit").values_list("visited_on", flat=True)[:1]
    checked = centre.verifications.filter(how=How.VISIT).values_list("verified_on", flat=True)[:1]
    days = [*came, *checked]
    return f"Somebody was there on {in_words(max(days))}." if days else "The portal knows of no visit."
