"""Draw favicon.ico, the neutral mark for browsers that do not take the SVG: a grey page with three lines."""

import struct
import sys
import zlib
from pathlib import Path

SIDE = 32
GREY, WHITE, NOTHING = b"\x5b\x59\x66\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00"


def _pixel(x: int, y: int) -> bytes:
    corner = (
        (x in (0, SIDE - 1)) + (x in (1, SIDE - 2)) * 0.5 + (y in (0, SIDE - 1)) + (y in (1, SIDE - 2)) * 0.5
    )
    if corner >= 1.5:
        return NOTHING
    long_line = y in (10, 11, 15, 16) and 8 <= x < 24
    short_line = y in (20, 21) and 8 <= x < 18
    return WHITE if long_line or short_line else GREY


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def icon() -> bytes:
    """Give the ICO file: one PNG of 32 by 32."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(SIDE)) for y in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    picture = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, SIDE, SIDE, 0, 0, 1, 32, len(picture), 22) + picture


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(icon())
