"""Wrong tries with reference and code, counted for each network in buckets that are no address and change daily.

Only what was wrong counts, and whoever is signed in is known: people who come back at a reporting centre, all behind
one address, do not use up each other's tries. A code cannot be guessed anyway; this keeps a guesser from keeping
the database busy.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from partners.counting import count
from partners.networks import network_of
from partners.refusing import note_refused

MOST_WRONG = 30
COUNTED_SECONDS = 15 * 60
# Files cost room and a scanner's time: a street's worth of people, and no more.
MOST_FILES = 120
FILES_COUNTED_SECONDS = 60 * 60


def has_tried_too_often(request: HttpRequest) -> bool:
    """Whether this network has to wait; asked before anything is looked up, so that a right code gets no answer."""
    has_to_wait = not _is_known(request) and cache.get(_bucket(request), 0) >= MOST_WRONG
    if has_to_wait:
        note_refused(request)
    return has_to_wait


def note_wrong_try(request: HttpRequest) -> None:
    """Counts one; the first opens a quarter of an hour."""
    if not _is_known(request):
        count(_bucket(request), seconds=COUNTED_SECONDS)


def may_send_a_file(request: HttpRequest) -> bool:
    """Whether this network may add one more file now; counts it. Whoever is signed in is known, and is not limited."""
    if _is_known(request):
        return True
    return count(f"reporting.files.{network_of(request)}", seconds=FILES_COUNTED_SECONDS) <= MOST_FILES


def _bucket(request: HttpRequest) -> str:
    return f"reporting.wrong_code.{network_of(request)}"


def _is_known(request: HttpRequest) -> bool:
    # Without its cookie nobody is signed in, and no session is asked for.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
