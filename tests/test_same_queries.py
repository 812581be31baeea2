"""Every list asks the database as often for fifty rows as for one.

One world grows: each page is asked when there is one row of everything that it lists, and again when there are fifty.
A new list gets a line in PAGES, and its rows in `grow`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.loading import load_plans
from actionplans.models import ActionPlan
from casework.models import Keeping, LegalHold
from partners.models import (
    Absence,
    AccessReview,
    Invitation,
    Organisation,
    SharingAgreement,
    Team,
    User,
)
from reporting.models import Report
from reporting.receiving import receive
from scope.context import worker_scope
from tests.access_world import ALL_AT_CHARNWOOD
from tests.casework.world import ZAYNAB, anonymously, told, triaged
from tests.people import PARTNERSHIP, centre, client_for, member, organisation

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(180)]

MANY = 50
LATER = date(2027, 6, 1)
# Addresses of lists, by who looks: somebody in every role at Charnwood, or a volunteer at a centre.
PAGES = (
    "/staff/",
    "/staff/queue/",
    "/staff/cases/?list=mine",
    "/staff/cases/?list=ours",
    "/staff/cases/?list=overdue",
    "/staff/cases/?list=all",
    "/staff/plans/",
    "/staff/plans/appendix-c/",
    "/staff/plans/updates/",
    "/staff/sog/",
    "/staff/people/",
    "/staff/people/teams/",
    "/staff/people/reviews/",
    "/staff/away/",
    "/staff/sessions/",
    "/staff/partnership/",
    "/staff/partnership/organisations/",
    "/staff/partnership/areas/",
    "/staff/partnership/agreements/",
    "/staff/records/",
    "/staff/records/holds/",
    "/staff/audit/access/",
)
AT_A_CENTRE = ("/staff/", "/staff/centre/")


def test_fifty_rows_cost_as_many_queries_as_one() -> None:
    everything = member("Everything", organisation("charnwood-bc"), *ALL_AT_CHARNWOOD)
    volunteer = member("Asha Demir", centre().organisation, "centre_volunteer")
    load_plans(PARTNERSHIP, timedelta(0), timezone.now())
    grow(1, everything, volunteer)
    one = dict(queries(everything, volunteer))
    grow(MANY - 1, everything, volunteer)
    many = dict(queries(everything, volunteer))
    assert {page: (one[page], many[page]) for page in one if one[page] != many[page]} == {}


def queries(everything: User, volunteer: User) -> Iterator[tuple[str, int]]:
    """How many statements each page asks, the second time it is asked: the first may fill what processes remember."""
    for who, pages in ((everything, PAGES), (volunteer, AT_A_CENTRE)):
        browser = client_for(who)
        for page in pages:
            shown(browser, page)
            with CaptureQueriesContext(connection) as asked:
                shown(browser, page)
            yield f"{page} as {who}", len(asked)


def shown(browser: Client, page: str) -> None:
    response = browser.get(page)
    assert response.status_code == 200, page


def grow(by: int, everything: User, volunteer: User) -> None:
    """So many more of everything that is listed."""
    now, house = timezone.now(), everything.organisation
    assert house
    for number in range(by):
        mark = uuid4().hex[:8]
        waiting = told(now=now)
        triaged(told(now=now), by=everything, now=now)
        case = triaged(told(now=now - timedelta(days=40)), by=everything, now=now - timedelta(days=40))
        with worker_scope():
            case.assign(to=everything, by=everything, now=now)
        record_at_a_centre(volunteer)
        kept(waiting, everything)
        colleague = member(f"Colleague {mark}", house, "officer", now=now)
        Absence.objects.create(
            user=colleague, organisation=house, starts_on=now.date(), ends_on=LATER, deputy=everything
        )
        Team.objects.create(organisation=house, name=f"Team {mark}")
        quarter = date(1990, 1, 1) + timedelta(days=number + by)
        AccessReview.objects.create(organisation=house, quarter_start=quarter, opened_at=now, due_on=LATER)
        Invitation.invite(
            email=f"{mark}@charnwood-bc.example",
            name="Somebody New",
            organisation=house,
            role_codes=["officer"],
            by=None,
            now=now,
        )
        client_for(everything)
        another = copy_of(house, code=f"house-{mark}", name=f"House {mark}", short_name=f"House {mark}")
        agreement = SharingAgreement.objects.create(title=mark, signed_on=now.date(), review_on=LATER)
        agreement.organisations.add(another)
        more_plans(mark, house)


def record_at_a_centre(volunteer: User) -> None:
    answers = ZAYNAB | anonymously() | {"C01": "face_to_face", "C02": "on", "C06": "direct"}
    receive(
        {name: answer for name, answer in answers.items() if answer is not None},
        key=uuid4(),
        now=timezone.now(),
        centre=volunteer.organisation,
        recorded_by=volunteer,
    )


def kept(report: Report, by: User) -> None:
    """It is held, and falls due."""
    with worker_scope():
        LegalHold.put_on(report, reason="complaint", note="Asked for.", by=by, now=timezone.now())
        Keeping.objects.create(
            report=report,
            reference=report.reference,
            look_again_on=LATER,
            class_code="case_closed",
            then="review",
            due_on=LATER,
        )


def more_plans(mark: str, house: Organisation) -> None:
    plan = ActionPlan.objects.get(code="appendix-c")
    copy_of(plan, code=f"plan-{mark}", title=f"Plan {mark}")
    copy_of(plan.actions.first(), ref=mark, lead=house)


def copy_of(row: Any, **changes: object) -> Any:
    """One more row like this one."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy
