"""A real virus scanner for the tests: ClamAV's daemon on a socket of its own, which knows what we say is harmful."""

import hashlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# The test file of the anti-virus industry, in two halves, so that no scanner takes this module for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# A photo by its first bytes, and harmful in the eyes of our scanner.
HARMFUL_PHOTO = b"\xff\xd8\xff\xe0 a photo that carries something along"
NAMES = {EICAR: "Test.Eicar.Local", HARMFUL_PHOTO: "Test.Harmful.Photo"}
MISSING = (
    "These tests need a real virus scanner: install Debian's clamav-daemon (apt-get install clamav-daemon), or have "
    "clamd on the path. ./scripts/test installs it where it may."
)
CONFIGURATION = """Foreground yes
DatabaseDirectory {folder}/database
LocalSocket {folder}/clamd
LogFile {folder}/log
User {user}
StreamMaxLength {most}
MaxFileSize 120M
MaxScanSize 120M
AlertExceedsMax yes
SelfCheck 0
"""


def find_clamd() -> str:
    """The daemon; the tests fail with a sentence where there is none, because skipped they would prove nothing."""
    found = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


@contextmanager
def clamd(*, most: str = "120M") -> Iterator[str]:
    """A scanner that runs until the end of the block; gives its address. It looks at no more than `most`."""
    program = find_clamd()
    with tempfile.TemporaryDirectory(prefix="llr-clamd-", dir="/tmp") as name:
        folder = Path(name)
        (folder / "database").mkdir()
        hashes = [f"{hashlib.md5(each).hexdigest()}:{len(each)}:{called}\n" for each, called in NAMES.items()]
        (folder / "database" / "own.hdb").write_text("".join(hashes))
        settings = CONFIGURATION.format(folder=folder, user=folder.owner(), most=most)
        (folder / "conf").write_text(settings)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        daemon = subprocess.Popen([program, "--foreground", "-c", str(folder / "conf")], **quiet)
        try:
            _wait_for(folder / "clamd", daemon, folder / "log")
            yield str(folder / "clamd")
        finally:
            daemon.terminate()
            daemon.wait(timeout=20)


def _wait_for(address: Path, daemon: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        with socket.socket(socket.AF_UNIX) as line:
            if daemon.poll() is None and line.connect_ex(str(address)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"The scanner did not start: {log.read_text() if log.exists() else 'it wrote nothing'}")


@pytest.fixture(scope="session")
def clamd_address() -> Iterator[str]:
    with clamd() as address:
        yield address


@pytest.fixture
def scanner(clamd_address: str, settings: pytest.FixtureRequest) -> str:
    """The portal has a scanner in this test."""
    settings.CLAMD = clamd_address
    return clamd_address
