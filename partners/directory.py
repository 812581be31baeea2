"""The organisations and areas as pages need them all day: read at most once in ten seconds by each process.

They change a few times a year, and everybody who sends a report or opens the queue would wait for them. What an
administrator changes is seen after ten seconds at the latest.
"""

import time
from dataclasses import dataclass

from partners.models import District, Organisation, OrganisationKind

READ_AGAIN_AFTER = 10  # seconds


@dataclass(frozen=True, eq=False)
class Directory:
    """All organisations but reporting centres, in their order, and the districts; both by code."""

    organisations: dict[str, Organisation]
    districts: dict[str, District]

    def district(self, pk: int) -> District:
        """The district with this id; one that is newer than the directory is looked up."""
        return next(
            (each for each in self.districts.values() if each.pk == pk), None
        ) or District.objects.get(pk=pk)


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
