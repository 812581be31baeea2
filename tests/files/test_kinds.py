"""What a file is, is read from its first bytes; what we do not keep is refused in plain words."""

import pytest

from files.kinds import (
    HEIC,
    JPEG,
    M4A,
    MEGABYTE,
    MP3,
    MP4,
    OGG,
    PDF,
    PNG,
    QUICKTIME,
    WAV,
    WEBP,
    FileRefused,
    Kind,
    kind_of,
    refuse_locked,
)
from tests import sent_files


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (sent_files.jpeg(), JPEG),
        (sent_files.png(), PNG),
        (sent_files.webp(), WEBP),
        (sent_files.heic(), HEIC),
        (sent_files.pdf(), PDF),
        (sent_files.video(), MP4),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00", QUICKTIME),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00", M4A),
        (sent_files.sound(), MP3),
        (b"\xff\xfb\x90\x64 a frame of sound", MP3),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", WAV),
        (b"OggS\x00\x02", OGG),
    ],
)
def test_each_kind_is_known_by_its_beginning(start: bytes, kind: Kind) -> None:
    assert kind_of(start, len(start)) is kind


@pytest.mark.parametrize(
    "content",
    [
        sent_files.SVG,
        sent_files.GIF_SCRIPT,
        sent_files.zip_bomb(),
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"\x00\x00\x00\x20ftypavif",
        b"\xff\xfe h i",
        b" %PDF-1.7",
    ],
)
def test_what_is_no_photo_pdf_video_or_sound_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="We can keep photos"):
        kind_of(content, len(content))


def test_each_kind_has_its_largest_size() -> None:
    assert kind_of(sent_files.video(), 100 * MEGABYTE) is MP4
    with pytest.raises(FileRefused, match="larger than 100 MB"):
        kind_of(sent_files.video(), 100 * MEGABYTE + 1)
    with pytest.raises(FileRefused, match="larger than 10 MB"):
        kind_of(sent_files.jpeg(), 10 * MEGABYTE + 1)
    with pytest.raises(FileRefused, match="empty"):
        kind_of(b"", 0)


def test_a_pdf_with_a_password_is_refused_because_no_scanner_could_look_into_it() -> None:
    with pytest.raises(FileRefused, match="locked with a password"):
        refuse_locked(PDF, sent_files.pdf(password="heron"))
    refuse_locked(PDF, sent_files.pdf())
