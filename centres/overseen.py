"""Questions about centres that need what is known of them here: agreement, champions, checklist, visits.

`overseen()` is every centre; what narrows and what tells something more can be put one after the other:
`overseen().active().with_current_agreement(today=today).count()`.
"""

from datetime import date
from typing import Self

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from centres.agreements import DUE_SOON
from centres.models import Champion, FitnessReview, MysteryVisit, Outcome
from centres.models.champion import ChampionQuerySet
from partners.models import CentreStanding, ReportingCentre, SharingAgreement
from partners.models.centre import VERIFIED_FOR, CentreQuerySet
from partners.retention import add_months

CHAMPIONS_NEEDED = 2


def a_year_before(today: date) -> date:
    """The first day that still counts as within the last 12 months."""
    return add_months(today, -12)


class OverseenCentres(CentreQuerySet):
    """Centres, with what the partnership knows of them."""

    # What narrows ---------------------------------------------------------------------------------------------

    def not_closed(self) -> Self:
        """Those that have not closed for good."""
        return self.exclude(standing=CentreStanding.CLOSED)

    def hidden(self, *, today: date) -> Self:
        """Listed ones that the public is not shown, because nobody has checked them in the last 90 days."""
        return self.filter(standing=CentreStanding.LISTED).exclude(verified_on__gte=today - VERIFIED_FOR)

    def with_current_agreement(self, *, today: date) -> Self:
        """Those whose information sharing agreement is signed, and not past its review."""
        current = _agreements().filter(signed_on__lte=today, review_on__gte=today)
        return self.filter(Exists(current))

    def agreement_due(self, *, today: date) -> Self:
        """Listed or suspended ones whose agreement is missing, past its review, or due for it within 60 days."""
        lasts = _agreements().filter(review_on__gt=today + DUE_SOON)
        at_work = (CentreStanding.LISTED, CentreStanding.SUSPENDED)
        return self.filter(~Exists(lasts), standing__in=at_work)

    def with_champions_trained(self, *, today: date, at_least: int = CHAMPIONS_NEEDED) -> Self:
        """Those with so many champions at work who were trained in the last 12 months."""
        return self._counting_champions(today).filter(champions_trained__gte=at_least)

    def champions_missing(self, *, today: date) -> Self:
        """Listed ones with fewer than two champions trained in the last 12 months."""
        listed = self._counting_champions(today).filter(standing=CentreStanding.LISTED)
        return listed.filter(champions_trained__lt=CHAMPIONS_NEEDED)

    def to_improve(self) -> Self:
        """Those that did not pass the checklist when it was last gone through."""
        unfit = (Outcome.IMPROVE, Outcome.SUSPEND)
        return self.telling_fitness().not_closed().filter(fitness_outcome__in=unfit)

    def improvement_overdue(self, *, today: date) -> Self:
        """Those whose time to improve is over, and nobody has gone through the checklist since."""
        return self.to_improve().filter(improve_by__lt=today)

    # What tells something more --------------------------------------------------------------------------------

    def telling_agreement(self) -> Self:
        """`agreement_review_on`: when the agreement that lasts longest is due for review; None without one."""
        days = _agreements().order_by("-review_on").values("review_on")
        return self.annotate(agreement_review_on=Subquery(days[:1]))

    def telling_champions(self, *, today: date) -> Self:
        """`champions_at_work`, and `champions_trained`: those of them who were trained in the last 12 months."""
        return self._counting_champions(today).annotate(champions_at_work=_count(Champion.objects.at_work()))

    def telling_fitness(self) -> Self:
        """`fitness_outcome`, `fitness_score`, `reviewed_on` and `improve_by` of the newest review; None without one."""
        newest = FitnessReview.objects.filter(centre=OuterRef("pk")).order_by("-reviewed_on", "-id")
        told = {"fitness_outcome": "outcome", "fitness_score": "score"}
        told |= {name: name for name in ("reviewed_on", "improve_by")}
        return self.annotate(**{name: Subquery(newest.values(field)[:1]) for name, field in told.items()})

    def telling_visits(self) -> Self:
        """`visit_score` (per cent) and `visited_on` of the newest mystery visit; None without one."""
        newest = MysteryVisit.objects.filter(centre=OuterRef("pk")).order_by("-visited_on", "-id")
        told = {"visit_score": "score", "visited_on": "visited_on"}
        return self.annotate(**{name: Subquery(newest.values(field)[:1]) for name, field in told.items()})

    def _counting_champions(self, today: date) -> Self:
        trained = Champion.objects.at_work().trained_since(a_year_before(today))
        return self.annotate(champions_trained=_count(trained))


def overseen() -> OverseenCentres:
    """Every centre, in the order of the districts."""
    return OverseenCentres(ReportingCentre).order_by(*(ReportingCentre._meta.ordering or ()))


def _agreements() -> QuerySet[SharingAgreement]:
    return SharingAgreement.objects.filter(organisations=OuterRef("organisation"))


def _count(rows: ChampionQuerySet) -> Coalesce:
    """How many of `rows` belong to the centre that is asked about."""
    of_this = rows.filter(centre=OuterRef("pk")).order_by()
    counted = of_this.annotate(many=Func(F("pk"), function="count")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
