"""What the person says after sending comes to those who work on it: flagged in lists, read on the page, answered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from audit.models import AuditEvent
from casework.hearing import conversation, hear
from casework.models import Case
from casework.nobody_looks import KIND, tell_administrators
from outbox.models import OutboxEntry
from partners.models import User
from reporting.asking_us import AnsweredAlready, answer, ask
from reporting.models import MessageFromReporter, Report, ReporterRequest
from reporting.models.from_reporter import SaidLater
from reporting.resharing import bar
from reporting.saying_more import add, change_contact, write
from scope.context import staff_scope, worker_scope
from tests.casework.world import anonymously, told, triaged
from tests.people import administrator, client_for, gwen, member, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db

WORDS = "He shouted again this morning."
NEWS = "New from the reporter"


@pytest.fixture(autouse=True)
def _everybody_is_there() -> None:
    ngozi()


def manager() -> User:
    return member("Moira Teal", organisation("charnwood-bc"), "team_manager")


def case_of(*, by: User | None = None, **changes: Any) -> Case:
    """A case that Ngozi works on."""
    case = triaged(told(now=timezone.now(), **changes), by=by or ngozi())
    with worker_scope():
        case.assign(to=by or ngozi(), by=by or ngozi(), now=timezone.now())
    return case


def said(case: Case, text: str = WORDS) -> None:
    with worker_scope():
        write(first_report(case), text, key=uuid4(), now=timezone.now())


def first_report(case: Case) -> Report:
    return Report.objects.select_related("data_key").get(case_report__case=case)


def shown(user: User, address: str) -> str:
    response = client_for(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_message_flags_the_case_in_the_list_and_is_read_on_its_page() -> None:
    case = case_of()
    assert NEWS not in shown(ngozi(), "/staff/cases/")
    said(case)
    listed = shown(ngozi(), "/staff/cases/")
    assert NEWS in listed
    assert WORDS not in listed
    assert WORDS in shown(ngozi(), f"/staff/cases/{case.reference}/")
    assert NEWS not in shown(ngozi(), "/staff/cases/")
    with worker_scope():
        assert MessageFromReporter.objects.get().read_at is not None


def test_what_is_said_while_an_officer_reads_is_new_afterwards() -> None:
    case = case_of()
    said(case)
    with staff_scope(ngozi().organisation_id or 0):
        report = first_report(case)
        conversation(report, {}, [])
        said(case, "And another thing.")
        hear(report, now=timezone.now())
    assert NEWS in shown(ngozi(), "/staff/cases/")
    with worker_scope():
        assert [each.read_at is None for each in MessageFromReporter.objects.order_by("said_at")] == [
            False,
            True,
        ]
    assert "And another thing." in shown(ngozi(), f"/staff/cases/{case.reference}/")
    assert NEWS not in shown(ngozi(), "/staff/cases/")


def test_a_message_flags_a_report_in_the_queue_until_an_officer_opens_it() -> None:
    report = told(now=timezone.now(), **anonymously())
    with worker_scope():
        write(
            Report.objects.select_related("data_key").get(pk=report.pk),
            WORDS,
            key=uuid4(),
            now=timezone.now(),
        )
    assert NEWS in shown(ngozi(), "/staff/queue/")
    assert NEWS in shown(ngozi(), "/staff/queue/?channel=online")
    assert WORDS in shown(ngozi(), f"/staff/queue/{report.reference}/")
    assert NEWS not in shown(ngozi(), "/staff/queue/")


def test_reading_it_is_recorded_and_the_person_can_see_it() -> None:
    case = case_of()
    said(case)
    before = AuditEvent.objects.filter(act="report.read").count()
    shown(ngozi(), f"/staff/cases/{case.reference}/")
    assert AuditEvent.objects.filter(act="report.read").count() == before + 1
    with worker_scope():
        assert first_report(case).accesses.filter(organisation=ngozi().organisation).exists()


def test_who_may_only_look_leaves_it_new_for_those_who_answer() -> None:
    case = case_of()
    with worker_scope():
        first_report(case).grant_to(tomasz().organisation, basis="case", by=ngozi(), now=timezone.now())
    said(case)
    assert WORDS in shown(tomasz(), f"/staff/cases/{case.reference}/")
    assert NEWS in shown(ngozi(), "/staff/cases/")


def test_what_was_said_first_stands_beside_what_was_put_right() -> None:
    case = case_of()
    with worker_scope():
        report, now = first_report(case), timezone.now()
        add(report, {"page": "when", "words": "It was Tuesday."}, kind="correction", key=uuid4(), now=now)
        add(report, {"Q32": "yes"}, kind="more", key=uuid4(), now=now)
        change_contact(
            report,
            {"Q25": "contact_only", "Q26_how": "email", "Q26_email": "z@example.org"},
            key=uuid4(),
            now=now,
        )
    page = shown(ngozi(), f"/staff/cases/{case.reference}/")
    assert "kicked my bicycle" in page
    assert "The person put something right" in page
    assert "It was Tuesday." in page
    assert "Can we ask you later how we did? Yes" in page
    assert "The person changed how to reach them" in page


def test_a_wish_to_erase_is_answered_with_reasons_and_the_desk_erases() -> None:
    case = case_of()
    with worker_scope():
        wish = ask(first_report(case), "erase", "Please erase it.", key=uuid4(), now=timezone.now())
    officer = client_for(ngozi())
    assert f"/asked/{wish.pk}/" in officer.get(f"/staff/cases/{case.reference}/").content.decode()
    address = f"/staff/cases/{case.reference}/asked/{wish.pk}/"
    assert b"Choose your answer" in officer.post(address, {}).content
    sent = officer.post(address, {"outcome": "agreed", "text": "We will erase it this week."})
    assert sent["Location"] == f"/staff/cases/{case.reference}/"
    with worker_scope():
        wish = ReporterRequest.objects.select_related("report__data_key").get()
        assert (wish.outcome, wish.answered_by, wish.unseal("answer")) == (
            "agreed",
            ngozi(),
            "We will erase it this week.",
        )
    assert officer.get(address).status_code == 404  # answered
    desk = member("Petra Lin", organisation("lcc"), "rights_desk")
    assert case.reference in shown(desk, "/staff/records/reviews/")


def test_another_look_goes_to_a_manager_who_does_not_work_on_it_and_not_to_the_officer() -> None:
    case = case_of()
    with worker_scope():
        ask(first_report(case), "look_again", "Nobody rang me.", key=uuid4(), now=timezone.now())
    assert "Nobody rang me." not in shown(ngozi(), f"/staff/cases/{case.reference}/")
    assert client_for(ngozi()).get("/staff/another-look/").status_code == 404
    listed = shown(manager(), "/staff/another-look/")
    assert case.reference in listed
    assert "Nobody rang me." not in listed
    with worker_scope():
        wish = ReporterRequest.objects.get()
    boss = client_for(manager())
    assert "Nobody rang me." in boss.get(f"/staff/another-look/{wish.pk}/").content.decode()
    boss.post(f"/staff/another-look/{wish.pk}/", {"outcome": "partly", "text": "We should have rung."})
    assert "Answered" in shown(manager(), "/staff/another-look/")


def test_a_manager_does_not_look_again_at_their_own_work() -> None:
    case = case_of(by=manager())
    with worker_scope():
        wish = ask(first_report(case), "complaint", "She was rude.", key=uuid4(), now=timezone.now())
    assert case.reference not in shown(manager(), "/staff/another-look/")
    assert client_for(manager()).get(f"/staff/another-look/{wish.pk}/").status_code == 404


def test_a_complaint_about_an_organisation_is_read_by_another_and_not_by_that_one() -> None:
    case = case_of()
    with worker_scope():
        report = first_report(case)
        wish = ask(
            report, "complaint", "They laughed.", key=uuid4(), now=timezone.now(), about=ngozi().organisation
        )
        assert wish.to_organisation not in (None, ngozi().organisation)
        other = member("Orla Finch", wish.to_organisation, "team_manager")
    with staff_scope(ngozi().organisation_id or 0):
        assert not ReporterRequest.objects.exists()
    with staff_scope(other.organisation_id or 0):
        assert ReporterRequest.objects.count() == 1
    assert case.reference not in shown(manager(), "/staff/another-look/")
    assert case.reference in shown(other, "/staff/another-look/")
    assert "They laughed." in shown(other, f"/staff/another-look/{wish.pk}/")


def test_where_no_manager_may_look_an_officer_who_does_not_work_on_it_is_asked() -> None:
    case, olu = case_of(by=manager()), member("Olu Grey", organisation("charnwood-bc"), "officer")
    with worker_scope():
        ask(first_report(case), "complaint", "She was rude.", key=uuid4(), now=timezone.now())
    assert "person asked for another look" in shown(olu, "/staff/")
    listed = shown(olu, "/staff/another-look/")
    assert case.reference in listed
    assert "Administrators of the partnership have been told." in listed
    assert case.reference not in shown(manager(), "/staff/another-look/")
    member("Nia Brook", organisation("charnwood-bc"), "team_manager")
    assert client_for(olu).get("/staff/another-look/").status_code == 404


def test_administrators_are_told_once_to_name_a_manager_and_not_what_it_is_about() -> None:
    maud, case = administrator(), case_of()
    with worker_scope():
        ask(first_report(case), "complaint", "She was rude.", key=uuid4(), now=timezone.now())
    now = timezone.now()
    assert [tell_administrators(now=now), tell_administrators(now=now)] == [1, 1]
    deliver(now)
    (told_to_maud,) = [each for each in mail.outbox if maud.email in each.bcc]
    assert told_to_maud.subject == "Something waits at Charnwood Borough Council"
    said = told_to_maud.subject + told_to_maud.body
    assert not [words for words in (case.reference, "rude", "omplain", "eport") if words in said]
    manager()
    assert tell_administrators(now=now) == 0


def deliver(now: datetime) -> None:
    for entry in OutboxEntry.objects.filter(kind=KIND, delivered_at=None):
        OutboxEntry.deliver_one(entry.pk, now=now)


def test_two_who_answer_at_once_answer_once() -> None:
    case = case_of()
    with worker_scope():
        wish = ask(first_report(case), "look_again", "Why?", key=uuid4(), now=timezone.now())
        stale = ReporterRequest.objects.select_related("report__data_key").get(pk=wish.pk)
        answer(wish, outcome="agreed", text="Yes.", by=manager(), now=timezone.now())
        with pytest.raises(AnsweredAlready):
            answer(stale, outcome="refused", text="No.", by=manager(), now=timezone.now())
        assert ReporterRequest.objects.get().outcome == "agreed"


def test_when_the_lead_must_not_see_it_any_more_whoever_may_see_it_acts() -> None:
    case = case_of(Q24=["police"])
    with worker_scope():
        bar(first_report(case), ["charnwood-bc"], "", now=timezone.now())
    assert client_for(ngozi()).get(f"/staff/cases/{case.reference}/").status_code == 404
    assert client_for(tomasz()).get(f"/staff/cases/{case.reference}/tell/").status_code == 200


def test_a_stranger_reads_nothing_of_it() -> None:
    case = case_of()
    said(case)
    with staff_scope(gwen().organisation_id or 0):
        assert [kind._default_manager.count() for kind in SaidLater.__subclasses__()] == [0, 0, 0]


def test_what_is_late_says_so() -> None:
    case = case_of()
    with worker_scope():
        ask(first_report(case), "look_again", "Why?", key=uuid4(), now=timezone.now() - timedelta(days=60))
    assert "Late" in shown(manager(), "/staff/another-look/")
