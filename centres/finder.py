"""Finding a place near oneself where somebody helps to report: what the public is shown, and nothing else.

Whether a centre is shown is asked in the one query behind each page, by the standing and the day of the last check as
they are at that moment: there is nothing that would have to be switched off when either changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partners.models import District, ReportingCentre


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty is whatever there is."""

    area: str = ""
    language: str = ""
    step_free: bool = False
    private_room: bool = False

    def fits(self, centre: ReportingCentre) -> bool:
        """Whether a place is what they look for, wherever it lies."""
        return (
            (not self.step_free or centre.is_step_free)
            and (not self.private_room or centre.has_private_room)
            and (not self.language or self.language in languages_of([centre]))
        )


@dataclass(frozen=True)
class Found:
    """The places in the area; where it has none, all others, the nearest area first."""

    here: list[ReportingCentre]
    elsewhere: list[ReportingCentre]


def open_places(*, today: date) -> list[ReportingCentre]:
    """All that the public is shown today, area by area."""
    rows = ReportingCentre.objects.shown_to_the_public(today=today)
    return list(rows.select_related("organisation", "district"))


def languages_of(centres: Sequence[ReportingCentre]) -> list[str]:
    """The languages spoken there, each once, by their names; first English."""
    spoken = {each.strip() for centre in centres for each in centre.languages.split(",")} - {""}
    return sorted(spoken, key=lambda name: (name != "English", name))


def find(places: Sequence[ReportingCentre], wanted: Wanted, districts: Sequence[District]) -> Found:
    """What fits, in the area that is wanted or else near to it."""
    fitting = [each for each in places if wanted.fits(each)]
    area = next((each for each in districts if each.code == wanted.area), None)
    if area is None:
        return Found(fitting, [])
    here = [each for each in fitting if each.district_id == area.pk]
    return Found(here, [] if here else sorted(fitting, key=lambda each: _distance(each.district, area)))


def _distance(one: District, other: District) -> tuple[int, int]:
    """How far two areas are apart on the tile map, and then their order."""
    across, down = one.tile_column - other.tile_column, one.tile_row - other.tile_row
    return across**2 + down**2, one.order


def dialled(phone: str) -> str:
    """A number as a telephone dials it."""
    return "".join(each for each in phone if each.isdigit() or each == "+")
