"""No acknowledged report is ever lost: everything is killed in turn while people send."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from proofs.house import BROKER, POSTGRESQL, WEB_SERVER, WORKER_PROCESS, House
from proofs.result import Result
from proofs.sending import Outcome, Ready, get_ready, in_parallel, opens, send_honestly

NAME = "acknowledged"
PROMISE = "no acknowledged report is ever lost, and none is doubled."
HOW = (
    "Complete drafts are sent by eight people at once, each trying again with the same draft when there is no answer,"
    " while the web server, PostgreSQL, the broker and the worker are killed with -9 in turn, with all their children,"
    " and started again. Afterwards each receipt is looked up in the database and opened with its code."
)
FULL = {"sendings": 600, "rounds": 4, "patience_seconds": 120.0}
SMALL = {"sendings": 64, "rounds": 1, "patience_seconds": 60.0}
AT_ONCE = 8
VICTIMS = (WEB_SERVER, POSTGRESQL, BROKER, WORKER_PROCESS)


def prove(house: House, *, sendings: int, rounds: int, patience_seconds: float) -> Result:
    """Sends `sendings` reports while each process is killed `rounds` times."""
    house.start(WORKER_PROCESS)
    before = set(_references(house))
    ready = in_parallel(lambda _: get_ready(house.port), range(sendings), at_once=4)
    outcomes, kills = _send_under_fire(house, ready, rounds=rounds, patience_seconds=patience_seconds)
    house.stop(WORKER_PROCESS)
    kept = [each for each in _references(house) if each not in before]
    sent = [each.sent for each in outcomes if each.sent]
    result = Result(NAME, PROMISE, HOW)
    result.note("killed with -9", ", ".join(f"{name} {count} times" for name, count in kills.items()))
    result.must_not_be_less("acknowledged with reference and code", len(sent), than=sendings)
    result.must(
        "acknowledged and not in the database", len({each.reference for each in sent} - set(kept)), be=0
    )
    result.must("reports more than drafts", len(kept) - sendings, be=0)
    result.must(
        "references given to more than one draft", len(sent) - len({each.reference for each in sent}), be=0
    )
    opened = in_parallel(lambda each: opens(house.port, each), sent, at_once=4)
    result.must("receipts that do not open their report", opened.count(False), be=0)
    again = [each for each in outcomes if each.tries > 1]
    result.must_not_be_less("people who had to try again (else nothing was hit)", len(again), than=1)
    result.note("most tries of one person", max(each.tries for each in outcomes))
    never = [each.troubles[-1] if each.troubles else "no answer" for each in outcomes if not each.sent]
    result.must(
        "last trouble of people who never had a receipt", ", ".join(sorted(set(never))) or "none", be="none"
    )
    return result


def _send_under_fire(
    house: House, ready: Sequence[Ready], *, rounds: int, patience_seconds: float
) -> tuple[list[Outcome], Counter[str]]:
    """All drafts sent, with the kills spread evenly over them."""
    done = Progress()
    kills: Counter[str] = Counter()

    def send(each: Ready) -> Outcome:
        outcome = send_honestly(house.port, each, patience_seconds=patience_seconds)
        done.one_more()
        return outcome

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        futures: list[Future[Outcome]] = [pool.submit(send, each) for each in ready]
        turns = [victim for _ in range(rounds) for victim in VICTIMS]
        for turn, victim in enumerate(turns, 1):
            done.wait_for(len(ready) * turn // (len(turns) + 1), seconds=patience_seconds)
            house.kill(victim)
            time.sleep(0.2)
            house.start(victim)
            kills[victim] += 1
        return [future.result() for future in futures], kills


class Progress:
    """Counts what is done, and lets somebody wait for a number."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def one_more(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait_for(self, count: int, *, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count >= count, timeout=seconds)


def _references(house: House) -> list[str]:
    return [str(reference) for (reference,) in house.ask("SELECT reference FROM reporting_report")]
