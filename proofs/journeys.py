"""Whatever anybody sends to whatever page: journeys that hypothesis makes up, each compared with what was stored."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from proofs.house import OURS, House
from proofs.result import ROOT, Result

NAME = "journeys"
PROMISE = "no answer breaks a page or gets lost: what is stored is what was sent."
HOW = (
    "hypothesis makes up the journeys: the person it happened to, a witness, somebody who tells for another or for a"
    " community, and a volunteer at a centre, through the core and up to three pages more. It types NUL, right-to-left"
    " marks, letters of four bytes, thousands of letters, impossible dates and codes that nobody offers. A page that"
    " refuses must still show every answer; every report is opened at the end and compared with what was sent"
    " (`tests/reporting/test_any_journey.py`, which runs 300 of them in the suite)."
)
FULL = {"journeys": 5_000}
SMALL = {"journeys": 20}


def prove(house: House, *, journeys: int) -> Result:
    """Runs the test with so many journeys, in a process and a database of its own."""
    result = Result(NAME, PROMISE, HOW)
    with tempfile.TemporaryDirectory(prefix="llr-journeys-") as place:
        told = Path(place) / "told.json"
        env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        env |= {"LLR_JOURNEYS": str(journeys), "LLR_JOURNEYS_TOLD": str(told)}
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "--show-capture=no",
                "tests/reporting/test_any_journey.py",
            ],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        done = json.loads(told.read_text()) if told.exists() else {}
    result.must("exit of the test", run.returncode, be=0)
    result.must_not_be_less(
        "journeys that arrived as they were sent", done.get("journeys", 0), than=journeys * 9 // 10
    )
    for what in ("pages sent", "pages refused", "at a centre"):
        result.note(what, f"{done.get(what, 0):,}")
    if run.returncode:
        result.more = "\n".join(run.stdout.splitlines()[-30:])
    return result
