"""A request to stop is never lost and never leaves a process behind."""

import signal

import pytest

from llr_hate.up.problem import Stopped
from llr_hate.up.stopping import REQUESTS, StopRequests


@pytest.fixture
def stop():
    before = {number: signal.getsignal(number) for number in REQUESTS}
    requests = StopRequests()
    requests.listen()
    yield requests
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_stops_at_once(stop: StopRequests, number: signal.Signals) -> None:
    with pytest.raises(Stopped):
        signal.raise_signal(number)


def test_a_request_waits_for_what_is_held(stop: StopRequests) -> None:
    steps = []

    def work() -> None:
        with stop.held():
            signal.raise_signal(signal.SIGTERM)
            with stop.held():
                steps.append("inner")
            steps.append("outer")

    with pytest.raises(Stopped):
        work()

    assert steps == ["inner", "outer"]


def test_a_second_request_changes_nothing(stop: StopRequests) -> None:
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGINT)

    signal.raise_signal(signal.SIGTERM)


def test_nothing_happens_where_nobody_asked(stop: StopRequests) -> None:
    with stop.held():
        pass
