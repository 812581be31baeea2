"""Coming back with reference and code."""

import pytest
from django.test import Client

from reporting.models import Report
from reporting.strands import PublicStatus
from scope.context import public_scope, worker_scope
from tests.people import NOW, ngozi
from tests.reporting.walking import given, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def come_back(client: Client, reference: str, code: str) -> str:
    response = client.post("/back/", {"reference": reference, "code": code}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_reporter_sees_what_was_said_and_who_has_read_it(client: Client) -> None:
    sent = send(client)
    with worker_scope():
        report = Report.objects.get()
        report.note_read(ngozi(), now=NOW)
        report.tell_reporter(
            "We have spoken to the bus company.", status=PublicStatus.BEING_LOOKED_AT, by=ngozi(), now=NOW
        )
    page = come_back(Client(), given(sent).reference, given(sent).words)
    assert "We have spoken to the bus company." in page
    assert "Someone is working on it" in page
    assert "Charnwood Borough Council" in page
    assert "Officer, 10 March 2026" in page
    assert "Ngozi" not in page  # the person is told where it was read, not by whom


def test_being_read_shows_before_anything_is_said(client: Client) -> None:
    sent = send(client)
    with worker_scope():
        Report.objects.get().note_read(ngozi(), now=NOW)
    assert "Someone has read it" in come_back(Client(), given(sent).reference, given(sent).words)


def test_a_wrong_reference_a_wrong_code_and_no_code_get_the_same_answer(client: Client) -> None:
    first, other = send(client), send(Client())
    reference, words = given(first).reference, given(first).words
    answers = {
        come_back(Client(), typed_reference, typed_code)
        .replace(typed_reference, "R")
        .replace(typed_code, "C")
        for typed_reference, typed_code in (
            (reference, given(other).words),
            (given(other).reference, words),
            ("LLR-2222-2222", words),
            (reference, "six words that are no code"),
            (reference, "12345"),
        )
    }
    without_tokens = {_without_token(page) for page in answers}
    assert len(without_tokens) == 1
    assert "do not match" in without_tokens.pop()


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_nothing_of_it_stays_in_the_browser(client: Client) -> None:
    sent = send(client)
    fresh = Client()
    come_back(fresh, given(sent).reference, given(sent).words)
    assert set(fresh.cookies) <= {"llr_form", "llr_visit"}
    visit = fresh.cookies["llr_visit"]
    assert (visit["max-age"], visit["expires"]) == ("", "")  # gone when the browser is closed
    assert visit["httponly"]
    assert given(sent).reference not in visit.value
    assert not set(given(sent).words.split()) & set(visit.value.split("."))


def test_a_code_opens_its_own_report_and_no_other(client: Client) -> None:
    sent = send(client)
    send(Client())
    with public_scope(receipt=given(sent).digest):
        assert [report.reference for report in Report.objects.all()] == [given(sent).reference]


@pytest.mark.parametrize(
    "typed", [{}, {"reference": "\x00", "code": "\x00"}, {"reference": "é" * 5000, "code": "9" * 5000}]
)
def test_odd_typing_is_answered_in_words(client: Client, typed: dict[str, str]) -> None:
    response = client.post("/back/", typed)
    assert response.status_code == 200
    assert b"There is a problem" in response.content


def test_the_code_is_asked_for_also_where_the_database_hides_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, other = send(client), send(Client())
    monkeypatch.setattr("reporting.views.back.public_scope", lambda **_asker: worker_scope())
    page = come_back(Client(), given(sent).reference, given(other).words)
    assert "do not match" in page
