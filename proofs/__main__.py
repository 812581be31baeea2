"""./scripts/prove: lists the proofs, or runs one at full size and writes docs/proofs/NAME.md."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

from llr_hate.up.problem import StartProblem, Stopped
from llr_hate.up.stopping import STOP
from proofs import (
    acknowledged,
    audit,
    canary,
    centres_year,
    double_click,
    guessing,
    journeys,
    known_again,
    many_at_once,
    mutation,
    plans,
    reminders,
    rotate_keys,
)
from proofs.house import open_house
from proofs.result import ROOT, Result

PROOFS: dict[str, ModuleType] = {
    each.NAME: each
    for each in (
        acknowledged,
        audit,
        canary,
        centres_year,
        double_click,
        guessing,
        journeys,
        known_again,
        many_at_once,
        mutation,
        plans,
        reminders,
        rotate_keys,
    )
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/prove", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(PROOFS))
    chosen = parser.parse_args()
    if not chosen.name:
        for name, proof in PROOFS.items():
            print(f"{name:14} {proof.PROMISE}")
        return 0
    STOP.listen()
    os.umask(0o077)
    try:
        return run(PROOFS[chosen.name])
    except StartProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stopped:
        return 130


def run(proof: ModuleType) -> int:
    """The proof at full size; 0 when the promise is kept."""
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="llr-proof-", dir="/tmp") as place,
        open_house(Path(place) / "data") as house,
    ):
        result: Result = proof.prove(house, **proof.FULL)
    path = result.write(seconds=time.monotonic() - begun)
    for line in result.lines:
        print(f"{'ok  ' if line.is_kept else 'FAIL'}  {line.what}: {line.found}")
    print(result.more)
    print(f"{'Kept' if result.is_kept else 'NOT KEPT'}. Written: {path.relative_to(ROOT)}")
    return 0 if result.is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
