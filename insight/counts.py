"""The counts behind every figure: one grouped statement each, by date received, in half-open spans of time.

Call them inside `scope.context.counting_scope()`: without a scope the database shows no rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Func, OuterRef, Q
from django.db.models.functions import TruncMonth

from casework.models import Case
from casework.states import CaseState
from insight.periods import LONDON, ReportingPeriod, london_day
from partners.models import District
from reporting.models import Report, ReporterMessage
from reporting.strands import Channel, Strand, Whereabouts


@dataclass(frozen=True)
class Counted:
    """One category's count in a period and in the one it is compared with."""

    key: str
    label: str
    now: int
    before: int
    district: District | None = None


@dataclass(frozen=True)
class ToldBack:
    """Reports of a period, and how many of them a partner has written to the reporter about."""

    received: int
    told: int


@dataclass(frozen=True)
class FirstContacts:
    """Cases opened in a period: how many first contacts have come due, were in time; and those overdue now."""

    due: int
    in_time: int
    overdue_now: int


@dataclass(frozen=True)
class Share:
    """`part` of `of` things."""

    part: int
    of: int


# Areas that are no district, in the order in which they follow the nine.
ELSEWHERE = (
    (Whereabouts.ONLINE, "Online"),
    (Whereabouts.OUTSIDE, "Outside the area"),
    (Whereabouts.NOT_SURE, "Not sure where"),
)


def reports_by_area(period: ReportingPeriod, before: ReportingPeriod) -> list[Counted]:
    """Reports by district in the fixed order, then those from elsewhere; every report is in exactly one row."""
    rows = _compared(period, before, "district_id", "whereabouts")
    by_district = {row["district_id"]: row for row in rows if row["district_id"] is not None}
    by_place = {row["whereabouts"]: row for row in rows if row["district_id"] is None}
    nine = [
        _counted(district.code, district.name, by_district.get(district.pk), district)
        for district in District.objects.all()
    ]
    return nine + [_counted(place.value, label, by_place.get(place.value)) for place, label in ELSEWHERE]


def mentions_by_strand(period: ReportingPeriod, before: ReportingPeriod) -> list[Counted]:
    """How often each strand is named, in the fixed order; a report that names two counts in both rows."""
    each = Func(F("perceived_strands"), function="unnest")
    rows = _in_either(period, before).annotate(strand=each).values("strand").annotate(**_both(period, before))
    found = {row["strand"]: row for row in rows.order_by()}
    return [_counted(strand.value, str(strand.label), found.get(strand.value)) for strand in Strand]


def reports_by_channel(period: ReportingPeriod, before: ReportingPeriod) -> list[Counted]:
    """Reports by the way they came."""
    found = {row["channel"]: row for row in _compared(period, before, "channel")}
    return [_counted(channel.value, str(channel.label), found.get(channel.value)) for channel in Channel]


def reports_by_month(period: ReportingPeriod) -> dict[date, int]:
    """Reports for every month that the period touches, by the month's first day; months without any are 0."""
    rows = (
        Report.objects.filter(_received_in(period))
        .annotate(month=TruncMonth("received_at", tzinfo=LONDON))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found = {london_day(row["month"]): row["count"] for row in rows}
    return {month: found.get(month, 0) for month in period.months()}


def told_back(period: ReportingPeriod) -> ToldBack:
    """Of the reports received in the period, those on which the reporter has been written to since."""
    messages = ReporterMessage.objects.filter(report=OuterRef("pk"))
    found = (
        Report.objects.filter(_received_in(period))
        .annotate(is_told=Exists(messages))
        .aggregate(received=Count("pk"), told=Count("pk", filter=Q(is_told=True)))
    )
    return ToldBack(found["received"], found["told"])


def first_contacts(period: ReportingPeriod, *, now: datetime) -> FirstContacts:
    """First contacts of cases opened in the period, and every one that is overdue at this moment."""
    opened = Q(opened_at__gte=period.starts_at, opened_at__lt=period.ends_at)
    open_and_late = Q(first_contact_at=None, contact_due_at__lt=now) & ~Q(state=CaseState.CLOSED)
    due = opened & (
        Q(contact_due_at__lt=now) | Q(first_contact_at__isnull=False, contact_due_at__isnull=False)
    )
    found = Case.objects.filter(opened | open_and_late).aggregate(
        due=Count("pk", filter=due),
        in_time=Count("pk", filter=due & Q(first_contact_at__lte=F("contact_due_at"))),
        overdue_now=Count("pk", filter=open_and_late),
    )
    return FirstContacts(**found)


def contacts_by_lead(period: ReportingPeriod, *, now: datetime) -> dict[int, Share]:
    """First contacts of cases opened in the period that are made or due by now, by the organisation that leads."""
    due = Q(contact_due_at__lt=now) | Q(first_contact_at__isnull=False, contact_due_at__isnull=False)
    cases = Case.objects.filter(due, opened_at__gte=period.starts_at, opened_at__lt=period.ends_at)
    return _shares_by_lead(cases, Q(first_contact_at__lte=F("contact_due_at")))


def outcomes_by_lead(period: ReportingPeriod) -> dict[int, Share]:
    """Cases closed in the period, and those of them with an outcome, by the organisation that leads."""
    cases = Case.objects.filter(closed_at__gte=period.starts_at, closed_at__lt=period.ends_at)
    return _shares_by_lead(cases, ~Q(outcome=""))


def place_told(period: ReportingPeriod) -> Share:
    """Reports received in the period, and those that name the kind of place: so one knows whether it was online."""
    reports = Report.objects.filter(_received_in(period))
    known = ~Q(place_kind__in=("", "not_sure"))
    return Share(**reports.aggregate(part=Count("pk", filter=known), of=Count("pk")))


def online_with_link(period: ReportingPeriod) -> Share:
    """Reports received in the period that tell of something online, and those of them that came with a link."""
    reports = Report.objects.filter(_received_in(period)).exclude(gave_link=None)
    return Share(**reports.aggregate(part=Count("pk", filter=Q(gave_link=True)), of=Count("pk")))


def reports_naming(strand: Strand, period: ReportingPeriod, before: ReportingPeriod) -> Counted:
    """Reports that name one strand, alone or with others, in each of two periods."""
    naming = _in_either(period, before).filter(perceived_strands__contains=[strand])
    return _counted(strand.value, str(strand.label), naming.aggregate(**_both(period, before)))


def _shares_by_lead(cases, part: Q) -> dict[int, Share]:  # type: ignore[no-untyped-def]
    rows = cases.values("lead_organisation_id").annotate(part=Count("pk", filter=part), of=Count("pk"))
    return {row["lead_organisation_id"]: Share(row["part"], row["of"]) for row in rows.order_by()}


def _received_in(period: ReportingPeriod) -> Q:
    return Q(received_at__gte=period.starts_at, received_at__lt=period.ends_at)


def _in_either(period: ReportingPeriod, before: ReportingPeriod):  # type: ignore[no-untyped-def]
    return Report.objects.filter(_received_in(period) | _received_in(before))


def _both(period: ReportingPeriod, before: ReportingPeriod) -> dict[str, Count]:
    return {
        "now": Count("pk", filter=_received_in(period)),
        "before": Count("pk", filter=_received_in(before)),
    }


def _compared(period: ReportingPeriod, before: ReportingPeriod, *keys: str) -> list[dict]:
    rows = _in_either(period, before).values(*keys).annotate(**_both(period, before))
    return list(rows.order_by())


def _counted(key: str, label: str, row: Mapping | None, district: District | None = None) -> Counted:
    return Counted(key, label, row["now"] if row else 0, row["before"] if row else 0, district)
