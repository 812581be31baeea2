"""The worker's log says where a task failed, and never what anybody typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from celery import Task

from llr_hate.celery import app
from llr_hate.logs import QuietJsonFormatter
from outbox.tasks import sweep


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as a worker that has just started writes it."""
    root = logging.getLogger()
    handlers, level, app.log.already_setup = root.handlers[:], root.level, False
    app.log.setup_logging_subsystem()
    lines = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(lines)
    yield lines
    root.handlers, app.log.already_setup = handlers, False
    root.setLevel(level)


def test_every_line_of_the_worker_is_the_portals_own_json(written: io.StringIO) -> None:
    # The test runner's own handlers are of other classes.
    [ours] = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert isinstance(ours.formatter, QuietJsonFormatter)


@pytest.mark.django_db  # Before a task the worker may look whether the reference data have changed.
def test_a_task_that_fails_is_named_with_the_place_and_without_the_words(written: io.StringIO) -> None:
    @app.task(name="test.fails")
    def fails(words: str) -> None:
        int(words)

    assert isinstance(fails, Task)
    fails.apply(args=["They shouted at me"])
    [line] = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (line["message"], line["task"]) == ("task failed", "test.fails")
    assert line["exc_info"].startswith("ValueError < ")
    assert "shouted" not in written.getvalue()


def test_the_sweep_is_a_task_of_this_worker() -> None:
    assert app.tasks[sweep.name].name == "outbox.sweep"
