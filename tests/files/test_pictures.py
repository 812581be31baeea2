"""What is shown of a file is drawn anew: the picture is there, and nothing else of what was sent."""

import contextlib
import io

import pytest
from PIL import Image

from files import making
from files.harmless import LONGEST_SIDE
from files.making import NoPicture, pictures_from
from tests import sent_files
from tests.sent_files import CANARY, DEGREES

MARKS = (b"Exif", b"adobe", b"<script", b"JavaScript", b"/JS", b"<html", b"PK\x03\x04")


def opened(media_type: str, content: bytes) -> list[Image.Image]:
    """The pictures, of which each byte was looked at."""
    made = list(pictures_from(media_type, content))
    for each in made:
        assert CANARY not in each
        assert DEGREES not in each
        assert not [mark for mark in MARKS if mark in each]
    return [Image.open(io.BytesIO(each)) for each in made]


def is_red(picture: Image.Image, across: float, down: float) -> bool:
    red, _green, blue = picture.convert("RGB").getpixel(
        (int(picture.width * across), int(picture.height * down))
    )
    return red > 150 > blue


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/jpeg", sent_files.jpeg()),
        ("image/png", sent_files.png()),
        ("image/webp", sent_files.webp()),
        ("image/heic", sent_files.heic()),
        ("application/pdf", sent_files.pdf()),
        ("image/jpeg", sent_files.jpeg_and_page()),
    ],
)
def test_no_place_and_no_script_is_left_and_the_picture_is(media_type: str, content: bytes) -> None:
    assert CANARY in content
    (picture,) = opened(media_type, content)
    assert picture.format == "JPEG"
    assert not picture.getexif()
    assert is_red(picture, 0.2, 0.5)
    assert not is_red(picture, 0.8, 0.5)


def test_a_pdf_that_is_an_archive_too_is_only_its_page() -> None:
    assert len(opened("application/pdf", sent_files.pdf_and_zip())) == 1


def test_every_page_is_drawn() -> None:
    assert len(opened("application/pdf", sent_files.pdf(pages=3))) == 3


def test_a_photo_stands_the_way_it_was_held() -> None:
    (picture,) = opened("image/jpeg", sent_files.jpeg(turned=6))
    assert (picture.width, picture.height) == (480, 640)
    assert is_red(picture, 0.5, 0.2)


def test_a_large_photo_is_made_smaller() -> None:
    (picture,) = opened("image/jpeg", sent_files.jpeg(size=(4000, 3000)))
    assert max(picture.size) == LONGEST_SIDE


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", sent_files.png_bomb()),
        ("image/jpeg", b"\xff\xd8\xff and then nothing"),
        ("image/jpeg", sent_files.png()),
        ("image/heic", b"\x00\x00\x00\x18ftypheic" + bytes(100)),
        ("application/pdf", b"%PDF-1.7 and then nothing"),
        ("application/pdf", sent_files.pdf(password="heron")),
        ("video/mp4", sent_files.video()),
    ],
)
def test_of_what_is_broken_too_large_or_something_else_there_is_no_picture(
    media_type: str, content: bytes
) -> None:
    with pytest.raises(NoPicture):
        list(pictures_from(media_type, content))


def test_a_page_that_unpacks_to_a_gigabyte_takes_nothing_down() -> None:
    with contextlib.suppress(NoPicture):
        assert opened("application/pdf", sent_files.pdf_bomb())


def test_who_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_SECONDS", 0.01)
    with pytest.raises(NoPicture):
        list(pictures_from("image/jpeg", sent_files.jpeg()))


def test_who_wants_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    large = sent_files.png(size=(4000, 3000))
    assert list(pictures_from("image/png", large))
    monkeypatch.setattr(making, "MOST_MEMORY", 64 * 1024 * 1024)
    with pytest.raises(NoPicture):
        list(pictures_from("image/png", large))
