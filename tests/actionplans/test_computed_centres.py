"""What the portal counts of centres: Brindle and Tallow in Leicester, Quince in Melton, and none anywhere else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from actionplans.figures import figure_of
from actionplans.keeping_counts import count_again, keep_counts
from actionplans.models import Contribution, CountedBy, Measure
from centres.agreements import sign
from centres.champions import name_champion, record_training
from centres.models import Verification, VisitKind
from centres.standing import WhySuspended, suspend
from centres.visit_script import visit_script
from centres.visits import record_visit
from partners.models import CentreStanding, District, ReportingCentre, User
from tests.actionplans.world import plans_as_of
from tests.people import NOW, centre, member, organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LONG_AGO = TODAY - timedelta(days=200)


@pytest.fixture(autouse=True)
def world() -> None:
    """The plans stand as on their day; three centres were listed long before them."""
    plans_as_of()
    for code, area in (("brindle", "leicester"), ("tallow", "leicester"), ("quince", "melton")):
        found = centre(code, area=area)
        found.opened_on = TODAY - timedelta(days=2_000)
        found.save()


def lead() -> User:
    return member("Halina Frost", organisation("lcc"), "centre_lead")


def of(code: str) -> ReportingCentre:
    return ReportingCentre.objects.get(organisation__code=code)


def counted(ref: str) -> dict[str, Decimal]:
    """The districts that have a figure, and the figure."""
    measure = Measure.objects.select_related("action__lead").get(action__ref=ref)
    assert keep_counts([measure], now=NOW) == 1
    measure.refresh_from_db()
    figure = figure_of(measure, District.objects.all())
    return {cell.holder.code: cell.value for cell in figure.cells if cell.value is not None}


def whole(ref: str) -> Decimal | None:
    Measure.objects.filter(action__ref=ref).update(counted_by=CountedBy.WHOLE, total="single")
    counted(ref)
    return Measure.objects.get(action__ref=ref).value_now


def checked(code: str, on: date) -> None:
    ReportingCentre.objects.filter(organisation__code=code).update(verified_on=on)


def test_verified_is_the_share_of_a_district_s_listed_centres_and_nothing_where_there_are_none() -> None:
    checked("brindle", TODAY - timedelta(days=90))
    checked("tallow", TODAY - timedelta(days=91))
    assert counted("E1") == {"leicester": 50, "melton": 100}
    assert Measure.objects.get(action__ref="E1").value_now == 75, (
        "the mean of the districts that have centres"
    )
    assert whole("E1") == Decimal("66.67")


def test_a_suspended_or_proposed_centre_is_not_among_them() -> None:
    suspend(of("tallow"), reason=WhySuspended.CONCERN, by=lead(), now=NOW)
    ReportingCentre.objects.filter(organisation__code="quince").update(standing=CentreStanding.PROPOSED)
    assert counted("E1") == {"leicester": 100}


def test_a_check_counts_on_its_day_though_there_is_a_newer_one_after_the_plan_ended() -> None:
    end_the_plan(TODAY - timedelta(days=100))
    checked("quince", TODAY)
    assert counted("E1")["melton"] == 0
    Verification.objects.create(
        centre=of("quince"), verified_on=TODAY - timedelta(days=120), how="call", at=NOW, by=lead()
    )
    assert counted("E1")["melton"] == 100


def test_a_centre_that_closed_after_the_plan_ended_was_there_then() -> None:
    end_the_plan(TODAY - timedelta(days=100))
    closed = {"standing": CentreStanding.CLOSED, "verified_on": TODAY - timedelta(days=120)}
    quince = ReportingCentre.objects.filter(organisation__code="quince")
    quince.update(closed_on=TODAY - timedelta(days=10), **closed)
    assert counted("E1")["melton"] == 100
    quince.update(closed_on=TODAY - timedelta(days=100))
    assert "melton" not in counted("E1")


def end_the_plan(day: date) -> None:
    plan = Measure.objects.get(action__ref="E1").action.plan
    plan.period_start, plan.period_end = day - timedelta(days=365), day
    plan.save()


def test_an_agreement_counts_from_signing_until_the_day_of_its_review() -> None:
    council = organisation("leicester-city")
    sign(of("brindle"), council, signed_on=LONG_AGO, review_on=TODAY, by=lead(), now=NOW)
    sign(of("tallow"), council, signed_on=LONG_AGO, review_on=TODAY - timedelta(days=1), by=lead(), now=NOW)
    assert counted("E2") == {"leicester": 50, "melton": 0}


def test_the_newest_visit_of_the_last_twelve_months_tells_of_those_that_were_visited() -> None:
    assert counted("E3") == {}
    visited("brindle", TODAY - timedelta(days=40), good=False)
    visited("brindle", TODAY - timedelta(days=4), good=True)
    visited("tallow", TODAY - timedelta(days=4), good=False)
    visited("quince", TODAY - timedelta(days=400), good=True)
    assert counted("E3") == {"leicester": 50}


def visited(code: str, on: date, *, good: bool) -> None:
    items = [item.code for item in visit_script().items]
    noticed = items if good else items[:3]
    record_visit(of(code), kind=VisitKind.CALL, noticed=noticed, on=on, by=lead(), now=NOW)


def test_two_champions_at_work_and_trained_within_the_year_are_needed() -> None:
    champions("brindle", TODAY - timedelta(days=10), 2)
    champions("tallow", TODAY - timedelta(days=10), 1)
    champions("quince", TODAY - timedelta(days=400), 2)
    assert counted("E4") == {"leicester": 50, "melton": 0}


def champions(code: str, trained: date, many: int) -> None:
    here = of(code)
    people = [member(f"{name} Ash", here.organisation, "centre_volunteer") for name in ("Una", "Odo")[:many]]
    named = [name_champion(here, each, since=LONG_AGO, by=lead(), now=NOW) for each in people]
    record_training(named, course="Listening first", on=trained, by=lead(), now=NOW)


def test_new_centres_are_those_first_listed_in_the_plan_s_period_whatever_became_of_them() -> None:
    plan = Measure.objects.get(action__ref="E5").action.plan
    for code, day in (("brindle", plan.period_start), ("tallow", plan.period_start - timedelta(days=1))):
        ReportingCentre.objects.filter(organisation__code=code).update(opened_on=day)
    ReportingCentre.objects.filter(organisation__code="quince").update(opened_on=TODAY)
    suspend(of("quince"), reason=WhySuspended.CONCERN, by=lead(), now=NOW)
    found = {code: value for code, value in counted("E5").items() if value}
    assert found == {"leicester": 1, "melton": 1}
    assert whole("E5") == 2


def test_what_was_told_on_31_january_2019_stays_beside_what_is_counted() -> None:
    """The figures of the illustrative plan are history: nobody types these any more."""
    count_again(now=NOW)
    told = Contribution.objects.filter(measure__action__ref="E2", district__code="melton")
    assert [each.value for each in told] == [50]
    assert counted("E2")["melton"] == 0
