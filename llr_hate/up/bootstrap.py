"""Make .venv and install what is locked; runs on the machine's own Python, with nothing installed yet."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


class BootstrapProblem(Exception):
    """One clear sentence about why the environment can't be made."""


def main(arguments: list[str]) -> int:
    names = ["requirements-dev.txt", "requirements.txt"] if "--dev" in arguments else ["requirements.txt"]
    try:
        require_python(sys.version_info[:2])
        if not works(PYTHON):
            make_environment()
        if not is_installed(names[0]):
            install(names[0])
            for name in names:
                stamp(name).write_text(digest(ROOT / name))
    except BootstrapProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def require_python(version: tuple[int, ...]) -> None:
    if tuple(version) < OLDEST:
        found = ".".join(str(part) for part in version)
        raise BootstrapProblem(
            f"Python 3.11 or newer is needed and this is {found}: install a newer python3."
        )


def works(python: Path) -> bool:
    """Whether the environment's Python is there and new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    say("Making the Python environment in .venv")
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise BootstrapProblem(
            "The Python environment .venv could not be made: is the package python3-venv installed,"
            f" and the folder writable? ({last_line(made)})"
        )


def is_installed(name: str) -> bool:
    """Whether exactly this list was installed by an earlier start."""
    return stamp(name).exists() and stamp(name).read_text() == digest(ROOT / name)


def install(name: str) -> None:
    """Add what is missing; nothing that is there already is taken away."""
    say(f"Installing {name} (one to three minutes the first time)")
    installed = subprocess.run(
        [*installer(), "-r", str(ROOT / name)], capture_output=True, text=True, check=False
    )
    if installed.returncode:
        raise BootstrapProblem(f"{name} could not be installed: {last_line(installed)}")


def installer() -> list[str]:
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True, check=False)
    quietly = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [str(PYTHON), "-m", "pip", "install", *quietly, "--require-hashes"]


def stamp(name: str) -> Path:
    return VENV / f"{name}.sha256"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    lines = (done.stderr or done.stdout or "").strip().splitlines()
    return lines[-1].strip() if lines else "no reason was given"


def say(sentence: str) -> None:
    print(f"{sentence} …", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
