"""Words that are not shared stand on no page of a case; and what the person takes back is gone from every page and from
every table at once, for each agency that it covered."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from casework.assessing import assess_risk
from casework.contacting import Tried, log_contact
from casework.giving_sight import Terms, share
from casework.models import Case, Referral
from casework.packs import make_pack
from casework.referring import refer
from partners.models import User
from reporting.models import Report
from reporting.withdrawing import take_back
from scope.context import public_scope, staff_scope, worker_scope
from tests.access_matrix import MATRIX
from tests.at_a_centre import LOW_RISK, at_a_centre
from tests.casework.given import chosen_later
from tests.casework.test_matching import AMINA
from tests.casework.world import STANDS_APART, shared_anyway, told, triaged
from tests.people import NOW, asha, client_for, farah, member, ngozi, organisation, tomasz
from tests.scope.tables import PROTECTED

pytestmark = pytest.mark.django_db

# What each part says, in words that stand nowhere else.
CANARIES = {
    "what": ("kicked my bicycle",),
    "person": ("01632 960 014", "Hussain", "Wrote a letter to Zaynab"),
    "risk": ("She sleeps elsewhere now",),
    "done": ("Wrote down to whom it happened",),
    # What officers and volunteers wrote is shared with nobody who sees parts.
    "notes": ("Rang, no answer", "We rang the school", "Heard it at the desk"),
    "suspect": ("Ray Nettle",),
}
PARTS_OF_PAGES = re.compile(r"{(\w+)}")


def of_victim_first() -> User:
    return member("Vera Lind", organisation("victim-first"), "officer")


def a_case_with_everything() -> Case:
    """Recorded at a centre, triaged, assessed, rung, written about; the name of somebody stands apart."""
    case = triaged(told(by=asha(), **at_a_centre(STANDS_APART, C05="Heard it at the desk")), by=ngozi())
    around = {"by": ngozi(), "now": NOW}
    with staff_scope(ngozi().organisation_id or 0):
        case.write_down(AMINA, **around)
        # Later than the centre's own: of two of one moment nobody knows which is the newest.
        said = {"judged": "high", "reason": "She sleeps elsewhere now"}
        assess_risk(case, LOW_RISK, **said, by=ngozi(), now=NOW + timedelta(hours=1))
        log_contact(
            case,
            case.reports[0],
            Tried("letter", "sent", NOW, "Wrote a letter to Zaynab"),
            happened_so=True,
            **around,
        )
        case.note("Rang, no answer", **around)
        case.tell_reporter("We rang the school", status="read", **around)
    return case


def addresses(case: Case, **more: str) -> Iterator[str]:
    """Every page of the staff side in whose address the case's reference, or one of these, stands."""
    known = {"case": case.reference, "report": case.reference, "joined": case.reference} | more
    for row in MATRIX:
        names = set(PARTS_OF_PAGES.findall(row.at))
        if names and names <= known.keys() and row.route.startswith("staff/") and row.get == 200:
            yield "/" + row.at.format(**known)


def read_by(who: User, pages: Iterable[str]) -> dict[str, str]:
    """What somebody reads, by its address; pages that are not there are left out."""
    browser = client_for(who)
    read = {page: browser.get(page) for page in pages}
    return {page: answer.content.decode() for page, answer in read.items() if answer.status_code == 200}


def test_no_page_says_what_is_not_shared_and_no_row_of_it_is_found() -> None:
    case = a_case_with_everything()
    florian = member("Florian Gathercole", organisation("opcc"), "officer")
    given = {farah(): {"what"}, florian: {"person", "risk", "done"}}
    with staff_scope(ngozi().organisation_id or 0):
        for who, parts in given.items():
            shared_anyway(case, who.organisation, by=ngozi(), parts=parts)
    for who, parts in given.items():
        assert {part for part, _word, _page in said_to(who, case)} == parts
        with staff_scope(who.organisation_id or 0):
            assert {part for part, table in A_PART_IS_A_ROW if counted(table)} == parts - {"what", "suspect"}
            assert counted("reporting_report") == 1


A_PART_IS_A_ROW = (
    ("person", "casework_person"),
    ("risk", "reporting_riskassessment"),
    ("done", "reporting_centrerecord"),
    ("suspect", "reporting_suspect"),
)


def said_to(who: User, case: Case) -> set[tuple[str, str, str]]:
    """The words of each part that somebody finds on any page, and where."""
    read = read_by(who, addresses(case))
    assert f"/staff/cases/{case.reference}/" in read
    return {
        (part, word, page)
        for page, text in read.items()
        for part, words in CANARIES.items()
        for word in words
        if word in text
    }


def test_what_the_person_takes_back_is_gone_from_every_page_and_table_for_each_agency_it_covered() -> None:
    case = triaged(told(), by=ngozi())
    around = {"by": ngozi(), "now": NOW}
    with staff_scope(ngozi().organisation_id or 0):
        share(case, chosen_later(case), Terms.of(["what", "done"], "public_task"), **around)
    agencies = {"police": tomasz(), "victim_first": of_victim_first()}
    opened = {choice: what_they_open(case, who) for choice, who in agencies.items()}
    for choice, who in agencies.items():
        with public_scope(report=report_of(case)):
            take_back(Report.objects.get(), choice, now=NOW)
        browser, pages = opened[choice]
        assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
        with staff_scope(who.organisation_id or 0):
            assert {table: counted(table) for table in PROTECTED if counted(table)} == {}
    with worker_scope():
        assert set(Referral.objects.values_list("state", flat=True)) == {"withdrawn"}


def what_they_open(case: Case, who: User) -> tuple[Client, list[str]]:
    """A referral and a pack are made for them; all that opens then for them, in their browser."""
    with staff_scope(ngozi().organisation_id or 0):
        terms = Terms.of(["what"], "public_task")
        asked = refer(
            case, who.organisation, "support", terms, asked="Please help.", by=ngozi(), now=timezone.now()
        )
        pack = make_pack(case, who.organisation, purpose="support", by=ngozi(), now=timezone.now())
    theirs = [f"/staff/cases/{case.reference}/referrals/{asked.pk}/", f"/staff/packs/{pack.pk}/"]
    browser = client_for(who)
    pages = [page for page in (*addresses(case), *theirs) if browser.get(page).status_code == 200]
    assert {f"/staff/cases/{case.reference}/", *theirs} <= set(pages)
    return browser, pages


def report_of(case: Case) -> UUID:
    with worker_scope():
        return Report.objects.get(case_report__case=case).pk


def counted(table: str) -> int:
    """Rows that the asker finds, by raw SQL as the serving role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
