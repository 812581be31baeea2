"""A draft is read, and then ended together with all that becomes of it: what happens to it in between is noticed, and
nothing is ever half there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from reporting import receiving
from reporting.models import Draft, DraftGone, Report, ReportGrant, SharingPreference
from reporting.receiving import NotComplete, submit
from scope.context import SETTINGS, Asking, do_alone, worker_scope
from tests.people import NOW
from tests.reporting.walking import AMINA, walk
from vault.models import DataKey

pytestmark = pytest.mark.slow  # what is written is committed, and removed afterwards

FILLED = (Report, ReportGrant, SharingPreference, DataKey, AuditEvent, OutboxEntry)


@pytest.fixture
def drafted(committed: None) -> Draft:
    """Amina's finished answers, not sent yet, and no transaction under way."""
    walk(Client(), AMINA)
    return Draft.objects.get()


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[Draft], object]) -> None:
    """Does something to the draft once, after it was read to be sent and before it is ended."""
    left = [act]

    def to_send(draft_id: Any) -> Draft:
        draft = reading(draft_id)
        if left:
            left.pop()(Draft.objects.get(pk=draft_id))
        return draft

    reading = Draft.to_send
    monkeypatch.setattr(Draft, "to_send", to_send)


def how_many() -> dict[str, int]:
    with worker_scope():
        return {model.__name__: model.objects.count() for model in FILLED}


def test_everything_is_sent_in_two_trips(drafted: Draft) -> None:
    before = how_many()
    with CaptureQueriesContext(connection) as asked:
        assert submit(drafted.pk, now=NOW).is_new
    assert len([each for each in asked.captured_queries if "reporting_" in each["sql"]]) == 2
    assert "BEGIN" not in {each["sql"] for each in asked.captured_queries}
    assert not Draft.objects.exists()
    after = how_many()
    assert {name: after[name] > before[name] for name in before} == dict.fromkeys(before, True)


def test_what_was_saved_in_another_window_at_that_moment_is_in_the_report(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say_more(draft: Draft) -> None:
        draft.write(draft.read() | {"Q07": "And then they came back."})

    meanwhile(monkeypatch, say_more)
    submit(drafted.pk, now=NOW)
    with worker_scope():
        assert Report.objects.get().unseal("words") == "And then they came back."
    assert not Draft.objects.exists()


def test_an_answer_taken_back_at_that_moment_stops_the_sending(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_back(draft: Draft) -> None:
        answers = draft.read()
        answers.pop("Q02")
        draft.write(answers)

    before = how_many()
    meanwhile(monkeypatch, take_back)
    with pytest.raises(NotComplete):
        submit(drafted.pk, now=NOW)
    assert how_many() == before
    assert Draft.objects.exists()


def test_a_draft_erased_at_that_moment_is_gone_and_nothing_is_sent(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = how_many()
    meanwhile(monkeypatch, Draft.delete)
    with pytest.raises(DraftGone):
        submit(drafted.pk, now=NOW)
    assert how_many() == before


def test_a_draft_sent_at_that_moment_gives_the_same_receipt(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = []
    meanwhile(monkeypatch, lambda draft: receipts.append(submit(draft.pk, now=NOW)))
    again = submit(drafted.pk, now=NOW)
    assert (again.report, again.code, again.is_new) == (receipts[0].report, receipts[0].code, False)
    with worker_scope():
        assert Report.objects.count() == 1


def test_when_the_last_row_is_refused_the_draft_stays_and_nothing_else_is_there(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_key(*_args: Any, **_more: Any) -> list[OutboxEntry]:
        return [OutboxEntry(kind="x" * 500, key="x", payload={}, created_at=NOW, try_at=NOW)]

    before = how_many()
    monkeypatch.setattr(receiving, "missing_digest", no_key)
    with pytest.raises(DatabaseError):
        submit(drafted.pk, now=NOW)
    assert how_many() == before
    assert Draft.objects.get().read() == drafted.read()


def test_only_the_first_report_of_an_hour_asks_for_the_digest(drafted: Draft) -> None:
    submit(drafted.pk, now=NOW)
    OutboxEntry.objects.all().delete()
    for hours, asked in ((0, 0), (1, 1)):
        walk(Client(), AMINA)
        submit(Draft.objects.get().pk, now=NOW + timedelta(hours=hours))
        assert OutboxEntry.objects.count() == asked


def test_a_digest_that_was_asked_for_and_not_kept_is_asked_for_again(drafted: Draft) -> None:
    with transaction.atomic():
        submit(drafted.pk, now=NOW)
        transaction.set_rollback(True)
    submit(drafted.pk, now=NOW)
    assert OutboxEntry.objects.count() == 1


def test_a_twin_of_a_reference_is_tried_again_under_another(
    drafted: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["LLR-TWIN-ONE", "LLR-TWIN-ONE", "LLR-ANOTHER"]
    monkeypatch.setattr(receiving, "new_reference", lambda: names.pop(0))
    submit(drafted.pk, now=NOW)
    walk(Client(), AMINA)
    assert submit(Draft.objects.get().pk, now=NOW).report.reference == "LLR-ANOTHER"


@pytest.mark.usefixtures("committed")
def test_of_statements_together_all_are_done_or_none_and_the_scope_ends_with_them() -> None:
    now_asking = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
    adding = ("INSERT INTO vault_keyrecord (id, purpose) VALUES (%s, 'wrap')", ["one"])
    with pytest.raises(IntegrityError):
        do_alone(Asking("worker"), [adding, adding])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_keyrecord WHERE id = 'one'")
        assert cursor.fetchone() == (0,)
        cursor.execute(now_asking)
        assert set(cursor.fetchone()) == {""}
