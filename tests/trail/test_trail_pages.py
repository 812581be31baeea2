"""The auditor looks into the trail: who did what to what, found by day, kind, person, organisation and reference."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.models import AuditEvent, TrailCheck
from partners import keeping
from partners.keeping_standards import publish_standard, standard_now
from partners.models import User
from scope.context import staff_scope
from tests import people
from tests.casework.world import told, triaged
from tests.people import NOW, client_for, member, ngozi, organisation

pytestmark = pytest.mark.django_db
PAGE = "/staff/audit/"
EXPORT = "/staff/audit/export/"


@pytest.fixture
def ursula(partnership: None) -> User:
    """Ursula audits, for the commissioner's office, and may read no report."""
    return member("Ursula Quade", organisation("opcc"), "auditor")


@pytest.fixture
def hers(ursula: User) -> Client:
    return client_for(ursula)


def reads(reader: User, count: int = 1) -> None:
    for n in range(count):
        trail.record(
            "figures.read", reader, by=reader, now=timezone.now() - timedelta(minutes=n), medium="pdf"
        )


def text(client: Client, address: str = PAGE, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_she_reads_who_did_what_in_plain_words(hers: Client, ursula: User) -> None:
    reads(ngozi())
    page = text(hers)
    assert "Ngozi Bell" in page
    assert "Charnwood" in page
    assert "looked at figures" in page
    assert "waits" in page


def test_she_reads_roles_organisations_and_ways_in_by_their_names(hers: Client, ursula: User) -> None:
    facts = {
        "before": ["plan_contributor"],
        "to": "charnwood",
        "signed_in_with": "recovery",
        "reason": "new_phone",
    }
    trail.record("membership.moved", ngozi(), by=ursula, now=timezone.now(), **facts)
    page = text(hers)
    for fact in (
        "before: Plan contributor",
        "to: Charnwood Borough Council",
        "signed in with: recovery code",
        "reason: new phone",
    ):
        assert fact in page


def test_she_reads_what_an_edited_record_was_before_and_after(hers: Client, ursula: User) -> None:
    keeping.change(people.district("blaby"), {"population": 7}, seen=0, by=ursula, now=timezone.now())
    publish_standard(standard_now("update"), {"amount": 12}, seen=0, note="", by=ursula, now=timezone.now())
    page = text(hers)
    assert "after: population 7" in page
    assert "after: amount 12" in page
    assert "population 7" in hers.post(EXPORT, {"reason": "review"}).content.decode()


def test_that_she_looked_is_in_the_trail_once_a_search(hers: Client, ursula: User) -> None:
    reads(ursula, 30)
    first = hers.get(PAGE, {"who": "Ursula"})
    event = AuditEvent.objects.get(act="trail.searched")
    assert (event.actor_id, event.facts) == (ursula.pk, {"filters": ["who"]})
    text(hers, first.context["next_url"])
    assert AuditEvent.objects.filter(act="trail.searched").count() == 1


def test_she_cannot_search_unseen_with_a_mark_of_her_own_making(hers: Client, ursula: User) -> None:
    reads(ursula, 30)
    theirs = client_for(member("Osric Vane", organisation("opcc"), "auditor"))
    mark = parse_qs(urlsplit(theirs.get(PAGE).context["next_url"]).query)["after"][0]
    before = AuditEvent.objects.filter(act="trail.searched").count()
    for forged in ("x", "2999-01-01T00:00:00+00:00_ffffffff-ffff-ffff-ffff-ffffffffffff", mark):
        text(hers, after=forged)
    text(hers, act="figures.read", after=mark)
    assert AuditEvent.objects.filter(act="trail.searched").count() == before + 4


@pytest.mark.parametrize("role", ["officer", "administrator", "sog_member", "rights_desk"])
def test_nobody_else_finds_the_page(partnership: None, role: str) -> None:
    somebody = client_for(member("Sam Else", organisation("lcc"), role))
    assert somebody.get(PAGE).status_code == 404
    assert somebody.get(EXPORT).status_code == 404


def events_on(client: Client, **asked: str) -> int:
    return client.get(PAGE, asked).content.decode().count('<th scope="row"')


@pytest.fixture
def three(ursula: User) -> tuple[User, User]:
    """Ngozi and Tomasz looked at figures today; Ngozi was suspended forty days ago."""
    one, other = ngozi(), people.tomasz()
    now = timezone.now()
    trail.record("figures.read", one, by=one, now=now)
    trail.record("figures.read", other, by=other, now=now)
    trail.record("person.suspended", one, by=other, now=now - timedelta(days=40))
    return one, other


def test_filters_by_kind_act_person_organisation_and_day(hers: Client, three: tuple[User, User]) -> None:
    one, other = three
    today = timezone.localdate()
    assert events_on(hers, kind="read") == 2
    assert events_on(hers, act="person.suspended") == 1
    assert events_on(hers, kind="read", who="ngozi") == 1
    assert events_on(hers, kind="read", who=other.email.upper()) == 1
    assert events_on(hers, kind="read", organisation=str(one.organisation_id)) == 1
    assert events_on(hers, kind="read", since=f"{today:%d/%m/%Y}", until=f"{today:%d/%m/%Y}") == 2
    assert events_on(hers, kind="read", until=f"{today - timedelta(days=1):%d/%m/%Y}") == 0
    assert events_on(hers, act="person.suspended", until=f"{today - timedelta(days=39):%Y-%m-%d}") == 1
    assert events_on(hers, about="Ngozi", act="person.suspended") == 1
    assert events_on(hers, about="Tomasz", act="person.suspended") == 0
    assert events_on(hers, who="Nobody of this name") == 0


def test_a_day_that_is_none_is_said(hers: Client) -> None:
    assert "Write the day like 27/3/2026" in text(hers, since="soon")
    assert "Write the day like 27/3/2026" in text(hers, until="31/12/9999")
    assert "The last day is before the first" in text(hers, since="2/3/2026", until="1/3/2026")


def test_nothing_found_is_said(hers: Client) -> None:
    assert "No event fits these filters" in text(hers, act="report.erased")


def test_pages_follow_each_other_without_gap_or_repetition(hers: Client, ursula: User) -> None:
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        trail.prepare("figures.read", "p", now=now, number=1000 + n) for n in range(60)
    )
    seen: list[str] = []
    address = f"{PAGE}?act=figures.read"
    for expected in (25, 25, 10):
        answer = hers.get(address)
        numbers = [row.facts for row in answer.context["rows"]]
        assert len(numbers) == expected
        seen += numbers
        address = answer.context["next_url"]
    assert address == ""
    assert len(set(seen)) == 60


@pytest.mark.parametrize(
    "mark",
    [
        "x",
        "2026-01-01_y",
        "_",
        "2026-01-01T00:00:00_00000000-0000-0000-0000-000000000000",
        "0001-01-01T00:00:00+23:59_ffffffff-ffff-ffff-ffff-ffffffffffff",
    ],
)
def test_a_mark_that_is_none_begins_at_the_newest(hers: Client, ursula: User, mark: str) -> None:
    reads(ursula)
    assert events_on(hers, act="figures.read", after=mark) == 1


def test_reports_and_cases_are_found_by_their_reference_and_nothing_of_them_is_shown(hers: Client) -> None:
    report = told()
    with staff_scope(ngozi().organisation_id or 0):
        report.note_read(ngozi(), now=NOW)
    other = triaged(told(), by=ngozi())
    case = triaged(report, by=ngozi())
    page = text(hers, about=report.reference.lower().replace("-", " "))
    assert f"report {report.reference}" in page
    assert f"case {case.reference}" in page
    for words in (
        "read what somebody told us",
        "opened a case",
        "triaged a case",
        "sent or recorded a report",
    ):
        assert words in page
    assert page.count('<th scope="row"') == 4
    assert other.reference not in page
    for secret in ("shouted", "Zaynab", "01632"):
        assert secret not in page
    assert events_on(hers, about="LLR-2222-2222") == 0


def test_an_event_that_was_changed_stands_out(hers: Client, ursula: User) -> None:
    event = trail.prepare("figures.read", ursula, by=ursula, now=timezone.now())
    event.act = "figures.exported"
    event.save()
    assert "Changed" in text(hers, kind="export")


def test_how_the_trail_stands(hers: Client, ursula: User) -> None:
    assert "Nobody has looked yet" in text(hers)
    old = {"events": 7, "seal": 2, "hash": b"x", "seconds": 1.0, "is_whole": True, "is_good": True}
    TrailCheck(at=timezone.now() - timedelta(hours=3, minutes=1), **old).save()
    assert "Nobody has looked for three hours" in text(hers)
    checked = {"events": 7, "seal": 2, "hash": b"x", "seconds": 1.0, "is_whole": True}
    now = timezone.now()
    TrailCheck(at=now, is_good=True, **checked).save()
    assert "In order" in text(hers)
    assert "three hours" not in text(hers)
    TrailCheck(at=now + timedelta(seconds=1), is_good=False, findings=["Event 3 is gone."], **checked).save()
    page = text(hers)
    assert "Does not hold" in page
    assert "Event 3 is gone." in page


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_she_takes_events_out_and_says_why(hers: Client, three: tuple[User, User]) -> None:
    address = f"{EXPORT}?kind=read"
    assert "Choose why you need it" in hers.post(address).content.decode()
    assert not AuditEvent.objects.filter(act="trail.exported").exists()
    answer = hers.post(address, {"reason": "review"})
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    headings, *rows = rows_of(answer)
    assert headings[:4] == ["When", "Who", "Organisation", "Did"]
    assert {row[1] for row in rows} == {"Ngozi Bell", "Tomasz Hale"}
    event = AuditEvent.objects.get(act="trail.exported")
    assert event.facts == {"filters": ["kind"], "reason": "review", "events": 2}


def test_a_name_that_is_a_formula_stays_a_name(hers: Client, ursula: User) -> None:
    User.objects.filter(pk=ursula.pk).update(name="=cmd|' /C calc'!A0")
    reads(ursula)
    rows = rows_of(hers.post(f"{EXPORT}?kind=read", {"reason": "misuse"}))
    assert rows[1][1] == "'=cmd|' /C calc'!A0"


def test_an_export_needs_a_fresh_proof(ursula: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hers = client_for(ursula)
    monkeypatch.setattr("partners.step_up.FRESH_FOR", timedelta(0))
    answer = hers.get(EXPORT)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert hers.get(PAGE).status_code == 200
