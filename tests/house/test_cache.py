"""The shared cache may go away: limits go on, counted by each process, and no page fails."""

import logging
import socket

import pytest
from django.conf import LazySettings
from django.test import Client

from llr_hate import cache as shared
from llr_hate.cache import SharedOrOwnCache


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cache_on(port: int) -> SharedOrOwnCache:
    return SharedOrOwnCache(f"redis://127.0.0.1:{port}", {})


def test_without_its_server_it_counts_for_itself() -> None:
    counting = cache_on(free_port())
    assert counting.add("tries", 0, 60)
    assert [counting.incr("tries") for _ in range(3)] == [1, 2, 3]
    assert counting.get("tries") == 3
    with pytest.raises(ValueError, match="not-there"):
        counting.incr("not-there")


def test_an_absent_server_is_asked_again_after_a_while_and_not_on_every_page(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = cache_on(free_port())
    with caplog.at_level(logging.WARNING, logger="llr.cache"):
        for _ in range(20):
            counting.get("anything")
        assert len(caplog.records) == 1
        monkeypatch.setattr(shared, "AWAY_SECONDS", 0)
        counting._away_until = 0
        counting.get("anything")
        assert len(caplog.records) == 2


@pytest.mark.django_db
def test_a_wrong_code_is_answered_and_counted_while_the_cache_is_away(
    client: Client, settings: LazySettings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "llr_hate.cache.SharedOrOwnCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}",
        }
    }
    wrong = {"reference": "LLR-2222-2222", "code": "1111 1111 1111 1111 1111 1111"}
    answers = [client.post("/back/", wrong).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
