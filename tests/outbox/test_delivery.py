"""Work that was asked for is done at least once after commit, whatever fails on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outbox.models import HANDLERS, MAX_ATTEMPTS, OutboxEntry, handler

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def sent() -> Iterator[list[dict[str, Any]]]:
    """A kind of work that notes what it was given, and fails while its payload says so."""
    done: list[dict[str, Any]] = []

    @handler("test.letter")
    def deliver(payload: dict[str, Any], now: datetime) -> None:
        if payload.get("fails"):
            raise ConnectionError("the other side is down")
        done.append(payload)

    yield done
    del HANDLERS["test.letter"]


def deliver_due(now: datetime) -> int:
    return sum(OutboxEntry.deliver_one(entry.pk, now=now) for entry in OutboxEntry.objects.due(now=now))


@pytest.mark.django_db
def test_what_is_put_is_delivered_once(sent: list[dict[str, Any]]) -> None:
    OutboxEntry.put("test.letter", "1", {"to": 1}, now=NOW)
    assert (deliver_due(NOW), deliver_due(NOW)) == (1, 0)
    assert sent == [{"to": 1}]


@pytest.mark.django_db
def test_asking_twice_for_the_same_key_is_one_piece_of_work(sent: list[dict[str, Any]]) -> None:
    for _ in range(2):
        OutboxEntry.put("test.letter", "1", {"to": 1}, now=NOW)
    assert deliver_due(NOW) == 1


@pytest.mark.django_db
def test_what_fails_waits_longer_each_time_and_is_not_lost(sent: list[dict[str, Any]]) -> None:
    OutboxEntry.put("test.letter", "1", {"fails": True}, now=NOW)
    assert deliver_due(NOW) == 0
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.try_at) == (1, NOW + timedelta(seconds=30))
    assert deliver_due(NOW) == 0
    OutboxEntry.objects.update(payload={"to": 1})
    assert deliver_due(NOW + timedelta(minutes=5)) == 1


@pytest.mark.django_db
def test_work_of_an_unknown_kind_waits_and_the_rest_goes_on(sent: list[dict[str, Any]]) -> None:
    OutboxEntry.put("test.unknown", "1", {}, now=NOW)
    OutboxEntry.put("test.letter", "2", {"to": 2}, now=NOW)
    assert deliver_due(NOW) == 1
    assert OutboxEntry.objects.get(kind="test.unknown").delivered_at is None


@pytest.mark.django_db
def test_after_many_tries_it_waits_for_a_person(sent: list[dict[str, Any]]) -> None:
    OutboxEntry.put("test.letter", "1", {"fails": True}, now=NOW)
    OutboxEntry.objects.update(attempts=MAX_ATTEMPTS)
    assert not OutboxEntry.objects.due(now=NOW).exists()
    assert OutboxEntry.objects.given_up().count() == 1


@pytest.mark.django_db
def test_a_broker_that_is_down_fails_nothing(
    sent: list[dict[str, Any]], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no broker")

    with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr("outbox.models.current_app.send_task", down)
        OutboxEntry.put("test.letter", "1", {"to": 1}, now=NOW)
    assert deliver_due(NOW) == 1
