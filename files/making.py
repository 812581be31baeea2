"""Has pictures made of what strangers sent, by a program of its own with little memory and time: a file that takes it
down takes nothing else with it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from files.models import Picture, SealedFile

PROGRAM = Path(__file__).with_name("harmless.py")
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 90.0
MOST_CPU_SECONDS = 60


class NoPicture(Exception):
    """None could be made: it is broken, is not what it says, or wanted too much."""


def draw(file: SealedFile) -> list[bytes]:
    """The pictures of a photo or PDF, not saved; raises NoPicture."""
    drawn = list(pictures_from(file.media_type, file.original()))
    if not drawn:
        raise NoPicture
    return drawn


def keep_pictures(file: SealedFile, drawn: list[bytes]) -> None:
    """Seals and saves what was drawn."""
    for number, jpeg in enumerate(drawn, start=1):
        Picture.keep(file, number, jpeg)


def pictures_from(media_type: str, content: bytes) -> Iterator[bytes]:
    """The pictures that the program made; raises NoPicture."""
    try:
        done = subprocess.run(
            # -I: nothing of the environment or of the folder decides what it imports.
            [sys.executable, "-I", str(PROGRAM), str(MOST_MEMORY), str(MOST_CPU_SECONDS)],
            input=media_type.encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
            env={},  # neither the database's address nor where the keys are
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise NoPicture from None
    if done.returncode:
        raise NoPicture
    return _unpacked(done.stdout)


def _unpacked(said: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(said):
        length = int.from_bytes(said[at : at + 4], "big")
        jpeg = said[at + 4 : at + 4 + length]
        # Who takes the program over can still only hand out pictures.
        if len(jpeg) != length or not jpeg.startswith(b"\xff\xd8\xff"):
            raise NoPicture
        yield jpeg
        at += 4 + length
