"""Somebody rings up: officers find the report by its reference, or by what the caller says of themselves."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from scope.context import worker_scope
from tests.casework.test_knowing_again import BARS_CHARNWOOD, a_case
from tests.casework.world import told
from tests.people import client_for, gwen, ngozi

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/cases/find/"


def found(**typed: Any) -> str:
    return client_for(ngozi()).post(ADDRESS, typed).content.decode()


def test_a_reference_is_found_however_it_is_typed() -> None:
    report = told()
    assert f"{report.reference}</a>: waits to be read" in found(
        reference=report.reference.lower().replace("-", " ")
    )


def test_a_caller_without_reference_is_found_by_what_an_officer_wrote_down() -> None:
    case = a_case()
    assert f"{case.reference}</a>: in progress" in found(given="Amina", phone="07700900123").replace(
        "In p", "in p"
    )
    assert "because of the same name and home postcode" in found(
        given="Amina", family="Hussain", postcode="le11ab"
    )
    assert case.reference in found(email="AMINA@mail.example")


def test_a_name_alone_finds_nobody_and_says_what_is_needed() -> None:
    case = a_case()
    page = found(given="Amina", family="Hussain")
    assert "Enter the reference; or a name with the date of birth" in page
    assert case.reference not in page


def test_what_the_searcher_may_not_see_looks_like_nothing() -> None:
    theirs = a_case(by=gwen(), Q14="leicester", Q24=["no_one"])
    barred = a_case(by=gwen(), **BARS_CHARNWOOD, Q14="leicester")
    nothing = "Nothing that you may see was found"
    assert nothing in found(reference=theirs.reference)
    assert nothing in found(reference=barred.reference)
    assert nothing in found(email="amina@mail.example")


def test_the_trail_says_that_somebody_searched_and_not_what_they_typed() -> None:
    a_case()
    found(given="Amina", family="Hussain", postcode="LE1 1AB")
    with worker_scope():
        event = AuditEvent.objects.get(act="people.searched")
    assert event.facts == {"by_what": ["name_postcode", "sound_postcode"], "found": 1}


def test_ten_reports_of_one_person_cost_as_many_questions_as_one() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert "LLR-" in found(email="amina@mail.example")
        return len(questions)

    a_case()
    asked()
    alone = asked()
    for _ in range(9):
        a_case()
    assert asked() == alone
