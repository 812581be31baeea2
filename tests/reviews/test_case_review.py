"""ASB Case Reviews: offered from the first hate incident, asked for, accepted by two, finished, appealed."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.knowing_again import alike_on
from casework.matching import Details
from casework.models import Case, CaseEvent
from partners.models import User
from reviews.eligibility import eligible, in_time
from reviews.households import SameHome, same_home
from reviews.linking import link_place
from reviews.models import CaseReviewRequest, JagItem
from reviews.reviewing import (
    AskedAlready,
    NobodyElse,
    StepNotNow,
    answer_appeal,
    appeal,
    ask_for_review,
    decide_threshold,
    finish_review,
)
from scope.context import staff_scope, worker_scope
from tests.casework.world import told, triaged
from tests.people import NOW, client_for, gwen, ngozi, organisation

LATER = NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("answers", "received", "expected"),
    [
        ({"Q11": "exact", "Q11_date": "2026-02-10"}, date(2026, 3, 10), True),  # a month to the day
        ({"Q11": "exact", "Q11_date": "2026-02-09"}, date(2026, 3, 10), False),
        ({"Q11": "exact", "Q11_date": "2026-01-31"}, date(2026, 3, 1), True),  # there is no 31 February
        ({"Q11": "exact", "Q11_date": "2026-01-31"}, date(2026, 3, 2), False),
        ({"Q11": "about", "Q11_about": "week"}, date(2026, 3, 10), True),
        ({"Q11": "about", "Q11_about": "month"}, date(2026, 3, 10), True),
        ({"Q11": "about", "Q11_about": "half_year"}, date(2026, 3, 10), None),
        ({"Q11": "about", "Q11_about": "longer"}, date(2026, 3, 10), False),
        ({"Q11": "going_on"}, date(2026, 3, 10), True),
        ({"Q11": "not_sure"}, date(2026, 3, 10), None),
        ({}, date(2026, 3, 10), None),
    ],
)
def test_an_incident_is_to_be_reported_within_a_month(
    answers: dict[str, Any], received: date, expected: bool | None
) -> None:
    found = in_time(answers, received_on=received, months=1)
    assert found.is_met is expected
    assert "month" in found.line or "longer ago" in found.line


@pytest.mark.parametrize(
    ("reports", "is_hate", "expected"),
    [
        ([{"Q11": "going_on"}], True, True),
        ([{"Q11": "not_sure"}], True, None),
        ([{"Q11": "about", "Q11_about": "longer"}], True, False),
        ([{"Q11": "about", "Q11_about": "longer"}, {"Q11": "going_on"}], True, True),
        ([{"Q11": "going_on"}], False, False),
    ],
)
def test_one_hate_incident_reported_in_time_is_enough(
    reports: list[dict[str, Any]], is_hate: bool, expected: bool | None
) -> None:
    found = [in_time(each, received_on=date(2026, 3, 10), months=1) for each in reports]
    assert eligible(found, is_hate=is_hate).is_met is expected


def asked(case: Case, by: User) -> CaseReviewRequest:
    return ask_for_review(case, asked_on=NOW.date(), asked_by="person", why="Nobody came.", by=by, now=NOW)


@pytest.mark.django_db
def test_from_the_request_to_the_answer_of_an_appeal() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id or 0):
        review = asked(case, officer)
        with pytest.raises(AskedAlready):
            asked(case, officer)
        for alone in (officer.organisation, case.lead_organisation):
            with pytest.raises(NobodyElse):
                decide_threshold(review, is_met=True, agreed_with=alone, words="Yes.", by=officer, now=NOW)
        with pytest.raises(StepNotNow):
            finish_review(review, outcome="taken_back", recommendations="-", by=officer, now=NOW)
        decide_threshold(
            review, is_met=True, agreed_with=organisation("opcc"), words="Three times.", by=officer, now=NOW
        )
        assert review.due_on == NOW.date() + timedelta(days=28)
        assert not review.is_late(today=review.due_on)
        assert review.is_late(today=review.due_on + timedelta(days=1))
        # Accepted, it stands on the Joint Action Group's list.
        assert JagItem.objects.get(jag_cases__case=case).reasons == ["case_review"]
        finish_review(review, outcome="recommendations", recommendations="Move.", by=officer, now=LATER)
        with pytest.raises(StepNotNow):
            answer_appeal(review, on=LATER.date(), words="No.", by=officer, now=LATER)
        appeal(review, on=LATER.date(), words="Too late.", by=officer, now=LATER)
        answer_appeal(review, on=LATER.date(), words="Agreed.", by=officer, now=LATER)
        with pytest.raises(StepNotNow):
            appeal(review, on=LATER.date(), words="Again.", by=officer, now=LATER)
        kept = CaseReviewRequest.objects.get()
        assert [kept.unseal(name) for name in ("why", "decision", "recommendations", "appeal", "answer")] == [
            "Nobody came.",
            "Three times.",
            "Move.",
            "Too late.",
            "Agreed.",
        ]
        steps = CaseEvent.objects.filter(act="case_review").values_list("facts__step", flat=True)
        assert list(steps) == ["asked", "met", "done", "appealed", "answered"]
        # After the end, a new request begins anew.
        assert asked(case, officer).step == "asked"


@pytest.mark.django_db
def test_what_is_not_accepted_is_on_no_list() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id or 0):
        decide_threshold(
            asked(case, officer),
            is_met=False,
            agreed_with=organisation("opcc"),
            words="It was done.",
            by=officer,
            now=NOW,
        )
    with worker_scope():
        assert not JagItem.objects.exists()


@pytest.mark.django_db
def test_the_page_offers_a_review_from_the_first_incident_and_asks_what_the_person_believes() -> None:
    officer = ngozi()
    case, other = (triaged(told(), by=officer) for _ in range(2))
    browser, address = client_for(officer), f"/staff/cases/{case.reference}/case-review/"
    shown = browser.get(address).content.decode()
    assert "The person may ask for a case review" in shown
    assert "One hate incident is enough." in shown
    day = {"asked_on-day": "1", "asked_on-month": "3", "asked_on-year": "2026"}
    form = {"asked_by": "person", "why": "Nobody came.", **day}
    refused = browser.post(f"{address}ask/", form).content.decode()
    assert "Ask them." in refused
    assert "Nobody came." in refused
    assert browser.post(f"{address}ask/", form | {"believes": "on"})["Location"] == address
    shown = browser.get(address).content.decode()
    assert "Nobody came." in shown
    assert "Decide whether it is accepted" in shown
    # The same place, by the reference of a case that the officer sees.
    place = f"/staff/cases/{case.reference}/same-place/"
    wrong = browser.post(place, {"other": "LLR-2222-2222", "kind": "household"}).content.decode()
    assert "no case with this reference that you may see" in wrong
    assert browser.post(place, {"other": other.reference, "kind": "household"}).status_code == 302
    assert other.reference in browser.get(address).content.decode()


@pytest.mark.django_db
def test_the_same_home_is_suggested_and_nobody_is_thought_the_same_for_it() -> None:
    """Amina and Idris live at 4 Mill Lane; Gwen's case is there too, and Ngozi does not see it."""
    officer, gwens = ngozi(), gwen()
    case, other = (triaged(told(), by=officer) for _ in range(2))
    foreign = triaged(told(Q14="leicester", Q24=["no_one"]), by=gwens)
    for each, by, given, house in (
        (case, officer, "Amina", "4 "),
        (other, officer, "Idris", "4"),
        (foreign, gwens, "Wanda", "4"),
    ):
        with staff_scope(by.organisation_id or 0):
            each.write_down(Details(given=given, house=house, postcode="LE1 1AB"), by=by, now=NOW)
    with staff_scope(officer.organisation_id or 0):
        assert alike_on(case, asked_by=officer) == []
        assert same_home(case, asked_by=officer) == SameHome([other.reference], ["Leicester City"])
        link_place(case, other, kind="household", is_same=False, by=officer, now=NOW)
        assert same_home(case, asked_by=officer).references == []
    with worker_scope():
        foreign.reports[0].bars.create(organisation=officer.organisation, barred_at=NOW)
    with staff_scope(officer.organisation_id or 0):
        assert same_home(case, asked_by=officer).elsewhere == []
    page = f"/staff/cases/{case.reference}/same-place/?other={other.reference}"
    assert f'value="{other.reference}"' in client_for(officer).get(page).content.decode()
