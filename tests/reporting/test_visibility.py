"""An organisation sees a report when it holds an open grant and no bar; the array on the row says so at once."""

import pytest

from audit.models import AuditEvent
from reporting.models import GrantBasis, Report, ReportBar
from scope.context import worker_scope
from tests.casework.world import BARS_THE_POLICE, told
from tests.growing_world import recorded_at_a_centre
from tests.people import NOW, asha, gwen, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db


def seen_by(report: Report) -> set[int]:
    return set(Report.objects.get(pk=report.pk).visible_to)


def test_the_query_asks_for_the_persons_organisation_alone() -> None:
    report, theirs = told(**BARS_THE_POLICE), told(Q14="leicester", Q24=["no_one"])
    with worker_scope():
        assert list(Report.objects.visible_to(ngozi())) == [report]
        assert list(Report.objects.visible_to(gwen())) == [theirs]
        assert list(Report.objects.visible_to(tomasz())) == []


def test_a_grant_opens_and_its_end_closes_at_once() -> None:
    report, city = told(**BARS_THE_POLICE), organisation("leicester-city")
    with worker_scope():
        before = seen_by(report)
        report.grant_to(city, basis=GrantBasis.CASE, by=ngozi(), now=NOW)
        assert seen_by(report) == before | {city.pk}
        report.grant_to(city, basis=GrantBasis.CASE, by=ngozi(), now=NOW)
        assert report.grants.filter(organisation=city).count() == 1
        report.withdraw_from(city, by=ngozi(), now=NOW)
        assert seen_by(report) == before
        assert report.grants.get(organisation=city).withdrawn_at == NOW
    acts = AuditEvent.objects.filter(act__in=["report.granted", "report.withdrawn"]).values_list(
        "act", flat=True
    )
    assert sorted(acts) == ["report.granted", "report.withdrawn"]


def test_one_ground_that_is_left_is_enough() -> None:
    report, city = told(), organisation("leicester-city")
    with worker_scope():
        for basis in (GrantBasis.CASE, GrantBasis.PREFERENCE):
            report.grant_to(city, basis=basis, by=None, now=NOW)
        report.grants.filter(organisation=city, basis=GrantBasis.CASE).update(withdrawn_at=NOW)
        report.recompute_visibility()
        assert city.pk in seen_by(report)


def test_a_bar_is_stronger_than_any_grant() -> None:
    report, city = told(), organisation("leicester-city")
    with worker_scope():
        report.grant_to(city, basis=GrantBasis.CASE, by=None, now=NOW)
        ReportBar.objects.create(report=report, organisation=city, barred_at=NOW)
        report.recompute_visibility()
        assert city.pk not in seen_by(report)
        report.grant_to(city, basis=GrantBasis.PREFERENCE, by=None, now=NOW)
        assert city.pk not in seen_by(report)
        assert list(report.barred_organisations()) == [city.pk]


def test_a_bar_on_a_person_in_words_bars_no_organisation() -> None:
    report = told(**{**BARS_THE_POLICE, "Q24_bar_org": []})
    with worker_scope():
        assert list(report.barred_organisations()) == []
        before = seen_by(report)
        report.recompute_visibility()
        assert seen_by(report) == before


def test_bringing_the_array_in_line_changes_nothing_else() -> None:
    report = told()
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(needs_same_day_look=True, place_kind="street")
        report.recompute_visibility()
        after = Report.objects.get(pk=report.pk)
    assert (after.needs_same_day_look, after.place_kind) == (True, "street")


def test_the_array_is_kept_in_order() -> None:
    report = told()
    with worker_scope():
        for code in ("police", "melton-bc", "leicester-city"):
            report.grant_to(organisation(code), basis=GrantBasis.CASE, by=None, now=NOW)
        found = Report.objects.get(pk=report.pk).visible_to
    assert found == sorted(found)


def test_a_centre_finds_what_it_recorded_itself_and_the_queue_what_nobody_took_up() -> None:
    volunteer = asha()
    recorded_at_a_centre(volunteer)
    other = told(Q14="leicester", Q24=["no_one"])
    with worker_scope():
        recorded = list(Report.objects.recorded_at(volunteer.organisation))
        assert len(recorded) == 1
        assert other not in recorded
        assert set(Report.objects.waiting()) == {*recorded, other}
