"""Office files are zip archives: the same content is to give the same bytes, whenever it is written."""

from __future__ import annotations

import io
import zipfile

# The first moment that a zip archive can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def timeless(archive: bytes) -> bytes:
    """The archive with its entries in their order, without the time at which each was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(made, "w") as written:
        for entry in read.infolist():
            written.writestr(_undated(entry), read.read(entry))
    return made.getvalue()


def _undated(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    # The first entry of an OpenDocument file tells its type and stands there unpacked: keep how each is packed.
    undated = zipfile.ZipInfo(entry.filename, _NO_TIME)
    undated.compress_type = entry.compress_type
    undated.external_attr = 0o600 << 16
    return undated
