"""Saying more after sending: messages, additions and corrections, sealed, once each, and the first words stay."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditEvent
from reporting.models import Addition, MessageFromReporter, Report
from reporting.saying_more import MOST_A_DAY
from scope.context import public_scope, staff_scope, worker_scope
from tests.people import gwen, ngozi
from tests.reporting.visiting import page, press, report_of, sent_by, visit_of
from tests.reporting.walking import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

HOME, MESSAGE, MORE, CORRECTION = "/back/h3/", "/back/m7/", "/back/d8/", "/back/c9/"
CALLED_AGAIN = "He shouted again this morning."


def test_a_message_is_sealed_and_shows_on_both_sides() -> None:
    code = sent_by()
    amina = visit_of(code)
    assert "We have your message" in press(amina, MESSAGE, words=CALLED_AGAIN, key=uuid4())
    assert CALLED_AGAIN in page(amina, HOME)
    with worker_scope():
        message = MessageFromReporter.objects.select_related("report__data_key").get()
        assert CALLED_AGAIN.encode() not in bytes(message.text)
        assert message.unseal("text") == CALLED_AGAIN
        assert message.report.has_unread_word
    event = AuditEvent.objects.get(act="report.reporter_wrote")
    assert (event.actor_kind, event.facts) == ("public", {})


def test_pressing_twice_is_one_message() -> None:
    amina, key = visit_of(sent_by()), uuid4()
    press(amina, MESSAGE, words=CALLED_AGAIN, key=key)
    press(amina, MESSAGE, words=CALLED_AGAIN, key=key)
    with worker_scope():
        assert MessageFromReporter.objects.count() == 1
    assert AuditEvent.objects.filter(act="report.reporter_wrote").count() == 1


def test_the_form_brings_a_key_and_odd_keys_harm_nobody() -> None:
    amina = visit_of(sent_by())
    assert 'name="key" value="' in page(amina, MESSAGE)
    press(amina, MESSAGE, words="One.", key="no key")
    press(amina, MESSAGE, words="Two.")
    with worker_scope():
        assert MessageFromReporter.objects.count() == 2


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_empty_and_endless_messages_are_refused_in_words(words: str) -> None:
    amina = visit_of(sent_by())
    assert "There is a problem" in press(amina, MESSAGE, words=words)
    with worker_scope():
        assert not MessageFromReporter.objects.exists()


def test_what_no_database_can_keep_is_left_out() -> None:
    amina = visit_of(sent_by())
    press(amina, MESSAGE, words="He\0 \U0001f600 \u202eback")
    with worker_scope():
        assert (
            MessageFromReporter.objects.select_related("report__data_key")
            .get()
            .unseal("text")
            .startswith("He \U0001f600")
        )


def test_after_many_in_a_day_it_says_so_and_keeps_what_was_typed() -> None:
    amina = visit_of(sent_by())
    for turn in range(MOST_A_DAY):
        press(amina, MESSAGE, words=f"Again, {turn}.", key=uuid4())
    said = press(amina, MESSAGE, words="And once more.", key=uuid4())
    assert "send it tomorrow" in said
    assert "And once more." in said
    with worker_scope():
        assert MessageFromReporter.objects.count() == MOST_A_DAY


def test_more_in_ones_own_words_leaves_the_first_words_as_they_were() -> None:
    code = sent_by()
    amina = visit_of(code)
    press(amina, f"{MORE}w5/", words="There was a second man.", key=uuid4())
    with worker_scope():
        report = report_of(code)
        addition = Addition.objects.select_related("report__data_key").get()
        assert report.unseal("words") == WORDS
        assert (addition.kind, addition.said()) == ("words", {"words": "There was a second man."})


def test_a_correction_says_which_part_it_is_about() -> None:
    amina = visit_of(sent_by())
    press(amina, CORRECTION, page="when", words="It was Tuesday, not Monday.", key=uuid4())
    with worker_scope():
        said = Addition.objects.select_related("report__data_key").get().said()
        assert said == {"page": "when", "words": "It was Tuesday, not Monday."}


def test_the_questions_that_nobody_has_to_answer_can_be_answered_later() -> None:
    code = sent_by()
    amina = visit_of(code)
    assert f"{MORE}e2/" in page(amina, MORE)
    assert page(amina, f"{MORE}e2/")
    press(amina, f"{MORE}b3/", Q32="yes", key=uuid4())
    press(amina, f"{MORE}b3/", Q32="yes", key=uuid4())  # the same once more says nothing new
    with worker_scope():
        addition = Addition.objects.select_related("report__data_key").get()
        assert (addition.kind, addition.said()) == ("more", {"Q32": "yes"})
    assert "you told us something here" in page(amina, MORE)
    assert 'value="yes" checked' in page(amina, f"{MORE}b3/")


def test_who_did_it_said_later_stands_apart_as_on_sending() -> None:
    code = sent_by()
    amina = visit_of(code)
    press(amina, f"{MORE}g9/", Q18="name", Q18a_name="Carl from number 9", key=uuid4())
    with worker_scope():
        addition = Addition.objects.select_related("report__data_key").get()
        assert "Q18a_name" not in addition.said()
        assert [each.told()["Q18a_name"] for each in report_of(code).suspects.all()] == ["Carl from number 9"]


@pytest.mark.parametrize("code", ["zz", "k9", "z4"])
def test_only_pages_that_are_more_are_asked_again(code: str) -> None:
    assert visit_of(sent_by()).get(f"{MORE}{code}/").status_code == 404


def test_another_persons_code_reads_and_adds_nothing() -> None:
    amina, ewa = sent_by(), sent_by()
    press(visit_of(amina), MESSAGE, words=CALLED_AGAIN, key=uuid4())
    with public_scope(receipt=ewa.digest):
        assert not MessageFromReporter.objects.exists()
    with staff_scope(gwen().organisation_id or 0):
        assert not MessageFromReporter.objects.exists()
    with staff_scope(ngozi().organisation_id or 0):
        assert MessageFromReporter.objects.exists()
    assert CALLED_AGAIN not in page(visit_of(ewa), HOME)


def test_saying_needs_a_visit() -> None:
    sent_by()
    assert Client().post(MESSAGE, {"words": "Hello there"}).status_code == 410
    with worker_scope():
        assert not MessageFromReporter.objects.exists()


def test_a_conversation_of_fifty_costs_as_many_statements_as_one_of_one() -> None:
    code = sent_by()
    amina = visit_of(code)
    press(amina, MESSAGE, words=CALLED_AGAIN, key=uuid4())
    one = statements(amina)
    with worker_scope():
        report = Report.objects.select_related("data_key").get(reference=code.reference)
        for _turn in range(49):
            message = MessageFromReporter(report=report, said_at=timezone.now())
            message.seal("text", CALLED_AGAIN)
            message.save(force_insert=True)
    assert statements(amina) == one


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(HOME).status_code == 200
    return len(asked)
