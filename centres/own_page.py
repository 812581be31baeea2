"""What a centre's own page says: what to do next, how its listing stands, and what the partnership knows of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from centres.checklist import Point, checklist
from centres.models import (
    CentreEvent,
    Champion,
    ChampionTraining,
    FitnessReview,
    MysteryVisit,
    Outcome,
)
from centres.standing import WhySuspended
from partners.models import CentreStanding, ReportingCentre, SharingAgreement
from partners.models.centre import VERIFIED_FOR
from partners.retention import add_months

TRAINED_FOR_MONTHS = 12
# How long before its day something stands on the list of what to do.
SOON = timedelta(days=30)
VISITS_SHOWN = 3
FOUND = "People who look for a place near them find you."
NOT_FOUND = "Nobody has confirmed in the last 90 days that your listing is true, so people are not sent here."


@dataclass(frozen=True)
class ToDo:
    """One thing to do next, and where."""

    words: str
    url: str
    is_late: bool = False


@dataclass(frozen=True)
class Listing:
    """How the listing stands, in words for those who work there. `confirm_by` is the last day on which the public is
    shown it unless somebody confirms it again."""

    is_shown: bool
    tag: str
    words: str
    what_to_do: str = ""
    confirmed_on: date | None = None
    confirm_by: date | None = None


@dataclass(frozen=True)
class OwnChampion:
    """A champion, what they learned last, and when that is a year old."""

    id: int
    name: str
    since: date
    course: str
    trained_on: date | None
    due_on: date | None
    is_due: bool


@dataclass(frozen=True)
class Fitness:
    """The newest look at whether the centre is fit for purpose, and what was missing."""

    review: FitnessReview
    missing: list[Point]
    of: int

    @property
    def is_to_improve(self) -> bool:
        return self.review.outcome != Outcome.PASS


@dataclass(frozen=True)
class OwnCentre:
    """All of it."""

    centre: ReportingCentre
    listing: Listing
    champions: list[OwnChampion]
    agreement: SharingAgreement | None
    fitness: Fitness | None
    visits: list[MysteryVisit]


def own_centre(centre: ReportingCentre, *, today: date) -> OwnCentre:
    """What is known of a centre on a day."""
    told = MysteryVisit.objects.filter(centre=centre).exclude(told_at=None)
    return OwnCentre(
        centre=centre,
        listing=listing_of(centre, today=today),
        champions=champions_of(centre, today=today),
        agreement=centre.organisation.sharing_agreements.order_by("-review_on", "pk").first(),
        fitness=fitness_of(centre),
        visits=list(told[:VISITS_SHOWN]),
    )


def listing_of(centre: ReportingCentre, *, today: date) -> Listing:
    """How the listing stands on a day."""
    match centre.standing:
        case CentreStanding.PROPOSED:
            return Listing(
                False,
                "Not listed yet",
                "The public is not sent here yet.",
                f"{_partner(centre)} lists you when everything is ready. Ask them what is still missing.",
            )
        case CentreStanding.SUSPENDED:
            return Listing(False, "Suspended", _why_suspended(centre), _while_suspended(centre))
        case CentreStanding.CLOSED:
            return Listing(False, "Closed", "This centre has closed, and nobody is sent here.")
    return _listed(centre, today=today)


def _listed(centre: ReportingCentre, *, today: date) -> Listing:
    last_day = centre.verified_on + VERIFIED_FOR if centre.verified_on else None
    is_shown = centre.is_verified(today=today)
    return Listing(
        is_shown,
        tag="Shown to the public" if is_shown else "Hidden from the public",
        words=FOUND if is_shown else NOT_FOUND,
        what_to_do="" if is_shown else "A centre manager can confirm it here. You are shown again at once.",
        confirmed_on=centre.verified_on,
        confirm_by=last_day,
    )


def _why_suspended(centre: ReportingCentre) -> str:
    event = CentreEvent.objects.filter(centre=centre, act="suspended").first()
    why = event.facts.get("reason") if event else None
    label = f": {WhySuspended(why).label}" if why in WhySuspended.values else ""
    return f"People are not sent here for the time being{label}."


def _while_suspended(centre: ReportingCentre) -> str:
    return (
        f"Speak to {_partner(centre)} about what is needed. You can still finish what you have begun, see your reports "
        "and pass on news."
    )


def _partner(centre: ReportingCentre) -> str:
    return centre.looked_after_by.name if centre.looked_after_by else "The partnership"


def champions_of(centre: ReportingCentre, *, today: date) -> list[OwnChampion]:
    """Its champions of now, in the order in which they began."""
    newest = ChampionTraining.objects.filter(champion=OuterRef("pk")).order_by("-trained_on", "-id")
    champions = Champion.objects.at_work().filter(centre=centre).select_related("person")
    told = champions.annotate(
        course=Subquery(newest.values("course")[:1]), trained_on=Subquery(newest.values("trained_on")[:1])
    )
    return [_own_champion(each, each.course or "", each.trained_on, today=today) for each in told]


def _own_champion(champion: Champion, course: str, trained_on: date | None, *, today: date) -> OwnChampion:
    due_on = add_months(trained_on, TRAINED_FOR_MONTHS) if trained_on else None
    return OwnChampion(
        id=champion.pk,
        name=champion.person.name,
        since=champion.since,
        course=course,
        trained_on=trained_on,
        due_on=due_on,
        is_due=due_on is None or due_on < today,
    )


def fitness_of(centre: ReportingCentre) -> Fitness | None:
    """The newest review; None where nobody has gone through the checklist yet."""
    review = FitnessReview.objects.filter(centre=centre).first()
    if review is None:
        return None
    points = checklist()
    return Fitness(review, points.missing(review.met), len(points.points))


def to_do(own: OwnCentre, *, is_manager: bool, waiting_to_be_told: int, today: date) -> list[ToDo]:
    """What to do next, the late first."""
    found = [*_to_pass_on(waiting_to_be_told), *_to_confirm(own.listing, is_manager, today)]
    found += [
        *_to_improve(own.fitness, today),
        *_to_train(own.champions, is_manager),
        *_to_review(own, today),
    ]
    return sorted(found, key=lambda each: not each.is_late)


def _to_pass_on(waiting: int) -> Iterator[ToDo]:
    if waiting:
        people = "1 person waits" if waiting == 1 else f"{waiting} people wait"
        yield ToDo(f"{people} to hear that there is something new for them", "#to-pass-on", is_late=True)


def _to_confirm(listing: Listing, is_manager: bool, today: date) -> Iterator[ToDo]:
    """Who does not run the centre is asked to tell who does."""
    ask = "Confirm" if is_manager else "Ask your manager to confirm"
    if listing.confirm_by and not listing.is_shown:
        yield ToDo(f"{ask} that the listing is true, so that people find you again", "#listing", is_late=True)
    elif listing.confirm_by and listing.confirm_by <= today + SOON:
        day = f"{listing.confirm_by:%-d %B}"
        yield ToDo(f"{ask} by {day} that the listing is true", "#listing")


def _to_improve(fitness: Fitness | None, today: date) -> Iterator[ToDo]:
    if fitness and fitness.is_to_improve and fitness.missing:
        many = len(fitness.missing)
        points = "1 point" if many == 1 else f"{many} points"
        by = fitness.review.improve_by
        when = f" by {by:%-d %B %Y}" if by else ""
        yield ToDo(
            f"Put right {points} of the checklist{when}", "#checklist", is_late=bool(by and by < today)
        )


def _to_train(champions: list[OwnChampion], is_manager: bool) -> Iterator[ToDo]:
    page = reverse("centres:own_champions") if is_manager else "#champions"
    if not champions and is_manager:
        yield ToDo("Name a champion whom colleagues can ask", page)
    due = [each.name for each in champions if each.is_due]
    if due:
        names = " and ".join(filter(None, [", ".join(due[:-1]), due[-1]]))
        yield ToDo(f"Training is due for {names}", page)


def _to_review(own: OwnCentre, today: date) -> Iterator[ToDo]:
    agreement = own.agreement
    if agreement is None:
        yield ToDo(f"Sign the sharing agreement: ask {_partner(own.centre)}", "#agreement")
    elif agreement.review_on <= today + SOON:
        day = f"{agreement.review_on:%-d %B %Y}"
        is_late = agreement.review_on < today
        was_due = "was to be looked at again by" if is_late else "is to be looked at again by"
        yield ToDo(f"The sharing agreement {was_due} {day}", "#agreement", is_late=is_late)
