"""Attempts to reach somebody: by their plan, or asked back and kept as they happened; and what follows of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from casework.contact_log import in_words, proposals, unreached
from casework.contacting import AgainstPlan, CannotHaveHappened, Tried, log_contact
from casework.erasing import erase
from casework.models import Case, ContactAttempt
from partners.models import User
from reporting.models import ReporterMessage
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import anonymously, close_case, told, triaged
from tests.people import NOW, asha, client_for, ngozi, tomasz

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
SAID = "Her sister answered and fetched her."
# Zaynab wants a call, and no message left.
CALLED = Tried("phone", "spoke", NOW + timedelta(hours=1), SAID)
NO_ANSWER = Tried("phone", "no_answer", NOW + timedelta(hours=2))
LEFT_A_MESSAGE = Tried("phone", "left_message", NOW + timedelta(hours=2))


def case_of(**changes: Any) -> Case:
    return triaged(told(**changes), by=ngozi())


def log(case: Case, tried: Tried, *, by: User | None = None, **how: Any) -> ContactAttempt:
    by = by or ngozi()
    with staff_scope(by.organisation_id or 0):
        return log_contact(case, case.reports[0], tried, by=by, **({"now": LATER} | how))


def test_speaking_to_them_stops_the_clock_from_when_it_was_and_starts_that_of_updates() -> None:
    case = case_of()
    attempt = log(case, CALLED, now=NOW + timedelta(days=1))
    assert (attempt.reached, attempt.against_plan, attempt.by) == (True, [], ngozi())
    assert case.first_contact_at == CALLED.at
    assert case.update_due_at is not None
    assert timezone.localdate(case.update_due_at) == date(2026, 3, 24)
    with staff_scope(ngozi().organisation_id or 0):
        assert Case.objects.get().first_contact_at == CALLED.at
        event = case.events.last()
    assert event.facts == {"way": "phone", "outcome": "spoke"}
    assert event.note is None  # what was said stands in the log alone, sealed
    assert attempt.unseal("words") == SAID
    trail = AuditEvent.objects.filter(act="case.contact_logged").get()
    assert trail.facts == {"way": "phone", "outcome": "spoke"}


def test_reaching_nobody_stops_no_clock() -> None:
    case = case_of()
    log(case, NO_ANSWER)
    assert case.first_contact_at is None


def test_what_is_written_down_late_brings_no_update_forward() -> None:
    case = case_of()
    with staff_scope(ngozi().organisation_id or 0):
        case.tell_reporter("We read it.", status="read", by=ngozi(), now=NOW + timedelta(days=7))
    due = case.update_due_at
    log(case, CALLED, now=NOW + timedelta(days=8))
    assert (case.update_due_at, case.first_contact_at) == (due, CALLED.at)


def test_what_the_plan_does_not_allow_is_asked_back_and_kept_as_it_happened() -> None:
    case = case_of()
    with pytest.raises(AgainstPlan, match="never leave a message"):
        log(case, LEFT_A_MESSAGE)
    with worker_scope():
        assert not ContactAttempt.objects.exists()
    attempt = log(case, LEFT_A_MESSAGE, happened_so=True)
    assert attempt.against_plan == ["message"]
    with staff_scope(ngozi().organisation_id or 0):
        assert case.events.last().facts["against_plan"] == ["message"]
        shown = in_words(attempt)
    assert shown.not_as_planned == "Not as their plan says: a message was left, and their plan says never"


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (Tried("phone", "spoke", LATER + timedelta(minutes=1)), "future"),
        (Tried("phone", "spoke", NOW - timedelta(days=1)), "before they told us, on 10 March 2026"),
        (Tried("letter", "no_answer", NOW), "another end"),
        (Tried("phone", "nonsense", NOW), "another end"),
    ],
)
def test_what_cannot_have_happened_is_refused(tried: Tried, words: str) -> None:
    with pytest.raises(CannotHaveHappened, match=words):
        log(case_of(), tried)


def test_a_closed_case_keeps_a_call_and_starts_no_clock() -> None:
    case = case_of()
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, by=ngozi(), now=NOW)
    log(case, CALLED)
    assert (case.state, case.update_due_at) == ("closed", None)


def test_after_three_attempts_the_page_proposes_what_fits_this_person() -> None:
    case, nameless = case_of(), case_of(**anonymously())
    at_centre = triaged(told(by=asha(), **at_a_centre({}, C06="centre")), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        said = {
            each: proposals(each, 3, has_plan=any(report.contact for report in each.reports))
            for each in (case, nameless, at_centre)
        }
        assert proposals(case, 2, has_plan=True) is None
    words = {
        each: " ".join(p.words for p in found.proposals) if found else "" for each, found in said.items()
    }
    assert ["centre" in words[each] for each in (case, nameless, at_centre)] == [False, False, True]
    assert ["Read the plan" in words[each] for each in (case, nameless)] == [True, False]
    assert all("their own page" in each for each in words.values())


def test_attempts_are_counted_since_somebody_was_last_reached() -> None:
    case = case_of()
    for hours in (0, 1, 2):
        log(case, Tried("phone", "no_answer", NOW + timedelta(hours=hours)))
    with staff_scope(ngozi().organisation_id or 0):
        assert unreached(case) == 3
    log(case, Tried("phone", "spoke", NOW + timedelta(minutes=90)))
    with staff_scope(ngozi().organisation_id or 0):
        assert unreached(case) == 1


def test_nobody_rewrites_an_attempt_and_its_words_go_with_the_report() -> None:
    case = case_of()
    attempt = log(case, CALLED)
    with staff_scope(ngozi().organisation_id or 0):
        assert ContactAttempt.objects.filter(pk=attempt.pk).update(outcome="no_answer") == 0
        close_case(case, by=ngozi(), now=LATER)
    erase(case.reports[0], why="person_asked", by=None, now=LATER)
    with worker_scope():
        kept = ContactAttempt.objects.get()
    assert (kept.words, kept.outcome, kept.reached) == (None, "spoke", True)


# The pages ----------------------------------------------------------------------------------------------------


def yesterday_at(clock: str, **more: str) -> dict[str, str]:
    """A form about yesterday."""
    day = timezone.localdate() - timedelta(days=1)
    parts = {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}
    return {**parts, "way": "phone", "outcome": "no_answer", "clock": clock, "words": ""} | more


@pytest.fixture
def recent() -> Case:
    now = timezone.now() - timedelta(days=3)
    return triaged(told(now=now), by=ngozi(), now=now)


def post(case: Case, sent: dict[str, str]) -> tuple[int, str]:
    answer = client_for(ngozi()).post(f"/staff/cases/{case.reference}/contacts/log/", sent)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("14:30", (14, 30)), ("2.30pm", (14, 30)), ("0905", (9, 5)), ("9 am", (9, 0)), ("12am", (0, 0))],
)
def test_times_are_read_as_people_write_them(recent: Case, clock: str, hour: tuple[int, int]) -> None:
    assert post(recent, yesterday_at(clock))[0] == 302
    with worker_scope():
        at = timezone.localtime(ContactAttempt.objects.get().at)
    assert (at.hour, at.minute) == hour


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (yesterday_at("25:00"), "The time must be a real time"),
        (yesterday_at("13pm"), "The time must be a real time"),
        (yesterday_at(""), "Enter the time"),
        (yesterday_at("10:00", outcome="sent"), "Choose another end"),
        (yesterday_at("10:00", **{"on-year": "2099"}), "The day must be today or in the past"),
        (yesterday_at("10:00", **{"on-year": "2019"}), "before they told us"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(recent: Case, sent: dict[str, str], words: str) -> None:
    status, text = post(recent, sent)
    assert status == 200
    assert words in text
    assert "happened_so" not in text


def test_the_page_asks_back_once_and_then_shows_what_happened_marked(recent: Case) -> None:
    sent = yesterday_at("10:00", way="text", outcome="sent", words="Sent before I read it.")
    status, text = post(recent, sent)
    assert status == 200
    assert "Their plan says: only by phone. Did you send a text message?" in text
    assert "Sent before I read it." in text
    assert post(recent, sent)[0] == 200
    assert post(recent, sent | {"happened_so": "on"})[0] == 302
    shown = client_for(ngozi()).get(f"/staff/cases/{recent.reference}/contacts/").content.decode()
    assert "Not as their plan says: another way than their plan says" in shown
    assert "Sent before I read it." in shown
    assert "Phone call. Do not leave a message" in shown
    assert "01632 960 014" not in shown  # the number is on its own page, after the second step


def test_a_message_with_a_blank_left_in_it_is_not_sent() -> None:
    case, client = case_of(), client_for(ngozi())
    address = f"/staff/cases/{case.reference}/tell/"
    begun = client.get(f"{address}?template=tried_to_ring").content.decode()
    assert "I tried to reach you on [day], and you did not answer." in begun
    assert 'value="read" checked' in begun
    assert "[day]" not in client.get(f"{address}?template=nonsense").content.decode()
    refused = client.post(address, {"status": "read", "text": "I rang on [day]."})
    assert refused.status_code == 200
    assert "Fill in or take out [day]" in refused.content.decode()
    with worker_scope():
        assert not ReporterMessage.objects.exists()
    assert client.post(address, {"status": "read", "text": "I rang on Monday."}).status_code == 302


def test_who_was_not_given_this_part_reads_no_plan_and_writes_nothing_down() -> None:
    case = case_of()
    with worker_scope():
        report = case.reports[0]
        report.grants.filter(organisation=tomasz().organisation).update(parts=["what"])
        report.recompute_visibility()
    client = client_for(tomasz())
    for page, part in (("contacts", "log/"), ("risk", "assess/")):
        shown = client.get(f"/staff/cases/{case.reference}/{page}/")
        assert "not shared with your organisation" in shown.content.decode()
        assert client.get(f"/staff/cases/{case.reference}/{page}/{part}").status_code == 404
