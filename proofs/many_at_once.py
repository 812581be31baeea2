"""Many at once: a whole neighbourhood tells us in the same minute, and nobody is turned away or kept waiting."""

import time
from dataclasses import dataclass
from statistics import quantiles

from bench.journey import Sent, Stuck
from proofs.house import House
from proofs.result import Result
from proofs.sending import NO_ANSWER, Ready, get_ready, in_parallel, send_once

NAME = "many_at_once"
PROMISE = "many reports at once are all received, and quickly."
HOW = (
    "{reports} drafts are walked to their last page over HTTP and sent to a real server (two processes, four threads"
    " each), so many at a time as stands in each line. What is timed is one press of “Send my report”, until the page"
    " with the receipt is there."
)
FULL = {"reports": 200, "at_once": (8, 32)}
SMALL = {"reports": 16, "at_once": (8,)}
MOST_SECONDS = 1.5
HUNDRED = 100


@dataclass(frozen=True)
class Press:
    """One press: the receipt, if there was one, and how long it took."""

    sent: Sent | None
    seconds: float


def prove(house: House, *, reports: int, at_once: tuple[int, ...]) -> Result:
    """Sends `reports` reports for each number of people at once."""
    result = Result(NAME, PROMISE, HOW.format(reports=reports))
    for many in at_once:
        before = _reports(house)
        ready = in_parallel(lambda _: get_ready(house.port), range(reports), at_once=4)
        presses = in_parallel(lambda each: _press(house.port, each), ready, at_once=many)
        answered = [press.sent for press in presses if press.sent is not None]
        result.must(f"presses answered with a receipt, {many} at once", len(answered), be=reports)
        result.must(
            f"different references, {many} at once", len({each.reference for each in answered}), be=reports
        )
        result.must(f"reports in the database, {many} at once", _reports(house) - before, be=reports)
        seconds = _p95([press.seconds for press in presses])
        result.must_not_be_more(
            f"seconds within which 95 of 100 were answered, {many} at once", seconds, than=MOST_SECONDS
        )
    return result


def _press(port: int, ready: Ready) -> Press:
    begun = time.monotonic()
    try:
        sent: Sent | None = send_once(port, ready)
    except (*NO_ANSWER, Stuck):
        sent = None
    return Press(sent, time.monotonic() - begun)


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=HUNDRED)[94]


def _reports(house: House) -> int:
    return int(str(house.ask("SELECT count(*) FROM reporting_report")[0][0]))
