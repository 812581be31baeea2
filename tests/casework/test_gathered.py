"""The page of a case is found by one question, which finds what the models would find one after the other."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.statements import FRAMES
from casework.gathered import (
    ABSENCES,
    EVENTS,
    EVIDENCE,
    ON_REPORTS,
    ONE_A_REPORT,
    PARTS,
    REPORTS,
    gather_case,
    holds_on,
    person_on,
)
from casework.models import Case, CaseEvent, CaseReport
from casework.one_case import visible_case
from partners.models import Absence, District, User
from reporting import kept_pages
from reporting.historic import HistoricRow, receive_historic
from reporting.models import Evidence, Report, ReportAccess
from reporting.one_question import CannotBeGathered, Columns, gathered
from reporting.saying_more import write
from scope.context import staff_scope, worker_scope
from tests import people
from tests.casework.test_matching import AMINA
from tests.casework.world import WORDS, told, triaged
from tests.people import client_for, gwen, ngozi, tomasz
from tests.scope.conftest import fill

pytestmark = pytest.mark.django_db
MANY, MOST_STATEMENTS, MOST_OF_THE_QUEUE = 50, 20, 12


def everything(row: models.Model) -> dict[str, object]:
    """What a row holds, as far as it was fetched."""
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    values.pop("gathered", None)
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def all_of(rows: Iterable[models.Model]) -> list[dict[str, object]]:
    return [everything(row) for row in rows]


def a_case_with_all_there_is() -> tuple[Case, User]:
    """A case on which everything happened, and who works on it, who is away today."""
    filled = fill()
    officer, today = filled.own, people.NOW.date()
    assert officer.organisation
    with worker_scope():
        case = Case.objects.get(pk=filled.case)
        case.assign(to=officer, by=officer, now=people.NOW)
    Absence.objects.create(
        user=officer,
        organisation=officer.organisation,
        deputy=people.member("Stanley Stands-In", officer.organisation, "officer"),
        starts_on=today,
        ends_on=today,
    )
    return case, officer


def test_the_one_question_finds_what_the_models_find() -> None:
    case, officer = a_case_with_all_there_is()
    with staff_scope(officer.organisation_id or 0):
        gather_case(case, today=people.NOW.date())
        again = Case.objects.get(pk=case.pk)
        assert all_of(case.reports) == all_of(again.reports)
        assert [everything(each.data_key) for each in case.reports if each.data_key]
        for mine, theirs in zip(case.reports, again.reports, strict=True):
            assert mine.data_key == theirs.data_key
            for part in ON_REPORTS:
                found = all_of(gathered(mine, part.name))
                assert found, f"no {part.name}: the test compares nothing"
                assert found == all_of(gathered_by_the_models(theirs, part.name, part.order)), part.name
            for part in ONE_A_REPORT:
                assert everything(getattr(mine, part.name)) == everything(getattr(theirs, part.name))
        assert all_of(gathered(case, "events")) == all_of(again.events.all())
        assert all_of(gathered(case, "evidence")) == all_of(Evidence.objects.of(*again.reports))
        absent = Absence.objects.on(people.NOW.date()).filter(user=officer)
        assert all_of(gathered(case, "absences")) == all_of(absent)
        assert str(gathered(case, "absences")[0].deputy) == "Stanley Stands-In"
        assert person_on(case) == again.person
        assert [hold.reason for hold in holds_on(case)] == ["complaint"]
    assert {part.name for part in PARTS} == {
        part.name for part in (REPORTS, *ON_REPORTS, *ONE_A_REPORT, EVIDENCE, EVENTS, ABSENCES)
    }


def gathered_by_the_models(owner: Any, name: str, order: str) -> list[Any]:
    names = [
        f"-{each.removesuffix(' DESC')}" if each.endswith(" DESC") else each
        for each in order.replace("mine.", "").split(", ")
    ]
    return list(getattr(owner, name).order_by(*names))


def test_a_case_is_found_by_its_reference_as_the_lists_find_it() -> None:
    case, officer = a_case_with_all_there_is()
    barred = User.objects.get(name="Ewa Lis")
    found = []
    # Where the database hides nothing: the first wall on its own.
    with worker_scope():
        for person in (officer, barred, gwen(), tomasz()):
            at_length = Case.objects.visible_to(person).filter(reference=case.reference).first()
            one = visible_case(person, case.reference)
            assert (one and everything(one)) == (at_length and everything(at_length))
            found.append(one)
        assert visible_case(officer, "LLR-NONE-SUCH") is None
    assert [one is not None for one in found] == [True, False, False, False]
    assert found[0]
    assert (str(found[0].lead_organisation), found[0].assigned_to) == (str(officer.organisation), officer)


def test_what_comes_along_is_there_without_asking_again() -> None:
    case, officer = a_case_with_all_there_is()
    with staff_scope(officer.organisation_id or 0):
        gather_case(case, today=people.NOW.date())
        with CaptureQueriesContext(connection) as asked:
            for part in (*ON_REPORTS, EVENTS):
                owners = case.reports if part in ON_REPORTS else [case]
                for row in (each for owner in owners for each in gathered(owner, part.name)):
                    assert {name: str(getattr(row, name)) for name in part.along}.keys() == part.along.keys()
            assert [event.unseal("note") for event in gathered(case, "events")]
    assert asked.captured_queries == []


def test_who_may_not_see_a_report_gathers_nothing_of_it() -> None:
    case, _officer = a_case_with_all_there_is()
    for stranger in (gwen(), tomasz()):
        with staff_scope(stranger.organisation_id or 0):
            gather_case(case, today=people.NOW.date())
        assert (case.reports, gathered(case, "events"), gathered(case, "evidence")) == ([], [], [])


def test_a_column_that_nobody_knows_how_to_read_is_refused() -> None:
    class Odd(models.Model):
        lasts = models.DurationField(primary_key=True)

        class Meta:
            app_label = "casework"
            managed = False

    with pytest.raises(CannotBeGathered):
        Columns(Odd).read(["1 day"], {})


def test_what_is_kept_round_a_case_holds_nothing_of_it() -> None:
    now = timezone.now()
    case = triaged(told(now=now), by=ngozi(), now=now)
    kept_pages.forget()
    pages = [
        client_for(who).get(f"/staff/cases/{case.reference}/").content.decode() for who in (ngozi(), tomasz())
    ]
    for page, who in zip(pages, (ngozi(), tomasz()), strict=True):
        assert f'user-menu__name">{who}<' in page
        assert WORDS in page
        assert f"<title>{case.reference}" in page
    kept = "".join(piece for pieces in kept_pages._kept.values() for piece in pieces)
    assert "masthead" in kept
    assert [said for said in (WORDS, case.reference, str(ngozi()), str(tomasz())) if said in kept] == []


def test_a_page_of_fifty_costs_as_many_questions_as_one_and_no_more_than_twenty() -> None:
    now = timezone.now()
    case = triaged(told(now=now), by=ngozi(), now=now)
    other = triaged(told(now=now), by=ngozi(), now=now)
    with staff_scope(ngozi().organisation_id or 0):
        case.note("Rang.", by=ngozi(), now=now)
    grown(other, by=ngozi(), now=now)
    browser = client_for(ngozi())
    few, many = (asked_by(browser, f"/staff/cases/{each.reference}/") for each in (case, other))
    assert few == many <= MOST_STATEMENTS
    assert asked_by(browser, "/staff/queue/") <= MOST_OF_THE_QUEUE


def test_the_dearest_look_at_a_case_asks_no_more_than_twenty() -> None:
    now = timezone.now()
    case, elsewhere = (triaged(told(now=now), by=ngozi(), now=now) for _ in range(2))
    for each in (case, elsewhere):
        with staff_scope(ngozi().organisation_id or 0):
            each.write_down(AMINA, by=ngozi(), now=now)
            each.assign(to=ngozi(), by=ngozi(), now=now)
    browser = client_for(ngozi())
    browser.get(f"/staff/cases/{elsewhere.reference}/")
    with worker_scope():
        report = Report.objects.select_related("data_key").get(case_report__case=case)
        write(report, "They came back.", key=uuid4(), now=now)
    # Nobody has read it yet, something new is said, and somebody may be the same person.
    with CaptureQueriesContext(connection) as statements:
        page = browser.get(f"/staff/cases/{case.reference}/").content.decode()
    assert "They came back." in page
    assert "very likely the same person" in page
    assert sum(each["sql"] not in FRAMES for each in statements.captured_queries) <= MOST_STATEMENTS


def asked_by(browser: Any, path: str) -> int:
    # The first time fills what a process keeps.
    browser.get(path)
    with CaptureQueriesContext(connection) as statements:
        answer = browser.get(path)
    assert answer.status_code == 200
    return sum(each["sql"] not in FRAMES for each in statements.captured_queries)


def grown(case: Case, *, by: User, now: datetime) -> None:
    """Fifty of all that a page of a case shows: acts, days on which it was read, reports of earlier years."""
    earlier = [
        HistoricRow(
            received_at=now - timedelta(days=60 + n),
            strands=("religion",),
            place_kind="street",
            district=District.objects.get(code="charnwood"),
            words="It has happened before.",
            answers={"Q02": "victim"},
        )
        for n in range(MANY - 1)
    ]
    reports = receive_historic(earlier, now=now)
    with worker_scope():
        CaseReport.objects.bulk_create(
            CaseReport(case=case, report=report, added_at=now + timedelta(hours=1)) for report in reports
        )
        CaseEvent.objects.bulk_create(
            CaseEvent(case=case, number=10 + n, at=now, act="assign", by=by, facts={"to": by.pk})
            for n in range(MANY)
        )
        ReportAccess.objects.bulk_create(
            ReportAccess(
                report=report,
                user=by,
                organisation=by.organisation,
                role_name="Officer",
                day=(now - timedelta(days=1 + n)).date(),
            )
            for report in (*reports, Report.objects.get(reference=case.reference))
            for n in range(MANY if report.reference == case.reference else 1)
        )
