"""Looking for words that must not be there, in every form in which they could be written."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

LONG_RUN = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def forms_of(words: str) -> list[bytes]:
    """`words` as plain text, hex (PostgreSQL writes bytes so), UTF-16, and base64 at each of its three offsets."""
    plain = words.encode()
    return [
        plain,
        plain.hex().encode(),
        plain.hex().upper().encode(),
        words.encode("utf-16-le"),
        *in_base64(plain),
    ]


def in_base64(plain: bytes) -> list[bytes]:
    """What stays the same of `plain` in base64, whatever stands before and after it."""
    found = []
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + plain).rstrip(b"=")
        first = -(-offset * 8 // 6)
        whole = (offset + len(plain)) * 8 // 6
        found.append(encoded[first:whole])
    return found


def hits(content: bytes, needles: Iterable[str]) -> list[str]:
    """Which of the needles are in `content` in one of their forms."""
    return [needle for needle in needles if any(form in content for form in forms_of(needle))]


def hits_in_files(folder: Path, needles: Iterable[str]) -> dict[str, list[str]]:
    """The same for every file below a folder, by its name there."""
    wanted = list(needles)
    found = {
        str(path.relative_to(folder)): hits(path.read_bytes(), wanted)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_socket()
    }
    return {name: which for name, which in found.items() if which}


def hits_in_values(values: Mapping[str, bytes], needles: Iterable[str]) -> dict[str, list[str]]:
    """The same for named values; what looks like base64 in them is opened too."""
    wanted = list(needles)
    found = {name: hits(value + b"\n" + opened(value), wanted) for name, value in values.items()}
    return {name: which for name, which in found.items() if which}


def opened(value: bytes) -> bytes:
    """What stands in long runs of base64 inside `value`."""
    parts = []
    for run in LONG_RUN.findall(value):
        try:
            parts.append(base64.b64decode(run, validate=True))
        except (binascii.Error, ValueError):
            continue
    return b"\n".join(parts)
