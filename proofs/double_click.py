"""A double click is one report: one draft, sent ten times at the same moment, and again later."""

from bench.journey import Sent
from proofs.house import House
from proofs.result import Result
from proofs.sending import distinct, get_ready, in_parallel, press_together, send_once

NAME = "double_click"
PROMISE = (
    "a double click, a replayed request or a page loaded again is one report, with the same answer each time."
)
HOW = (
    "Each draft is walked to its last page over HTTP and then sent ten times at the same moment to a real server"
    " (two processes, four threads each), once more after that, and its receipt is opened again."
)
FULL = {"drafts": 100, "presses": 10}
SMALL = {"drafts": 4, "presses": 10}


def prove(house: House, *, drafts: int, presses: int) -> Result:
    """Sends `drafts` drafts `presses` times each."""
    before = _reports(house)
    ready = in_parallel(lambda _: get_ready(house.port), range(drafts), at_once=4)
    answers = [press_together(house.port, each, presses=presses) for each in ready]
    replayed = [send_once(house.port, each) for each in ready]
    result = Result(NAME, PROMISE, HOW)
    result.must("presses that were answered with a receipt", _answered(answers), be=drafts * presses)
    result.must("drafts with more than one different answer", _different(answers), be=0)
    agreeing = sum(one == many[0] for one, many in zip(replayed, answers, strict=True))
    result.must("drafts that give the same answer when sent once more", agreeing, be=drafts)
    result.must("reports in the database", _reports(house) - before, be=drafts)
    result.must("different references among them", len({each.reference for each in replayed}), be=drafts)
    return result


def _answered(answers: list[list[Sent | None]]) -> int:
    return sum(each is not None for many in answers for each in many)


def _different(answers: list[list[Sent | None]]) -> int:
    return sum(distinct(many) > 1 for many in answers)


def _reports(house: House) -> int:
    return int(str(house.ask("SELECT count(*) FROM reporting_report")[0][0]))
