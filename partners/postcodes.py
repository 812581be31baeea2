"""Postcodes: brought in from the ONS Postcode Directory, and asked where one lies. Nobody else is ever asked.

The directory is one CSV file for the whole country (Open Government Licence). Its columns have had two sets of names:
until 2024 `pcds`, `oslaua` (`pcd`, `pcd2`, …), since 2025 `pcds`, `lad25cd` (`pcd7`, `pcd8`, …) with the year of
the districts in the name. Only the postcode and the district are read.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from partners.models import District
from partners.models.postcode import Postcode

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
POSTCODE_COLUMN = "pcds"
DISTRICT_COLUMN = re.compile(r"oslaua|laua|lad(\d\d)?cd")
OUTSIDE = "outside"
BATCH = 50_000
TABLE = Postcode._meta.db_table

Say = Callable[[str], None]


class NotADirectory(Exception):
    """The file is not the ONS Postcode Directory; the message says what is wrong with it, for whoever gave it."""


@dataclass(frozen=True)
class Imported:
    """How many postcodes lie in the area, how many that begin alike lie outside, and how many other beginnings."""

    inside: int
    outside: int
    beginnings: int


def parts_of(typed: str) -> tuple[str, str] | None:
    """The two halves of a postcode, however it was typed; None for what can't be one."""
    found = POSTCODE.fullmatch(re.sub(r"[^A-Z0-9]", "", typed.upper()[:40]))
    return (found[1], found[2]) if found else None


def area_of(typed: str) -> str | None:
    """The code of the district that a postcode lies in, "outside" the area, or None where it is not known. One question
    to the database, which an index answers; none for what can't be a postcode."""
    parts = parts_of(typed)
    if parts is None:
        return None
    whole = "".join(parts)
    found = dict(Postcode.objects.filter(pk__in=[whole, parts[0]]).values_list("code", "district__code"))
    if not found:
        return None
    return found.get(whole) or OUTSIDE


def import_directory(path: Path, *, say: Say) -> Imported:
    """Replaces all postcodes by those of the file, or changes nothing; raises NotADirectory.

    The file is read twice: first for the beginnings that the area's postcodes have, then for what is kept.
    """
    districts = dict(District.objects.values_list("ons_code", "pk"))
    ours, others = _beginnings(path, districts, say)
    if not ours:
        raise NotADirectory(
            f"{path.name} has no postcode in any of our {len(districts)} districts. Is it the file for the whole"
            " country?"
        )
    with transaction.atomic():
        Postcode.objects.all().delete()
        counts = {True: 0, False: 0}
        for batch in _batches(_kept(path, districts, ours)):
            _copy(batch)
            for _code, district in batch:
                counts[district is not None] += 1
            say(f"{counts[True]:,} postcodes in the area written")
        _copy([(beginning, None) for beginning in sorted(others)])
    return Imported(counts[True], counts[False], len(others))


def _beginnings(path: Path, districts: dict[str, int], say: Say) -> tuple[set[str], set[str]]:
    """The beginnings that a postcode of the area has, and all others."""
    ours, all_of_them = set(), set()
    for number, (beginning, _rest, district) in enumerate(_rows(path), 1):
        all_of_them.add(beginning)
        if district in districts:
            ours.add(beginning)
        if number % 500_000 == 0:
            say(f"{number:,} lines read")
    return ours, all_of_them - ours


def _kept(path: Path, districts: dict[str, int], ours: set[str]) -> Iterator[tuple[str, int | None]]:
    for beginning, rest, district in _rows(path):
        if beginning in ours:
            yield beginning + rest, districts.get(district)


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Both halves of each postcode and the code of its district, as the file says them."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = csv.reader(file)
        try:
            at, where = _columns(path, next(lines, []))
            for number, line in enumerate(lines, 2):
                parts = parts_of(line[at]) if len(line) > max(at, where) else None
                if parts is None:
                    raise NotADirectory(
                        f"{path.name}, line {number}: there is no postcode where one should be."
                    )
                yield *parts, line[where]
        except (UnicodeDecodeError, csv.Error):
            raise NotADirectory(f"{path.name} is not a CSV file. Unpack the ZIP file first.") from None


def _columns(path: Path, heads: list[str]) -> tuple[int, int]:
    names = [head.strip().lower() for head in heads]
    where = next((place for place, name in enumerate(names) if DISTRICT_COLUMN.fullmatch(name)), None)
    if POSTCODE_COLUMN not in names or where is None:
        raise NotADirectory(
            f"{path.name} is not the ONS Postcode Directory: its first line must name the columns pcds and oslaua, or"
            " pcds and lad25cd (or another year's)."
        )
    return names.index(POSTCODE_COLUMN), where


def _batches(rows: Iterator[tuple[str, int | None]]) -> Iterator[list[tuple[str, int | None]]]:
    batch: list[tuple[str, int | None]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _copy(batch: list[tuple[str, int | None]]) -> None:
    lines = "".join(f"{code}\t{'' if district is None else district}\n" for code, district in batch)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {TABLE} (code, district_id) FROM STDIN WITH (NULL '')", io.StringIO(lines))
