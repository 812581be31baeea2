"""Taking files in: what does not fit into memory is written to disk encrypted, under a key that only this request has,
in a file without a name. However the request ends, nothing of it can be read afterwards."""

import os
import tempfile
from typing import IO, Any, NoReturn, cast

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from files.kinds import MOST_OF_ALL

# A browser sends several in one form; more than this is not looked at.
MOST_OF_A_REQUEST = 2 * MOST_OF_ALL + 50 * 1024 * 1024


class LockedFile:
    """A temporary file of ciphertext. It is written once from beginning to end, and then read as often as wanted."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the upload
        self._cipher = Cipher(AES(os.urandom(32)), CTR(bytes(16)))
        self._written = self._cipher.encryptor()
        self._read: CipherContext = self._cipher.decryptor()

    def write(self, some: bytes) -> None:
        self._file.write(self._written.update(some))

    def seek(self, place: int, whence: int = 0) -> int:
        """To the beginning; nowhere else is ever needed."""
        if place or whence:
            raise ValueError("It is read from the beginning.")
        self._read = self._cipher.decryptor()
        return self._file.seek(0)

    def read(self, size: int | None = -1) -> bytes:
        return self._read.update(self._file.read(-1 if size is None else size))

    def close(self) -> None:
        self._file.close()

    @property
    def closed(self) -> bool:
        return self._file.closed


class LockedFileUploadHandler(FileUploadHandler):
    """Takes what Django's own handler does not take into memory. What is too large is left out, and named on the
    request (`files_too_large`), so that the page can say so and keep the others."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any) -> None:
        page = getattr(self.request, "resolver_match", None)
        takes_large = page is not None and page.view_name in settings.LARGE_FILES_AT
        too_large = content_length > MOST_OF_A_REQUEST
        self._takes_any = content_length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE or (
            takes_large and not too_large
        )

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._takes_any:
            self._leave_out()
        self.file = LockedFile()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > MOST_OF_ALL:
            self.file.close()
            self._leave_out()
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        done = self.file
        # Where the next one is left out, Django closes what the handler has open: this one is not its any more.
        del self.file
        return UploadedFile(
            cast(IO[bytes], done),  # it has what is used of a file
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _leave_out(self) -> NoReturn:
        assert self.request is not None
        left_out_of(self.request).append(self.file_name or "")
        raise SkipFile


def left_out_of(request: HttpRequest) -> list[str]:
    """The names of the files that were too large to be taken in."""
    return request.__dict__.setdefault("files_too_large", [])
