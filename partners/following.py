"""Keeping a process in step with what administrators publish: within fifteen seconds, and never in a request's time."""

import logging
import time
from threading import Lock, Thread

from django.db import DatabaseError, connection

from partners.models.reference import refresh

log = logging.getLogger("llr.reference")

CHECK_EVERY = 15.0  # seconds

_starting = Lock()
_follower: Thread | None = None
_checked_at = float("-inf")


def follow() -> None:
    """Reads what was edited, and looks again every fifteen seconds from a thread of its own. Once a process."""
    global _follower
    with _starting:
        if _follower is not None:
            return
        _look()
        _follower = Thread(target=_look_again_and_again, name="reference data", daemon=True)
        _follower.start()


def look_if_long_ago() -> None:
    """For a process that works in turns, such as the worker: looks when the last look is fifteen seconds old."""
    global _checked_at
    if time.monotonic() - _checked_at >= CHECK_EVERY:
        _checked_at = time.monotonic()
        _look(keep_connection=True)


def _look_again_and_again() -> None:
    while True:
        time.sleep(CHECK_EVERY)
        _look()


def _look(*, keep_connection: bool = False) -> None:
    """One look; without a database what is known stays in use, the words of the folder at least."""
    try:
        refresh()
    except DatabaseError:
        log.warning("reference data could not be read; what is known stays in use")
    finally:
        if not keep_connection:
            connection.close()
