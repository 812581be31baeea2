"""Where new reports go: the organisations and areas, read at most once in ten seconds by each process.

They change a few times a year, and everybody who sends a report would wait for them. What an administrator changes
reaches the next reports after ten seconds at the latest.
"""

import time
from dataclasses import dataclass

from partners.models import District, Organisation, OrganisationKind

READ_AGAIN_AFTER = 10  # seconds


@dataclass(frozen=True)
class Directory:
    """All organisations but reporting centres, in their order, and the districts; both by code."""

    organisations: dict[str, Organisation]
    districts: dict[str, District]


_read: tuple[float, Directory] | None = None


def directory() -> Directory:
    """The directory, at most ten seconds old."""
    global _read
    if _read is None or time.monotonic() - _read[0] > READ_AGAIN_AFTER:
        _read = (time.monotonic(), _from_the_database())
    return _read[1]


def forget() -> None:
    """Reads it anew at the next question (tests, and after a change in this process)."""
    global _read
    _read = None


def _from_the_database() -> Directory:
    organisations = Organisation.objects.exclude(kind=OrganisationKind.CENTRE)
    return Directory(
        organisations={each.code: each for each in organisations},
        districts={each.code: each for each in District.objects.all()},
    )
