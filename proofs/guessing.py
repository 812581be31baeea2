"""Guessing gets nowhere, and who is at work meanwhile hardly notices."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any

from bench.http import Browser
from bench.journey import Walk
from bench.servers import ROOT
from proofs.guesser import LOGIN, SECOND_STEP, Guesser
from proofs.house import WEB_SERVER, House
from proofs.result import Result

NAME = "guessing"
PROMISE = (
    "wrong passwords and codes open nothing, however many; who works meanwhile waits at most 1.5 times as long;"
    " and the people whose accounts are guessed at come in all the same."
)
HOW = (
    "A guesser with {networks} networks tries passwords, codes of an app, recovery codes and printed codes behind a"
    " stolen password, and receipt codes, {a_second} a second, against a real server (two processes, four threads"
    " each). Somebody on another network opens the list of cases again and again: in turns of a few seconds with the"
    " guesser held still and with the guesser at work, so that whatever else the machine does falls on both."
)
# Between two turns the person at work reads for so many seconds, and the guesser goes on.
FULL = {"tries": 10_000, "networks": 12, "a_second": 40, "rests": 20, "asked_a_turn": 25}
SMALL = {"tries": 144, "networks": 4, "a_second": 60, "rests": 1, "asked_a_turn": 6}
PAGE = "/staff/cases/"
ROUNDS = 3
MOST_TIMES_AS_LONG = 1.5
OWN_NETWORK, THIRD_NETWORK = "192.0.2.10", "192.0.2.99"


def prove(house: House, *, tries: int, networks: int, a_second: int, rests: int, asked_a_turn: int) -> Result:
    """Guesses `tries` times."""
    with behind_a_proxy(house):
        sent = Walk(Browser(house.port)).whole()
        known = {**json.loads(house.python("-m", "proofs.guessed")), "reference": sent.reference}
        result = Result(NAME, PROMISE, HOW.format(networks=networks, a_second=a_second))
        told = {"port": house.port, "known": known, "seed": 20, "tries": tries, "networks": networks}
        found, turns = _at_work_meanwhile(house, known, {**told, "a_second": a_second}, rests, asked_a_turn)
        _count(result, found, tries)
        result.must(
            "the person guessed at, from a network of their own", _comes_in(house, known), be="came in"
        )
        _compare(result, turns)
    return result


@contextlib.contextmanager
def behind_a_proxy(house: House) -> Iterator[None]:
    """The web server believes the network that the request names, as it does behind a proxy: one machine can then be
    many networks."""
    if house.env.get("LLR_BEHIND_PROXY"):
        yield
        return
    before = dict(house.env)
    house.stop(WEB_SERVER)
    house.env["LLR_BEHIND_PROXY"] = "true"
    house.start(WEB_SERVER)
    try:
        yield
    finally:
        house.stop(WEB_SERVER)
        house.env.clear()
        house.env.update(before)
        house.start(WEB_SERVER)


Turns = list[tuple[list[float], list[float]]]


def _at_work_meanwhile(
    house: House, known: dict[str, Any], told: dict[str, Any], rests: int, asked_a_turn: int
) -> tuple[dict[str, int], Turns]:
    """What the guesser found, and the times of each turn: first without it, then with it."""
    worker = Browser(house.port, {known["cookie"]: known["session"]}, also={"X-Forwarded-For": OWN_NETWORK})
    _times(worker, asked_a_turn)  # a warm-up
    command = [sys.executable, "-m", "proofs.guesser"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    turns: Turns = []
    with subprocess.Popen(command, cwd=ROOT, env=house.env, **pipes) as guesser:  # type: ignore[call-overload]
        guesser.stdin.write(json.dumps(told))
        guesser.stdin.close()
        while guesser.poll() is None:
            os.kill(guesser.pid, signal.SIGSTOP)
            time.sleep(0.1)  # what is on its way arrives
            quiet = _times(worker, asked_a_turn)
            os.kill(guesser.pid, signal.SIGCONT)
            turns.append((quiet, _times(worker, asked_a_turn)))
            _go_on_guessing(guesser, rests)
        return json.loads(guesser.stdout.read()), turns


def _go_on_guessing(guesser: "subprocess.Popen[str]", seconds: float) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        guesser.wait(seconds)


def _times(worker: Browser, times: int) -> list[float]:
    taken = []
    for _ in range(times):
        answer = worker.get(PAGE)
        if answer.status != 200:
            raise RuntimeError(f"The person at work got {answer.status} from {PAGE}.")
        taken.append(answer.ms)
        time.sleep(0.01)
    return taken


def _count(result: Result, found: dict[str, int], tries: int) -> None:
    kinds = ("password", "app code", "recovery code", "printed code", "receipt code")
    result.must("tries", sum(found.get(kind, 0) for kind in kinds), be=tries)
    result.note("of them", ", ".join(f"{found.get(kind, 0):,} {kind}s" for kind in kinds))
    result.note("of them compared at all, the rest sent away to wait", f"{found.get('looked at', 0):,}")
    result.must("hits", found.get("hits", 0), be=0)


def _comes_in(house: House, known: dict[str, Any]) -> str:
    """The right password and a right code, straight after: the guesser's own way of noticing a hit notices it."""
    person = Guesser(house.port, THIRD_NETWORK, known, rng=None)  # type: ignore[arg-type]
    answer = person.go_on(LOGIN, login=known["app"], password=known["password"])
    if SECOND_STEP not in answer.location:
        return f"stayed out at the password ({answer.status})"
    answer = person.go_on(SECOND_STEP, code=known["recovery"])
    return "came in" if answer.status == 302 and answer.location == "/staff/" else "stayed out at the code"


def _compare(result: Result, turns: Turns) -> None:
    ratios = []
    for number in range(ROUNDS):
        of_round = turns[number::ROUNDS]
        quiet = _p95([ms for without, _ in of_round for ms in without])
        guessed_at = _p95([ms for _, during in of_round for ms in during])
        ratios.append(guessed_at / quiet)
        result.note(
            f"95 of 100 list pages, round {number + 1}",
            f"{quiet:.1f} ms quiet, {guessed_at:.1f} ms guessed at",
        )
    result.must_not_be_more("times as long, median of three rounds", median(ratios), than=MOST_TIMES_AS_LONG)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]
