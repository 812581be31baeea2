"""Asking for something after sending: to erase, to stop, another look; a new way to be reached; the survey."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners.models import Organisation
from reporting import tasks  # noqa: F401 - registers the outbox's handlers
from reporting.asking_us import AskedAlready, answer, ask
from reporting.models import Report, ReporterRequest, SurveyAnswer, SurveyInvitation
from reporting.models.report import WORD
from scope.context import worker_scope
from tests.people import ngozi
from tests.reporting.visiting import page, press, report_of, sent_by, visit_of
from tests.reporting.walking import CONTACT, NAME, telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

HOME, ERASE, STOP, LOOK_AGAIN = "/back/h3/", "/back/e2/", "/back/t6/", "/back/k4/"
REACH, SURVEY, LOST = "/back/r6/", "/back/q5/", "/back/g5/"
BY_EMAIL = {"Q26_how": "email", "Q26_email": "amina@example.org"}


def request_of() -> ReporterRequest:
    with worker_scope():
        return ReporterRequest.objects.select_related("report__data_key", "to_organisation").get()


@pytest.mark.parametrize(("address", "kind", "days"), [(ERASE, "erase", 20), (STOP, "stop", 3)])
def test_a_wish_is_kept_with_the_day_of_its_answer(address: str, kind: str, days: int) -> None:
    amina = visit_of(sent_by())
    assert "We answer by" in page(amina, address)
    said = press(amina, address, words="I am moving away.", key=uuid4())
    assert "We have what you asked for" in said
    wish = request_of()
    assert (wish.kind, wish.to_organisation) == (kind, None)
    assert wish.due_on >= timezone.localdate() + timedelta(days=days)
    assert "We answer by" in page(amina, HOME)
    assert AuditEvent.objects.get(act="report.asked").facts["kind"] == kind


def test_pressing_twice_asks_once_and_asking_again_is_said_in_words() -> None:
    amina, key = visit_of(sent_by()), uuid4()
    press(amina, ERASE, key=key)
    press(amina, ERASE, key=key)
    assert "You have asked for this already" in press(amina, ERASE, words="Please do.", key=uuid4())
    assert request_of()


def test_the_answer_and_its_reasons_stand_on_the_home_page() -> None:
    amina = visit_of(sent_by())
    press(amina, ERASE, key=uuid4())
    with worker_scope():
        wish = ReporterRequest.objects.select_related("report__data_key").get()
        answer(wish, outcome="refused", text="A court needs it until May.", by=ngozi(), now=timezone.now())
    shown = page(amina, HOME)
    assert "Our answer is no." in shown
    assert "A court needs it until May." in shown


def test_who_may_be_reached_hears_that_there_is_an_answer_and_not_what_it_is() -> None:
    named = telling(**{NAME: {"Q25": "contact_only"}, CONTACT: BY_EMAIL})
    code = sent_by(named)
    with worker_scope():
        wish = ask(report_of(code), "stop", "", key=uuid4(), now=timezone.now())
        answer(wish, outcome="agreed", text="We have stopped.", by=ngozi(), now=timezone.now())
    entry = OutboxEntry.objects.get(kind=WORD)
    at_noon = timezone.now().replace(hour=12) + timedelta(days=1)
    OutboxEntry.deliver_one(entry.pk, now=at_noon)
    (sent,) = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert "stopped" not in sent.subject + str(sent.body)


def test_an_answered_wish_can_be_made_again() -> None:
    code = sent_by()
    with worker_scope():
        report, now = report_of(code), timezone.now()
        first = ask(report, "stop", "", key=uuid4(), now=now)
        with pytest.raises(AskedAlready):
            ask(report, "stop", "", key=uuid4(), now=now)
        answer(first, outcome="agreed", text="We have stopped.", by=ngozi(), now=now)
        assert ask(report, "stop", "", key=uuid4(), now=now).pk != first.pk


def test_what_is_late_says_sorry() -> None:
    code = sent_by()
    with worker_scope():
        ask(report_of(code), "stop", "", key=uuid4(), now=timezone.now() - timedelta(days=30))
    assert "This is taking longer than we said" in page(visit_of(code), HOME)


def test_another_look_needs_to_know_what_and_why() -> None:
    amina = visit_of(sent_by())
    refused = press(amina, LOOK_AGAIN)
    assert "Choose what you would like" in refused
    assert "Write what went wrong" in refused
    press(amina, LOOK_AGAIN, kind="look_again", words="Nobody rang me.", key=uuid4())
    assert request_of().to_organisation is None
    assert "You asked for another look" in page(amina, HOME)


def test_a_complaint_about_an_organisation_goes_to_another_which_the_person_sees() -> None:
    amina = visit_of(sent_by())
    assert "Charnwood Borough Council" in page(amina, LOOK_AGAIN)
    press(amina, LOOK_AGAIN, kind="complaint", about="charnwood-bc", words="They laughed.", key=uuid4())
    wish = request_of()
    assert wish.to_organisation not in (None, ngozi().organisation)
    assert str(wish.to_organisation) in page(amina, HOME)


def test_a_safe_way_can_be_given_later_and_the_person_stays_without_a_name() -> None:
    code = sent_by()
    amina = visit_of(code)
    assert "Enter the email address" in press(amina, REACH, Q26_how="email")
    assert "We use only this" in press(amina, REACH, **BY_EMAIL, key=uuid4())
    with worker_scope():
        report = report_of(code)
        assert report.contact_details() == BY_EMAIL | {"Q25": "contact_only"}
        assert not report.is_anonymous
        assert b"amina@example.org" not in bytes(report.contact or b"")
        assert report.has_unread_word
    assert "amina@example.org" in page(amina, REACH)


def test_the_way_of_before_is_forgotten() -> None:
    named = telling(**{NAME: {"Q25": "yes"}, CONTACT: {"Q26_name": "Amina", **BY_EMAIL}})
    code = sent_by(named)
    amina = visit_of(code)
    press(amina, REACH, Q26_name="Amina", Q26_how="text", Q26_mobile="07700 900 001", key=uuid4())
    with worker_scope():
        details = report_of(code).contact_details()
        assert (details["Q26_how"], details["Q26_mobile"]) == ("text", "07700 900 001")
        assert "Q26_email" not in details
    press(amina, REACH, no_contact="yes", key=uuid4())
    with worker_scope():
        assert report_of(code).contact_details() == {"Q26_name": "Amina"}


def test_the_survey_is_asked_when_due_once_and_only_counted() -> None:
    code = sent_by()
    amina = visit_of(code)
    assert "How did we do?" not in page(amina, SURVEY)
    with worker_scope():
        report = report_of(code)
        SurveyInvitation.objects.create(report=report, kind="contact", due_on=timezone.localdate())
    assert "how we did" in page(amina, HOME)
    assert "Answer at least one question" in press(amina, SURVEY)
    assert "Thank you" in press(amina, SURVEY, S1="5", S8_change="Ring sooner.", key=uuid4())
    assert "how we did" not in page(amina, HOME)
    with worker_scope():
        given = SurveyAnswer.objects.select_related("invitation__report__data_key").get()
        assert given.marks == {"S1": "5"}
        assert given.unseal("words") == "Ring sooner."
        assert given.answered_on.day == 1  # only the month is kept
        assert not Report.objects.get().has_unread_word


def test_a_survey_that_is_not_due_yet_is_not_shown() -> None:
    code = sent_by()
    with worker_scope():
        tomorrow = timezone.localdate() + timedelta(days=1)
        SurveyInvitation.objects.create(report=report_of(code), kind="contact", due_on=tomorrow)
    assert "how we did" not in page(visit_of(code), HOME)


def test_help_with_a_lost_code_asks_for_nothing_and_says_the_same_to_everybody() -> None:
    sent_by()
    answer = Client().get(LOST)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "<input" not in main
    assert Client().post(LOST, {"reference": "LLR-2222-2222"}).status_code == 405


def test_organisations_that_may_be_complained_of_are_those_that_may_read_it() -> None:
    shown = page(visit_of(sent_by()), LOOK_AGAIN)
    assert "Charnwood Borough Council" in shown
    strangers = Organisation.objects.exclude(code="charnwood-bc").values_list("name", flat=True)
    assert [name for name in strangers if f">{name}<" in shown] == []
