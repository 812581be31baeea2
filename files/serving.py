"""Handing files out: never as a page of ours. What came from outside is an attachment that nothing runs in, whatever
it says that it is; a picture of ours is shown, and that alone."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from csp.constants import HEADER
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from files.models import SealedFile
from scope.context import worker_scope

SANDBOX = "default-src 'none'; sandbox"


def as_attachment(pieces: Iterable[bytes], *, name: str, byte_count: int) -> HttpResponseBase:
    """A file to keep and not to run. `name` is of our making: letters, digits, dots and hyphens."""
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(byte_count)
    return locked_in(answer)


def as_picture(jpeg: bytes) -> HttpResponse:
    """A picture that we drew."""
    answer = HttpResponse(jpeg, content_type="image/jpeg")
    locked_in(answer)
    return answer


def pieces_of(file_id: UUID) -> Iterator[bytes]:
    """A clean original, a part at a time; asked as the worker, also after the request's own scope has ended."""
    with worker_scope():
        file = SealedFile.objects.exclude(scanned_at=None).select_related("data_key").get(pk=file_id)
        yield from file.pieces()


def locked_in(answer: HttpResponseBase) -> HttpResponseBase:
    """The same answer, in which nothing runs and which no browser keeps or guesses at."""
    answer[HEADER] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
