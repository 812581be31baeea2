"""An officer sees what went out to the person, and what is left for somebody to do."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from casework.models import Case
from reporting import tasks  # noqa: F401 - registers the outbox's handlers
from reporting.models import ReporterWord
from reporting.words_out import send_word
from scope.context import staff_scope, worker_scope
from tests import people
from tests.casework.world import told, triaged
from tests.people import NOW, client_for

pytestmark = pytest.mark.django_db
TEXT = {"Q26_how": "text", "Q26_mobile": "07700 900 123", "Q26_phone": None, "Q26_message": None}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MESSAGE_FOLDER = tmp_path / "messages"


def case_with_news(**answers: Any) -> Case:
    """Ngozi's case, after she wrote to the person and a worker did what the person's plan allows."""
    ngozi = people.ngozi()
    case = triaged(told(**answers), by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        case.tell_reporter("I have read it.", status="read", by=ngozi, now=NOW)
    with worker_scope():
        message = case.reports[0].messages.get()
    send_word({"message": str(message.pk)}, NOW)
    return case


def page_of(case: Case, client: Client) -> str:
    return client.get(f"/staff/cases/{case.reference}/").content.decode()


def test_a_text_that_went_out_is_said_and_nothing_is_asked() -> None:
    case = case_with_news(**TEXT)
    page = page_of(case, client_for(people.ngozi()))
    assert f"A text message went out on {NOW:%-d %B %Y}" in page
    assert "They know now" not in page


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "They asked for a phone call"),
        (TEXT | {"Q26_care": "He reads my phone"}, "They asked us to be careful"),
        (TEXT | {"Q26_times": "not when he is in"}, "which hours are safe"),
        (TEXT | {"Q26_mobile": "07700 9001"}, "The number or address does not work"),
    ],
)
def test_what_nobody_sent_is_for_the_officer_to_do(answers: dict[str, Any], said: str) -> None:
    case = case_with_news(**answers)
    client = client_for(people.ngozi())
    page = page_of(case, client)
    assert said in page
    assert "They know now" in page

    assert (
        client.post(f"/staff/cases/{case.reference}/told/")["Location"] == f"/staff/cases/{case.reference}/"
    )
    page = page_of(case, client)
    assert "They know now" not in page
    assert "They were told in person by Ngozi" in page
    with worker_scope():
        assert ReporterWord.objects.get().done_by == people.ngozi()


def test_a_message_that_could_not_be_delivered_is_said() -> None:
    case = case_with_news(**TEXT)
    with worker_scope():
        ReporterWord.objects.get().turn_out("failed", why="address")
    page = page_of(case, client_for(people.ngozi()))
    assert f"A text message of {NOW:%-d %B %Y} could not be delivered" in page
    assert "They know now" in page
