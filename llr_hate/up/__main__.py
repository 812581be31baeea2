"""The launcher's command line: `run` for the whole portal, `services` for what it stands on."""

import argparse
import os
import sys
import threading
from pathlib import Path

from llr_hate.up.datafolder import DataFolder
from llr_hate.up.portal import ROOT, run
from llr_hate.up.problem import StartProblem, Stopped
from llr_hate.up.running import running_services
from llr_hate.up.stopping import STOP


def main(arguments: list[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    STOP.listen()
    # What the portal writes (logs, keys, mail) is for the user who started it, and for nobody else on the machine.
    os.umask(0o077)
    try:
        return int(chosen.act(chosen))
    except StartProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stopped:
        print("Stopped.")
        return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="llr_hate.up", description=__doc__)
    acts = top.add_subparsers(required=True)
    whole = acts.add_parser("run", prog="./scripts/run", help="the whole portal")
    whole.add_argument("--demo", action="store_true", help="an invented world to look around in")
    whole.add_argument("--port", type=int, default=8000, metavar="N", help="on 127.0.0.1 (default 8000)")
    whole.add_argument("--data", type=Path, default=ROOT / ".data", metavar="DIR", help="default .data/")
    whole.set_defaults(act=run)
    services = acts.add_parser("services", help="PostgreSQL and the broker only")
    services.add_argument("--data", type=Path, default=ROOT / ".data", metavar="DIR")
    services.add_argument("--throwaway", action="store_true", help="faster, not safe against a power cut")
    services.set_defaults(act=serve_services)
    return top


def serve_services(chosen: argparse.Namespace) -> int:
    made_as = DataFolder(chosen.data.expanduser()).settings().get("LLR_MODE", "development")
    with running_services(chosen.data, mode=made_as, durable=not chosen.throwaway):
        print("Services ready", flush=True)
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
