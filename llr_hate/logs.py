"""One line a request, in JSON, with nothing in it that a person typed."""

import logging
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("llr.request")

# No line says which process or thread wrote it, so nobody has to look: each request writes a line.
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False

# What is missing or refused is an answer like any other: its line with the status says enough.
EXPECTED = (Http404, PermissionDenied, SuspiciousOperation)


class QuietJsonFormatter(JsonFormatter):
    """JSON without the text of exceptions: an error's message can quote what a person typed, its place can't."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", *args, **kwargs)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return " < ".join([kind.__name__ if kind else "?", *reversed(places)])


class RequestLogMiddleware:
    """Method, route, status and time of each request: no address, no query, no person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if not isinstance(exception, EXPECTED):
            log.error("unexpected error", exc_info=exception)
