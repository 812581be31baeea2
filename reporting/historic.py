"""Bringing in reports of earlier years in bulk: from other records, or for the demonstration's past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from audit import trail
from audit.models import AuditEvent
from partners.models import District, Organisation
from reporting.erasing import tombstones
from reporting.models import GrantBasis, Report, ReportGrant
from reporting.receiving import choose_readers, seal_what_was_told
from reporting.reference import new_reference
from reporting.strands import Channel, PublicStatus, ReporterRole, Whereabouts
from scope.context import worker_scope
from vault.models import DataKey

ROWS_A_BATCH = 1000


@dataclass(frozen=True)
class HistoricRow:
    """One report as another system kept it. `key` makes loading it twice one report; without one it is always new.

    `words` is what was told, if it was kept; `answers` are further answers by question id.
    """

    received_at: datetime
    strands: tuple[str, ...]
    place_kind: str
    district: District | None = None
    whereabouts: str = ""
    channel: str = Channel.HISTORIC
    role: str = ReporterRole.VICTIM
    is_anonymous: bool = True
    public_status: str = PublicStatus.RECEIVED
    needs_same_day_look: bool = False
    centre: Organisation | None = None
    words: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    key: UUID | None = None

    @property
    def where(self) -> str:
        """What is known of the area."""
        return self.whereabouts or (Whereabouts.DISTRICT if self.district else Whereabouts.NOT_SURE)


def receive_historic(rows: Iterable[HistoricRow], *, now: datetime) -> list[Report]:
    """Loads reports that were received long before `now`; gives those that were new, in the order of the rows.

    They have no receipt code, send no word to anybody, and each batch leaves one entry in the trail.
    """
    remaining = iter(rows)
    loaded: list[Report] = []
    while batch := list(islice(remaining, ROWS_A_BATCH)):
        with worker_scope():
            loaded += _load(batch, now=now)
    return loaded


def _load(batch: list[HistoricRow], *, now: datetime) -> list[Report]:
    known = _known_before([row.key for row in batch if row.key])
    new = [row for row in batch if row.key not in known]
    areas = {row.district for row in new}
    triage = {district: choose_readers({}, district=district).triage for district in areas}
    readers = [[triage[row.district], *([row.centre] if row.centre else [])] for row in new]
    data_keys = [DataKey.prepare() for _row in new]
    reports = [
        _report(row, data_key, seen_by)
        for row, data_key, seen_by in zip(new, data_keys, readers, strict=True)
    ]
    DataKey.objects.bulk_create(data_keys)
    Report.objects.bulk_create(reports)
    ReportGrant.objects.bulk_create(
        ReportGrant(
            report=report,
            organisation=organisation,
            basis=GrantBasis.CENTRE if organisation is report.centre else GrantBasis.TRIAGE,
            granted_at=report.received_at,
        )
        for report, seen_by in zip(reports, readers, strict=True)
        for organisation in seen_by
    )
    if reports:
        event = trail.prepare("reports.loaded", reports[0], now=now, reports=len(reports))
        AuditEvent.objects.bulk_create([event])
    return reports


def _known_before(keys: list[UUID]) -> set[UUID]:
    """Those of the keys that a report came with, also one that has been erased since."""
    may_be_kept_as = {kept: key for key in keys for kept in (key, *tombstones(key))}
    found = Report.objects.filter(idempotency_key__in=may_be_kept_as)
    return {may_be_kept_as[kept] for kept in found.values_list("idempotency_key", flat=True)}


def _report(row: HistoricRow, data_key: DataKey, readers: list[Organisation]) -> Report:
    report = Report(
        reference=new_reference(),
        idempotency_key=row.key or uuid4(),
        data_key=data_key,
        received_at=row.received_at.replace(second=0, microsecond=0),
        channel=row.channel,
        centre=row.centre,
        reporter_role=row.role,
        perceived_strands=list(row.strands),
        whereabouts=row.where,
        district=row.district,
        place_kind=row.place_kind,
        is_anonymous=row.is_anonymous,
        needs_same_day_look=row.needs_same_day_look,
        public_status=row.public_status,
        visible_to=sorted({organisation.pk for organisation in readers}),
    )
    seal_what_was_told(report, {**row.answers, "Q07": row.words})
    return report
