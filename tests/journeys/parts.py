"""The journeys in two parts, each in a process of its own with its own portal and browser: both wait a lot."""

from pathlib import Path

OF_THE_PUBLIC, OF_THE_STAFF = "of the public", "of the staff"
PARTS = (OF_THE_PUBLIC, OF_THE_STAFF)
# All others are of the staff; with these, and those of reporting centres, the two are about as long.
PUBLIC = {
    "test_device_residue.py",
    "test_every_branch.py",
    "test_pages_of_centres.py",
    "test_recording.py",
    "test_pages_in_arabic.py",
    "test_pages_of_the_public.py",
    "test_telling_us.py",
    "test_the_way_back.py",
}


def part_of(path: Path) -> str:
    """Which part the journeys of this file belong to."""
    return OF_THE_PUBLIC if path.name in PUBLIC else OF_THE_STAFF
