"""Opening an office file that somebody sent: what it is, and whether it is safe to look into.

Office files are zip archives of XML. Before any library reads one, its entries are counted and measured, and whatever
refers to something outside itself, carries a program or hides behind a password is refused.
"""

import io
import zipfile
import zlib
from enum import StrEnum

from documents.grids.cells import FileRefused

MAX_BYTES = 5 * 1024 * 1024
MAX_EXPANDED = 25 * 1024 * 1024
MAX_ENTRIES = 1_000
KINDS_WE_READ = (
    "an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods), a Word document (.docx) or CSV (.csv)"
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class PaperKind(StrEnum):
    """The kinds of file that tables are read from and written to."""

    XLSX = "xlsx"
    ODS = "ods"
    DOCX = "docx"
    CSV = "csv"

    @property
    def words(self) -> str:
        """What people call it."""
        return _WORDS[self]

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return _MEDIA_TYPES[self]


_WORDS = {
    PaperKind.XLSX: "Excel workbook",
    PaperKind.ODS: "OpenDocument spreadsheet",
    PaperKind.DOCX: "Word document",
    PaperKind.CSV: "CSV file",
}
_MEDIA_TYPES = {
    PaperKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PaperKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    PaperKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperKind.CSV: "text/csv; charset=utf-8",
}
# The entry that tells each kind.
_MAIN_PARTS = {
    "xl/workbook.xml": PaperKind.XLSX,
    "content.xml": PaperKind.ODS,
    "word/document.xml": PaperKind.DOCX,
}
_WITH_MACROS = ("xlsm", "xlsb", "xltm", "docm", "dotm")
_OLD = ("xls", "doc")


def kind_of(name: str, content: bytes) -> PaperKind:
    """What kind of file it is, by its name and by what it holds, which must agree; raises FileRefused."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    _refuse_by_size(content)
    if ending in _WITH_MACROS:
        raise FileRefused(
            "The file can hold macros. Save it as .xlsx or .docx, which can't, and choose that."
        )
    if content.startswith(_OLE):
        raise FileRefused(_locked_or_old(ending))
    if ending not in set(PaperKind):
        raise FileRefused(f"Choose {KINDS_WE_READ}.")
    wanted = PaperKind(ending)
    found = _kind_of_archive(content) if content.startswith(_ZIP) else PaperKind.CSV
    if found is not wanted:
        raise FileRefused(
            f"The name of the file ends in .{ending}, but it is not {_a(wanted)}. Save it again as one."
        )
    return wanted


def _a(kind: PaperKind) -> str:
    return f"an {kind.words}" if kind.words[0] in "EO" else f"a {kind.words}"


def _refuse_by_size(content: bytes) -> None:
    if not content.strip():
        raise FileRefused("The file is empty.")
    if len(content) > MAX_BYTES:
        raise FileRefused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")


def _locked_or_old(ending: str) -> str:
    if ending in _OLD:
        return f"Files in the old .{ending} format can't be read. Save it as .{ending}x and choose that."
    return "The file is locked with a password. Take the password off, save it, and choose it again."


def _kind_of_archive(content: bytes) -> PaperKind | None:
    names = set(_checked(content).namelist())
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)


def _checked(content: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be small, open and without macros; raises FileRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused(
            "The file is damaged and can't be opened. Save it again and choose it anew."
        ) from None
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused(
            "The file is locked with a password. Take the password off, save it, and choose it again."
        )
    # The sizes that the archive claims are the most that is ever read of each entry.
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise FileRefused("The file is far larger inside than it looks, so it was not opened.")
    if len({entry.filename for entry in entries}) < len(entries):
        # Which of two a program reads is anybody's guess.
        raise FileRefused("The file is damaged and can't be opened. Save it again and choose it anew.")
    if any(_is_macro(entry.filename) for entry in entries):
        raise FileRefused("The file holds macros. Save it without them and choose it again.")
    return archive


def _is_macro(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(("vbaproject.bin", "vbadata.xml")) or lower.startswith(("basic/", "scripts/"))


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every XML part of the archive by its name, none of which refers to anything outside itself; raises
    FileRefused."""
    archive = _checked(content)
    try:
        parts = {
            entry.filename: archive.read(entry)
            for entry in archive.infolist()
            if entry.filename.lower().endswith((".xml", ".rels"))
        }
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        raise FileRefused(
            "The file is damaged and can't be opened. Save it again and choose it anew."
        ) from None
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise FileRefused(
            "The file is locked with a password. Take the password off, save it, and choose it again."
        )
    if any(_is_suspect(part) for part in parts.values()):
        raise FileRefused("The file holds declarations that no table needs, so it was not opened.")
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise FileRefused("The file holds macros. Save it without them and choose it again.")
    return parts


def _is_suspect(part: bytes) -> bool:
    # In an encoding of two bytes a letter the words would hide: no office program writes one.
    return part.startswith(_UTF16) or b"\x00" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part
