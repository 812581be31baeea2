"""The data folder: one world's database, keys, logs and settings, used by one launcher at a time."""

import contextlib
import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from llr_hate.up.problem import StartProblem

LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


@dataclass(frozen=True)
class DataFolder:
    """A folder that holds everything that the portal keeps on this machine."""

    path: Path

    @classmethod
    def prepare(cls, path: Path) -> "DataFolder":
        """The folder, made where it is missing; StartProblem where it can't be made or written."""
        folder = cls(path.expanduser().resolve())
        try:
            folder.path.mkdir(parents=True, exist_ok=True)
            for inner in (folder.logs, folder.run):
                inner.mkdir(mode=0o700, exist_ok=True)
            probe = folder.path / ".writable"
            probe.touch()
            probe.unlink()
            # The database's own system user has to pass through, and may read nothing here.
            folder.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            reason = error.strerror or error
            raise StartProblem(f"The data folder {folder.path} can't be written: {reason}.") from error
        return folder

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def env_file(self) -> Path:
        return self.path / "env"

    @property
    def admin_file(self) -> Path:
        """The database's superuser, for backups and proofs; the portal itself never reads it."""
        return self.path / "admin.env"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Ours alone for the block; StartProblem while another launcher has it."""
        with (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StartProblem(
                    f"The data folder {self.path} is already in use: stop the portal that is running there,"
                    " or give another folder with --data."
                ) from error
            yield

    def in_use(self) -> bool:
        """Whether a launcher holds this folder now."""
        try:
            with self.locked():
                return False
        except StartProblem:
            return True
        except OSError:
            return False

    def settings(self) -> dict[str, str]:
        """What an earlier start wrote; empty for a new folder."""
        return read_env(self.env_file)

    def remember(self, values: Mapping[str, str]) -> None:
        write_env(self.env_file, values)

    def settle_mode(self, mode: str) -> None:
        """StartProblem when the folder was made for another kind of world."""
        made_as = self.settings().get("LLR_MODE")
        if made_as is None and (self.path / "postgres").exists():
            raise StartProblem(
                f"The data folder {self.path} is damaged: it has a database, and no readable settings file env."
            )
        if made_as in (None, mode):
            return
        hint = "start it with --demo" if made_as == "demo" else "start it without --demo"
        raise StartProblem(
            f"The data folder {self.path} holds {described(made_as)}: {hint}, or give another folder with --data."
        )


def described(mode: str | None) -> str:
    return "a demonstration world" if mode == "demo" else f"a {mode} world"


def read_env(path: Path) -> dict[str, str]:
    """KEY=value lines as a dictionary; StartProblem when the file is there and can't be understood."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StartProblem(f"The settings file {path} can't be read: {error}.") from error
    values = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise StartProblem(f"The settings file {path} is damaged: it should hold only KEY=value lines.")
        values[match[1]] = match[2]
    return values


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Replace the file in one step, readable by its owner alone."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    text = "".join(f"{key}={value}\n" for key, value in values.items())
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
