"""Files as people send them, and as people who mean harm do. What a file knows of its place and maker is CANARY:
no byte of it may be in anything that is shown."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

CANARY = b"Quillfeather-52.6369N-1.1398W"
# 52° 38' 13", as a camera writes it.
DEGREES = struct.pack("<6L", 52, 1, 38, 1, 13, 1)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + CANARY + b"</exif:GPSLatitude></x:xmpmeta>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
GIF_SCRIPT = b"GIF89a/*\x00\x00\x00\x00\x00*/=1;alert(1)//"
GPS, LATITUDE, MAKER, COMMENT, TURNED = 0x8825, 2, 0x010F, 0x9286, 0x0112


def exif(*, turned: int = 1) -> Image.Exif:
    """What a phone writes into a photo: its maker, how it was held, where it was."""
    made = Image.Exif()
    made[MAKER] = CANARY.decode()
    made[TURNED] = turned
    made.get_ifd(GPS)[1] = "N"
    made.get_ifd(GPS)[LATITUDE] = (52.0, 38.0, 13.0)
    made.get_ifd(GPS)[29] = CANARY.decode()
    return made


def picture(size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture with something to see in it: its left half is red."""
    drawn = Image.new("RGB", size, (20, 40, 160))
    drawn.paste((200, 30, 30), (0, 0, size[0] // 2, size[1]))
    return drawn


def jpeg(*, turned: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo of a phone, with its place in EXIF and in XMP."""
    written = io.BytesIO()
    picture(size).save(written, "JPEG", exif=exif(turned=turned), xmp=XMP, comment=CANARY)
    return written.getvalue()


def png(*, size: tuple[int, int] = (640, 480)) -> bytes:
    """A screenshot with its place in EXIF, in XMP and in a text."""
    written, words = io.BytesIO(), PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    picture(size).save(written, "PNG", exif=exif(), pnginfo=words)
    return written.getvalue()


def webp() -> bytes:
    written = io.BytesIO()
    picture().save(written, "WEBP", exif=exif(), xmp=XMP)
    return written.getvalue()


def heic() -> bytes:
    """A photo of an iPhone."""
    written = io.BytesIO()
    heif = pillow_heif.from_pillow(picture())
    heif.save(written, exif=exif().tobytes(), xmp=XMP)
    return written.getvalue()


def pdf(*, password: str = "", pages: int = 1) -> bytes:
    """A document with a photo on its page, a script, a file inside it, and its place wherever a PDF can have one."""
    drawn = io.BytesIO()
    first, *others = [Image.open(io.BytesIO(jpeg())) for _ in range(pages)]
    first.save(drawn, "PDF", save_all=True, append_images=others)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn.getvalue())))
    _put_photo_as_it_came(writer)
    writer.add_metadata({"/Author": CANARY.decode(), "/GPS": CANARY.decode()})
    writer.xmp_metadata = XMP
    writer.add_attachment("place.txt", CANARY)
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(f"app.alert('{CANARY.decode()}')"),
        }
    )
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _put_photo_as_it_came(writer: PdfWriter) -> None:
    """The photo in the page keeps its EXIF, as where a phone makes a PDF of photos."""
    for page in writer.pages:
        for image in page["/Resources"]["/XObject"].values():
            image.get_object()._data = jpeg()


def letter(text: bytes = b"A letter") -> bytes:
    """A PDF that is nothing but small and right."""
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=200, height=300)
    writer.add_metadata({"/Title": text.decode()})
    writer.write(written)
    return written.getvalue()


def jpeg_and_page() -> bytes:
    """A photo that is a page with a script too."""
    return jpeg() + b"<html><script>alert(1)</script>" + CANARY


def pdf_and_zip() -> bytes:
    """A PDF that is an archive too."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.js", b"alert(1)//" + CANARY)
    return letter() + packed.getvalue()


def zip_bomb() -> bytes:
    """An archive of a few kilobytes that unpacks to a hundred megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(100 * 1024 * 1024))
    return packed.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that says it has nearly a billion pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", check)

    head = struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(4 * 1024 * 1024), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    """A PDF whose page is a picture that says that it unpacks to a gigabyte."""
    drawn = io.BytesIO()
    picture((8, 8)).save(drawn, "PDF")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn.getvalue())))
    for image in writer.pages[0]["/Resources"]["/XObject"].values():
        stream = image.get_object()
        packer = zlib.compressobj(9)
        zeros = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(300)) + packer.flush()
        stream._data = zeros
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        stream[NameObject("/Width")] = stream[NameObject("/Height")].__class__(20_000)
        stream[NameObject("/Height")] = stream[NameObject("/Height")].__class__(20_000)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def video(size: int = 200_000) -> bytes:
    """An MP4 by its beginning; nobody here plays it."""
    return b"\x00\x00\x00\x18ftypmp42" + b"a video of the street " * (size // 22)


def sound() -> bytes:
    return b"ID3\x04\x00\x00" + b"a voice on the phone " * 50
