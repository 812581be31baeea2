"""The virus scanner: ClamAV's daemon, asked over its own protocol (INSTREAM), on a socket of this machine or of
another. A file is cleared only by its plain word that nothing was found."""

import socket
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from django.conf import settings

# A long video takes the scanner a while; one that says nothing for longer is away.
ANSWERS_WITHIN = 120.0
CONNECTS_WITHIN = 3.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner is not set up, does not answer, or could not look at the whole file: the file stays held."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner said; `found` names what it found, '' where it found nothing."""

    found: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.found


def is_set_up() -> bool:
    """Whether a scanner is named in the settings."""
    return bool(settings.CLAMD)


def answers() -> bool:
    """Whether the scanner is there and answers."""
    try:
        return _ask(b"zPING\0", ()) == "PONG"
    except ScannerAway:
        return False


def scan(pieces: Iterable[bytes]) -> Verdict:
    """Has a file looked at, however large, without having it in memory; raises ScannerAway."""
    answer = _ask(b"zINSTREAM\0", pieces)
    if answer == "stream: OK":
        return Verdict()
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND")[:100])
    # A file larger than it looks at, an error, or something that is no scanner.
    raise ScannerAway(answer[:100] or "It said nothing.")


def _ask(command: bytes, pieces: Iterable[bytes]) -> str:
    if not is_set_up():
        raise ScannerAway("No scanner is set up.")
    try:
        with closing(_connected(settings.CLAMD)) as line:
            line.sendall(command)
            if command == b"zINSTREAM\0":
                _send(line, pieces)
            return _heard(line)
    except (OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from None


def _connected(place: str) -> socket.socket:
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECTS_WITHIN)
        line.connect(place)
    else:
        host, _, port = place.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECTS_WITHIN)
    line.settimeout(ANSWERS_WITHIN)
    return line


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        for start in range(0, len(piece), PIECE):
            some = piece[start : start + PIECE]
            line.sendall(len(some).to_bytes(4, "big") + some)
    line.sendall(bytes(4))


def _heard(line: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < LONGEST_ANSWER:
        more = line.recv(1024)
        if not more:
            break
        heard += more
    return heard.split(b"\0")[0].decode("ascii", "replace").strip()
