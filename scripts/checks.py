"""Every static check of the project, each with its verdict; all of them run even when one fails."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TOO_LONG = 500
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")


@dataclass(frozen=True)
class Verdict:
    """What one check found: nothing, or the text to show."""

    name: str
    ok: bool
    text: str
    seconds: float


def main() -> int:
    with ThreadPoolExecutor(max_workers=2) as pool, tempfile.TemporaryDirectory() as nowhere:
        env = environment(nowhere)
        asked = [pool.submit(verdict, name, check, env) for name, check in CHECKS.items()]
        verdicts = [show(future.result()) for future in asked]
    for warning in long_files():
        print(f"note  {warning}")
    failed = [each.name for each in verdicts if not each.ok]
    print(
        f"{len(verdicts) - len(failed)} checks passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}"
    )
    return 1 if failed else 0


def verdict(name: str, check: Callable[[dict[str, str]], str], env: dict[str, str]) -> Verdict:
    begun = time.monotonic()
    problem = check(env)
    return Verdict(name, not problem, problem, time.monotonic() - begun)


def show(result: Verdict) -> Verdict:
    print(f"{'ok  ' if result.ok else 'FAIL'}  {result.name} ({result.seconds:.1f} s)", flush=True)
    if result.text:
        print(result.text.rstrip() + "\n", flush=True)
    return result


def environment(nowhere: str) -> dict[str, str]:
    """No database and no data folder: a static check must hold without either."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LLR_", "DATABASE_"))}
    return {**kept, "LLR_MODE": "test", "LLR_DATA_DIR": nowhere, "PYTHONPATH": str(ROOT)}


def tool(*command: str) -> Callable[[dict[str, str]], str]:
    """A check that is a command of the environment: its output when it fails."""

    def check(env: dict[str, str]) -> str:
        line = [str(BIN / command[0]), *command[1:]]
        done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=env, check=False)
        return (done.stdout + done.stderr or f"it ended with {done.returncode}") if done.returncode else ""

    return check


def locked_requirements(env: dict[str, str]) -> str:
    """Each .in list and its .txt name the same packages, each pin fits and is hashed, and both .txt agree."""
    problems = [*lock_problems("requirements"), *lock_problems("requirements-dev")]
    base, dev = pins("requirements"), pins("requirements-dev")
    problems += [
        f"{name} is {version} in requirements.txt and {dev.get(name)} in requirements-dev.txt"
        for name, version in base.items()
        if dev.get(name) != version
    ]
    return "\n".join([*problems, "Run scripts/lock."] if problems else [])


def lock_problems(name: str) -> Iterator[str]:
    pinned, text = pins(name), (ROOT / f"{name}.txt").read_text()
    asked = {canonicalize_name(each.name): each for each in wanted(name)}
    for package, requirement in asked.items():
        if package not in pinned:
            yield f"{package} is in {name}.in and not in {name}.txt"
        elif not requirement.specifier.contains(pinned[package], prereleases=True):
            yield f"{package} {pinned[package]} in {name}.txt does not fit {requirement} in {name}.in"
    blocks = re.split(r"\n(?=\S)", text)
    for block in blocks:
        match = PIN.match(block)
        if match and "--hash=sha256:" not in block:
            yield f"{match['name']} in {name}.txt has no hash"
        if match and f"-r {name}.in" in block and canonicalize_name(match["name"]) not in asked:
            yield f"{match['name']} is in {name}.txt and no longer in {name}.in"


def wanted(name: str) -> list[Requirement]:
    lines = [line.partition("#")[0].strip() for line in (ROOT / f"{name}.in").read_text().splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(name: str) -> dict[str, str]:
    found = (PIN.match(line) for line in (ROOT / f"{name}.txt").read_text().splitlines())
    return {canonicalize_name(match["name"]): match["version"] for match in found if match}


def long_files() -> Iterator[str]:
    """Files that have grown past reading in one go; a note, not a failure."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    for name in listed.stdout.split():
        path = ROOT / name
        count = len(path.read_text().splitlines()) if path.exists() else 0
        if count > TOO_LONG and "/migrations/" not in name:
            yield f"{name} has {count} lines: more than {TOO_LONG}"


CHECKS: dict[str, Callable[[dict[str, str]], str]] = {
    "types": tool("mypy"),
    "format": tool("ruff", "format", "--check", "."),
    "lint": tool("ruff", "check", "."),
    "templates": tool("djlint", "--lint", "--quiet", "."),
    "imports": tool("lint-imports", "--no-cache"),
    "Django": tool("python", "manage.py", "check"),
    "migrations": tool("python", "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"),
    "locked requirements": locked_requirements,
}

if __name__ == "__main__":
    sys.exit(main())
