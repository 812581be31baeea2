"""What schools and landlords told, as those read it who work for less tension: week by week, district by district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from centres.models import HeardThere
from centres.models.heard_there import HeardThereQuerySet, monday_of
from partners.models import District
from partners.retention import RecordClass, Schedule
from scope.context import worker_scope

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class OfDistrict:
    """How often a district was told of, week by week, the newest first."""

    name: str
    weeks: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.weeks)


def heard(wanted: Mapping[str, str]) -> HeardThereQuerySet:
    """What was told, the newest week first; narrowed by area, kind and week."""
    found = HeardThere.objects.select_related("link", "district").defer("words")
    if area := wanted.get("area"):
        found = found.filter(district__code=area)
    if kind := wanted.get("kind"):
        found = found.filter(kinds__contains=[kind])
    if week := wanted.get("week"):
        found = found.filter(week=date.fromisoformat(week))
    return found


def mondays(today: date) -> list[date]:
    """The weeks of the table, the newest first."""
    return [monday_of(today) - timedelta(weeks=back) for back in range(WEEKS_SHOWN)]


def by_district(today: date) -> list[OfDistrict]:
    """All districts in their order, each with its weeks."""
    shown = mondays(today)
    counted = HeardThere.objects.between(shown[-1], shown[0]).by_week()
    return [
        OfDistrict(each.name, tuple(counted.get((monday, each.pk), 0) for monday in shown))
        for each in District.objects.all()
    ]


def erase_old_words(*, now: datetime, schedule: Schedule) -> int:
    """Erases words that the schedule keeps no longer; the counts stay. How many there were."""
    today = timezone.localdate(now)
    kept = today - schedule.rule(RecordClass.HEARD_THERE).latest_start(today)
    with worker_scope():
        return HeardThere.erase_words(told_before=now - kept, today=today)
