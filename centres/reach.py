"""How far the centres reach: what each of the nine districts has, and where something is missing.

Reports count in the district of the centre that recorded them, by the day they were received. Whether a district's
centres record few for its size is judged as STATISTICS.md does it for few counts: 26 weeks against what the whole
area's rate would give, exact Poisson, only where at least five were expected, and the nine looked at together, so that
chance alone seldom marks one (Benjamini and Hochberg, 1995, J. R. Stat. Soc. B 57, 289-300; false discovery rate 0.10).
It is a reason to ask, and no judgement of anybody: few reports may mean little trust, or that people go elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from centres.opening import in_words, open_days
from centres.timeliness import last_quarters, received_in
from insight.periods import ReportingPeriod
from insight.stats.intervals import poisson_at_most
from partners.models import District, ReportingCentre
from reporting.models import Report

QUARTERS_SHOWN = 3
WEEKS_COMPARED = 26
# Below, a low count says nothing.
LEAST_EXPECTED = 5
FALSE_DISCOVERIES = 0.10

NO_CENTRE = "No centre that the public is shown"
FEWEST = "Fewest centres for its residents"
FEW_REPORTS = "Fewer reports through centres than its size would give"


@dataclass(frozen=True)
class Reach:
    """What one district has. `reports` are those of the quarters asked for, and `recently` those of 26 weeks."""

    district: District
    listed: int
    shown: int
    step_free: int
    languages: tuple[str, ...]
    # Days of the week on which a centre is open; where it can't be told of some, `has_unclear_hours`.
    days: frozenset[int]
    has_unclear_hours: bool
    reports: tuple[int, ...]
    recently: int
    gaps: list[str] = field(default_factory=list)

    @property
    def per_100_000(self) -> float:
        """Centres that the public is shown, for each 100,000 residents."""
        return 100_000 * self.shown / self.district.population

    @property
    def days_in_words(self) -> str:
        return in_words(self.days)


def quarters(today: date) -> list[ReportingPeriod]:
    """The quarters whose reports are shown, the newest first; the first is not over yet."""
    return last_quarters(today, QUARTERS_SHOWN)


def reach(*, today: date) -> list[Reach]:
    """The nine districts in their order, with their gaps; ask inside `scope.context.counting_scope()`."""
    listed: defaultdict[int, list[ReportingCentre]] = defaultdict(list)
    for centre in ReportingCentre.objects.active():
        listed[centre.district_id].append(centre)
    counted = _reports(today)
    rows = [
        _row(district, listed[district.pk], counted.get(district.pk, {}), today)
        for district in District.objects.all()
    ]
    for row, gaps in zip(rows, gaps_of(rows), strict=True):
        row.gaps.extend(gaps)
    return rows


def gaps_of(rows: Sequence[Reach]) -> list[list[str]]:
    """What is missing in each district, in words."""
    rates = [row.per_100_000 for row in rows if row.shown]
    # Where all have the same there is no fewest.
    fewest = min(rates) if len(set(rates)) > 1 else None
    few = few_for_their_size([(row.recently, row.district.population) for row in rows])
    return [
        [
            words
            for words, is_so in (
                (NO_CENTRE, not row.shown),
                (FEWEST, bool(row.shown) and row.per_100_000 == fewest),
                (FEW_REPORTS, is_few),
            )
            if is_so
        ]
        for row, is_few in zip(rows, few, strict=True)
    ]


def few_for_their_size(counts: Sequence[tuple[int, int]]) -> list[bool]:
    """For each (reports, residents), whether there are fewer reports than the rate of all together would give."""
    residents = sum(size for _, size in counts)
    rate = sum(count for count, _ in counts) / residents if residents else 0
    expected = [rate * size for _, size in counts]
    chances = {
        place: poisson_at_most(count, expected[place])
        for place, (count, _) in enumerate(counts)
        if expected[place] >= LEAST_EXPECTED
    }
    found = discoveries(chances)
    return [place in found for place in range(len(counts))]


def discoveries(chances: Mapping[int, float]) -> set[int]:
    """The places that stand out, when at most a tenth of what stands out may be chance."""
    in_order = sorted(chances.items(), key=lambda each: each[1])
    last = 0
    for rank, (_, chance) in enumerate(in_order, start=1):
        if chance <= FALSE_DISCOVERIES * rank / len(in_order):
            last = rank
    return {place for place, _ in in_order[:last]}


def in_a_sentence(rows: Iterable[Reach]) -> str:
    """The finding that stands above the table."""
    without = [row.district.name for row in rows if not row.shown]
    if not without:
        return "Every district has a centre that the public is shown."
    names = " and ".join([", ".join(without[:-1]), without[-1]] if len(without) > 1 else without)
    has = "has" if len(without) == 1 else "have"
    return f"{names} {has} no centre that the public is shown."


def _row(
    district: District, listed: Sequence[ReportingCentre], counted: Mapping[str, Any], today: date
) -> Reach:
    shown = [each for each in listed if each.is_verified(today=today)]
    hours = [open_days(each.opening_hours) for each in shown]
    return Reach(
        district=district,
        listed=len(listed),
        shown=len(shown),
        step_free=sum(each.is_step_free for each in shown),
        languages=_languages(shown),
        days=frozenset(day for days in hours for day in days or ()),
        has_unclear_hours=None in hours,
        reports=tuple(counted.get(f"q{n}", 0) for n in range(QUARTERS_SHOWN)),
        recently=counted.get("recently", 0),
    )


def _languages(shown: Iterable[ReportingCentre]) -> tuple[str, ...]:
    spoken = {name.strip() for each in shown for name in each.languages.split(",")}
    return tuple(sorted(spoken - {""}))


def _reports(today: date) -> dict[int, Mapping[str, Any]]:
    counts = {f"q{n}": Count("pk", filter=received_in(each)) for n, each in enumerate(quarters(today))}
    recent = ReportingPeriod(today - timedelta(weeks=WEEKS_COMPARED) + timedelta(days=1), today)
    since = min([recent.starts_at, *(each.starts_at for each in quarters(today))])
    rows = (
        Report.objects.filter(centre__isnull=False, received_at__gte=since)
        .order_by()
        .values("centre__centre__district")
        .annotate(recently=Count("pk", filter=received_in(recent)), **counts)
    )
    return {row["centre__centre__district"]: row for row in rows}
