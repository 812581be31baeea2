"""Draws new pictures of photos and of the pages of PDFs: without place and time, names, scripts, attachments, or
anything but what can be seen.

It runs as a program of its own (`files.making` starts it), because what it opens was made by strangers: it has no
database, no keys, no network that it was given, little memory and little time. On its standard input it gets the
media type on a line and then the file; on its standard output it puts each picture with its length before it.
Nothing of the house is imported here.
"""

import io
import resource
import sys
from collections.abc import Iterator

from PIL import Image, ImageOps

# The longest side of a photo and the width of a page: enough to read a letter.
LONGEST_SIDE = 2000
PAGE_WIDTH = 1400
# A picture that unpacks to more than this is refused before it is unpacked.
MOST_PIXELS = 60_000_000
MOST_PAGES = 30
QUALITY = 82
DECODERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}


class Unreadable(Exception):
    """It is not what it says, broken, or too large to draw."""


def pictures_of(media_type: str, content: bytes) -> Iterator[bytes]:
    """New JPEGs of what can be seen; raises Unreadable, or whatever a decoder raises."""
    if media_type == "application/pdf":
        yield from _pages(content)
    else:
        yield _photo(media_type, content)


def _photo(media_type: str, content: bytes) -> bytes:
    if media_type == "image/heic":
        import pillow_heif  # noqa: PLC0415  a large library that only these photos need

        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    # Only the decoder of the kind that it begins as: nothing guesses again.
    with Image.open(io.BytesIO(content), formats=[DECODERS[media_type]]) as opened:
        _refuse_too_many(*opened.size)
        if media_type == "image/jpeg":
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # unpacks no more than is needed
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _drawn(turned)


def _drawn(picture: Image.Image) -> bytes:
    """The same pixels in a new picture, which takes nothing else along; what is see-through becomes white."""
    new = Image.new("RGB", picture.size, "white")
    coloured = picture.convert("RGBA")
    new.paste(coloured, mask=coloured.getchannel("A"))
    written = io.BytesIO()
    new.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _pages(content: bytes) -> Iterator[bytes]:
    import pypdfium2  # noqa: PLC0415  a large library that only PDFs need

    document = pypdfium2.PdfDocument(content)  # no forms are set up, so no script of theirs is ever run
    if not 0 < len(document) <= MOST_PAGES:
        raise Unreadable("pages")
    for page in document:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise Unreadable("size")
        scale = min(PAGE_WIDTH / width, 2 * PAGE_WIDTH / height)
        _refuse_too_many(width * scale, height * scale)
        yield _drawn(page.render(scale=scale, may_draw_forms=False).to_pil())


def _refuse_too_many(width: float, height: float) -> None:
    if width * height > MOST_PIXELS:
        raise Unreadable("pixels")


def take_little(memory: int, seconds: int) -> None:
    """Gives up, before anything of a stranger's is read, whatever drawing does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # and leaves nothing behind when it breaks


def main(memory: int, seconds: int) -> int:
    """Reads one file and writes its pictures; 1 where none could be made."""
    take_little(memory, seconds)
    media_type = sys.stdin.buffer.readline().decode("ascii").strip()
    try:
        for picture in pictures_of(media_type, sys.stdin.buffer.read()):
            sys.stdout.buffer.write(len(picture).to_bytes(4, "big") + picture)
    except Exception:  # whatever a decoder makes of a stranger's file, there is no picture of it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
