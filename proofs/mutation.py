"""Permissions, scopes and encryption, changed on purpose in every place that mutmut knows: do the tests notice?"""

import fnmatch
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from llr_hate.up.problem import StartProblem
from llr_hate.up.running import throwaway_services
from proofs.house import OURS, House
from proofs.result import ROOT, Result
from proofs.survivors import EXPLAINED

NAME = "mutation"
PROMISE = (
    "at least 85% of deliberate changes to permissions, scopes and vault are noticed by their own tests."
)
HOW = (
    "mutmut works on a copy of the code, changes one thing at a time in the functions named below, and asks the tests"
    " that go through the changed function (`[tool.mutmut]` in `pyproject.toml`: the quick tests of these rooms, and"
    " neither the access matrix nor the journeys, which would notice more). Each change gets a process of its own and a"
    " database for itself. A change is killed when a test fails or runs out of time. mutmut leaves"
    " functions with decorators, and constants, alone: roles and their permissions are held by the access matrix."
)
ENOUGH_PERCENT = 85
NAMES = (
    "partners.doors.*",
    "partners.models.granting.*",
    "partners.models.person.xǁUserǁmay__*",
    "partners.models.person.x_holders_of__*",
    "casework.permissions.*",
    "casework.doors.*",
    "casework.sharing.*",
    "casework.models.case.xǁCaseQuerySetǁvisible_to__*",
    "reporting.models.report.xǁReportQuerySetǁvisible_to__*",
    "reporting.models.report.xǁReportQuerySetǁrecorded_at__*",
    "reporting.models.report.xǁReportǁrecompute_visibility__*",
    "reporting.models.report.xǁReportǁbarred_organisations__*",
    "scope.*",
    "vault.*",
)
FULL: dict[str, Sequence[str]] = {"names": NAMES}
SMALL: dict[str, Sequence[str]] = {"names": ("casework.permissions.*",)}
AT_ONCE = 2
ORDINARY = 0o022
# One more than are used at once: a run that was killed may still hold its own for a moment.
DATABASES = [f"llr_mutants_{os.getpid()}_{number}" for number in range(AT_ONCE + 1)]
# What mutmut keeps of a change: the exit of the tests' process.
SURVIVED, UNTESTED = 0, 33
NOTICED = {1, 3}
TOO_LATE = {24, 36, 152, 255, -24}

MIGRATED = f"""
import django; django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
if not Path(settings.KEYS_FILE).exists():
    call_command("make_keys", settings.KEYS_FILE)
from tests.borrowed import make_ready
make_ready({DATABASES!r})
"""


@dataclass(frozen=True)
class Change:
    """One deliberate change: mutmut's name for it, and how the tests' process ended."""

    name: str
    exit: int

    @property
    def room(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def is_killed(self) -> bool:
        return self.exit in NOTICED or self.exit in TOO_LATE


def prove(house: House, *, names: Sequence[str]) -> Result:
    """Changes, tests, counts. The house is not needed: the tests bring services of their own."""
    if importlib.util.find_spec("mutmut") is None:
        raise StartProblem("mutmut is missing. Run ./scripts/check once: it installs what development needs.")
    with (
        tempfile.TemporaryDirectory(prefix="llr-mutants-", dir="/tmp") as place,
        throwaway_services({}) as services,
    ):
        copy = Path(place)
        copy_the_code(copy)
        env = environment(services, copy)
        run(copy, env, "-c", MIGRATED)
        run(copy, env, "-m", "mutmut", "run", "--max-children", str(AT_ONCE), *names)
        changes = outcomes(copy, names)
        left = {change.name: shown(copy, env, change.name) for change in changes if not change.is_killed}
    return told(changes, left)


def copy_the_code(to: Path) -> None:
    """What git knows of, as it stands here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def environment(services: Mapping[str, str], copy: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return {
        **kept,
        **services,
        "LLR_MODE": "test",
        "LLR_TEST_READY": ",".join(DATABASES),
        "DJANGO_SETTINGS_MODULE": "llr_hate.settings",
        "PYTHONPATH": str(copy),
        "TMPDIR": str(copy),  # whatever the tests leave goes with the copy
    }


def run(copy: Path, env: Mapping[str, str], *command: str) -> str:
    """Python in the copy; what it printed. StartProblem with its last words when it failed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env=dict(env),
        capture_output=True,
        text=True,
        check=False,
        umask=ORDINARY,  # under the proofs' own, no file could be too open
    )
    if done.returncode:
        raise StartProblem("\n".join((done.stdout + done.stderr).splitlines()[-40:]))
    return done.stdout


def outcomes(copy: Path, names: Iterable[str]) -> list[Change]:
    """Every change that was asked for, and how it ended."""
    known = [json.loads(path.read_text()) for path in sorted((copy / "mutants").rglob("*.meta"))]
    return [
        Change(name, ended)
        for each in known
        for name, ended in each["exit_code_by_key"].items()
        if ended is not None and any(fnmatch.fnmatch(name, wanted) for wanted in names)
    ]


def shown(copy: Path, env: Mapping[str, str], name: str) -> str:
    """The changed lines of one change, as they are now."""
    lines = run(copy, env, "-m", "mutmut", "show", name).splitlines()
    return " ".join(line[1:].strip() for line in lines if line.startswith("+") and line[1:2] != "+")


def told(changes: list[Change], left: Mapping[str, str]) -> Result:
    result = Result(NAME, PROMISE, HOW)
    killed = sum(change.is_killed for change in changes)
    for room in sorted({change.room for change in changes}):
        here = [change for change in changes if change.room == room]
        result.note(room, f"{sum(change.is_killed for change in here)} of {len(here)}")
    result.note("only by running out of time", sum(change.exit in TOO_LATE for change in changes))
    result.note("in functions that no test goes through", sum(change.exit == UNTESTED for change in changes))
    share = 100 * killed // len(changes) if changes else 0
    result.note("killed of all", f"{killed} of {len(changes)}")
    result.must_not_be_less("percent killed", share, than=ENOUGH_PERCENT)
    unexplained = [name for name, line in left.items() if not explanation(name, line)]
    for name, line in left.items():
        reason = explanation(name, line) or "not explained yet"
        result.note(f"survivor {name}", f"`{line}`: {reason}".replace("|", "\\|"))
    result.must("survivors without an explanation", len(unexplained), be=0)
    return result


def explanation(name: str, line: str) -> str:
    """Why a change that survived does no harm, or why it can't be seen."""
    return next(
        (reason for pattern, words, reason in EXPLAINED if fnmatch.fnmatch(name, pattern) and words in line),
        "",
    )
