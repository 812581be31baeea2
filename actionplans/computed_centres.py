"""What the portal counts of reporting centres: verified, with an agreement, visited, with champions, and new ones.

A share is of the centres of a district, in per cent; a district without any has none, which is not nought. How a centre
stood on an earlier day is not kept: only one that has closed since counts as it was.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from actionplans.counting import BY_DISTRICT, Cells, Computed, Question, own
from actionplans.models import CountedBy
from centres.models import MysteryVisit, Verification
from centres.overseen import CHAMPIONS_NEEDED, OverseenCentres, a_year_before, overseen
from partners.models import CentreStanding, ReportingCentre
from partners.models.centre import VERIFIED_FOR, CentreQuerySet

# A visit that went well scores so much, in per cent.
GOOD_SCORE = 80


def _active(question: Question) -> OverseenCentres:
    """Those that are listed; one that was closed after the day was so then."""
    closed_since = Q(standing=CentreStanding.CLOSED, closed_on__gt=question.day)
    opened = Q(opened_on=None) | Q(opened_on__lte=question.day)
    return overseen().filter(Q(standing=CentreStanding.LISTED) | closed_since).filter(opened)


def _verified(question: Question) -> Cells:
    days = (question.day - VERIFIED_FOR, question.day)
    checked = Verification.objects.filter(centre=OuterRef("pk"), verified_on__range=days)
    active = _active(question)
    return _shares(question, active.filter(Q(verified_on__range=days) | Exists(checked)), active)


def _with_agreement(question: Question) -> Cells:
    active = _active(question)
    return _shares(question, active.with_current_agreement(today=question.day), active)


def _with_champions(question: Question) -> Cells:
    active = _active(question)
    trained = active.with_champions_trained(today=question.day, at_least=CHAMPIONS_NEEDED)
    return _shares(question, trained, active)


def _scoring_well(question: Question) -> Cells:
    newest = (
        MysteryVisit.objects.filter(visited_on__range=(a_year_before(question.day), question.day))
        .order_by("centre_id", "-visited_on", "-id")
        .distinct("centre_id")
        .values_list("centre__district", "score")
    )
    visits = [(district if _is_by_district(question) else None, score) for district, score in newest]
    good = Counter(whose for whose, score in visits if score >= GOOD_SCORE)
    return _in_per_cent(good, Counter(whose for whose, _ in visits))


def _opened(question: Question) -> Cells:
    opened = ReportingCentre.objects.exclude(standing=CentreStanding.PROPOSED).filter(
        opened_on__range=(question.period.first, question.day)
    )
    return {whose: Decimal(number) for whose, number in _counted(question, opened).items()}


def _shares(question: Question, part: OverseenCentres, of: OverseenCentres) -> Cells:
    return _in_per_cent(_counted(question, part), _counted(question, of))


def _in_per_cent(part: Mapping[int | None, int], of: Mapping[int | None, int]) -> Cells:
    return {whose: Decimal(100 * part.get(whose, 0)) / number for whose, number in of.items() if number}


def _counted(question: Question, centres: CentreQuerySet) -> dict[int | None, int]:
    if not _is_by_district(question):
        return {None: centres.count()}
    return dict(centres.order_by().values_list("district").annotate(found=Count("pk")))


def _is_by_district(question: Question) -> bool:
    return question.by == CountedBy.DISTRICT


_CENTRES = "reporting centres in the portal"

OF_CENTRES = (
    Computed(
        own(
            "centres_verified",
            "Listed centres verified",
            "% of listed centres verified",
            "Of the listed centres, those whose listing somebody found true in the last 90 days.",
            _CENTRES,
        ),
        _verified,
        BY_DISTRICT,
        nothing=None,
    ),
    Computed(
        own(
            "centres_with_agreement",
            "Listed centres with a current agreement",
            "% of centres with a current agreement",
            "Of the listed centres, those with a signed information sharing agreement that is not past its review.",
            _CENTRES,
        ),
        _with_agreement,
        BY_DISTRICT,
        nothing=None,
    ),
    Computed(
        own(
            "centres_scoring_well",
            "Centres that a mystery visitor found good",
            "% of centres scoring 80 or more",
            "Of the centres that were visited in the last 12 months, those whose newest visit scored 80 or more.",
            "mystery visits recorded in the portal",
            # Where there is one centre, this says what one visitor thought of one place.
            is_publishable=False,
        ),
        _scoring_well,
        BY_DISTRICT,
        nothing=None,
    ),
    Computed(
        own(
            "centres_with_champions",
            "Listed centres with two trained champions",
            "% of active centres with 2 trained champions",
            "Of the listed centres, those with at least two champions at work who were trained in the last 12 months.",
            _CENTRES,
        ),
        _with_champions,
        BY_DISTRICT,
        nothing=None,
    ),
    Computed(
        own(
            "centres_opened",
            "New centres",
            "new centres",
            "Centres that were first listed in the plan's period, whatever became of them.",
            _CENTRES,
        ),
        _opened,
        BY_DISTRICT,
    ),
)
