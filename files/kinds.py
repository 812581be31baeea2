"""Which files are kept: known by their first bytes. The name and the type that a browser claims are not believed.

A file that is two kinds at once is taken for the one it begins as, and nobody is ever handed it as anything to run:
of photos and PDFs new pictures are shown (`files.making`), and all else leaves the house as an attachment.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
# So much of a file's beginning says what it is.
LOOKED_AT = 4096
# A PDF that is locked says so outside what is locked.
LOCKED = re.compile(rb"/Encrypt[\s<\d]")


class FileRefused(Exception):
    """The file is too large, empty, locked, or of a kind that we do not keep; the message says which."""


class Family(StrEnum):
    """What a file is to a person."""

    PHOTO = "photo"
    PDF = "pdf"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True)
class Kind:
    """One kind of file: its registered type, what it is to a person, and how its name ends."""

    media_type: str
    family: Family
    ending: str

    @property
    def max_bytes(self) -> int:
        return MOST_BYTES[self.family]


MOST_BYTES = {
    Family.PHOTO: 10 * MEGABYTE,
    Family.PDF: 10 * MEGABYTE,
    Family.VIDEO: 100 * MEGABYTE,
    Family.AUDIO: 100 * MEGABYTE,
}
MOST_OF_ALL = max(MOST_BYTES.values())

JPEG = Kind("image/jpeg", Family.PHOTO, "jpg")
PNG = Kind("image/png", Family.PHOTO, "png")
WEBP = Kind("image/webp", Family.PHOTO, "webp")
HEIC = Kind("image/heic", Family.PHOTO, "heic")
PDF = Kind("application/pdf", Family.PDF, "pdf")
MP4 = Kind("video/mp4", Family.VIDEO, "mp4")
QUICKTIME = Kind("video/quicktime", Family.VIDEO, "mov")
M4A = Kind("audio/mp4", Family.AUDIO, "m4a")
MP3 = Kind("audio/mpeg", Family.AUDIO, "mp3")
WAV = Kind("audio/wav", Family.AUDIO, "wav")
OGG = Kind("audio/ogg", Family.AUDIO, "ogg")
KINDS = (JPEG, PNG, WEBP, HEIC, PDF, MP4, QUICKTIME, M4A, MP3, WAV, OGG)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}

BEGINNINGS = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"OggS": OGG,
    b"ID3": MP3,
}
RIFF = {b"WEBP": WEBP, b"WAVE": WAV}
# What stands behind `ftyp` in the family of files that MP4 belongs to.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    b"qt  ": QUICKTIME,
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"), MP4),
    **dict.fromkeys((b"M4V ", b"MSNV", b"dash", b"3gp4", b"3gp5", b"3gp6", b"3g2a"), MP4),
}


def kind_of(start: bytes, byte_count: int) -> Kind:
    """The kind of a file with this beginning and size; raises FileRefused, whose words are for who chose it."""
    if not byte_count:
        raise FileRefused(_("The file is empty."))
    kind = _by_signature(start)
    if kind is None:
        raise FileRefused(
            _(
                "We can keep photos (JPEG, PNG, WebP or HEIC), PDFs, videos (MP4 or MOV) "
                "and sound (MP3, M4A, WAV or OGG)."
            )
        )
    if byte_count > kind.max_bytes:
        raise FileRefused(_("The file is larger than %(most)s MB.") % {"most": kind.max_bytes // MEGABYTE})
    return kind


def refuse_locked(kind: Kind, content: bytes) -> None:
    """Raises FileRefused of a PDF that needs a password: no scanner could look into it."""
    if kind is PDF and LOCKED.search(content):
        raise FileRefused(_("The PDF is locked with a password. Save it without one, or take a photo of it."))


def _by_signature(start: bytes) -> Kind | None:
    for beginning, kind in BEGINNINGS.items():
        if start.startswith(beginning):
            return kind
    if start[:4] == b"RIFF":
        return RIFF.get(start[8:12])
    if start[4:8] == b"ftyp":
        return BRANDS.get(start[8:12])
    return MP3 if _is_mpeg_sound(start) else None


def _is_mpeg_sound(start: bytes) -> bool:
    """Whether it begins as a frame of MPEG sound, layer 3, does: version, rate and frequency are possible ones."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE6 != 0xE2:
        return False
    is_a_version = start[1] & 0x18 != 0x08
    return is_a_version and start[2] & 0xF0 not in (0x00, 0xF0) and start[2] & 0x0C != 0x0C
