"""What becomes of a reporting centre's reports when it closes: it sees none of them any more, and what is open goes to
somebody who passes on news in its place.

The person asked to hear through somebody who is not there any more. A council that may see the report takes that over;
where the person barred it, whoever read the report first does.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from audit import trail
from audit.models import AuditEvent
from partners.models import Organisation, User
from reporting.limits import limits_of
from reporting.models import ConflictBar, Draft, GrantBasis, Report, ReportBar, ReporterWord, ReportGrant
from reporting.safe_contact import Way, Why
from scope.context import worker_scope

AT_ONCE = 1_000


@dataclass(frozen=True)
class HandedOn:
    """How many open reports go to whom, by id of the organisation; of these, how many people still have to be told of
    news; how many reports are out of the centre's sight; and how many unfinished ones are erased."""

    to: Counter[int] = field(default_factory=Counter)
    words: int = 0
    seen: int = 0
    drafts: int = 0


def to_be_handed_on(
    open_reports: models.QuerySet[Report], centre: Organisation, council: Organisation | None
) -> HandedOn:
    """What `hand_on` would do now. Belongs into the scope of a worker, as the counts are of reports that whoever closes
    a centre may not see."""
    takers = _takers(open_reports, council)
    return HandedOn(
        to=Counter(taker for taker in takers.values() if taker),
        words=_waiting(takers).count(),
        seen=Report.objects.filter(visible_to__contains=[centre.pk]).count(),
        drafts=Draft.objects.of_reports_at(centre).count(),
    )


@transaction.atomic
def hand_on(
    open_reports: models.QuerySet[Report],
    centre: Organisation,
    council: Organisation | None,
    *,
    by: User | None,
    now: datetime,
) -> HandedOn:
    """Takes every report out of the centre's sight, gives the open ones to who takes over, and erases what was begun
    and not sent: nobody agreed that somebody else goes on with it. A few statements for each thousand reports."""
    with worker_scope():
        done = to_be_handed_on(open_reports, centre, council)
        takers = _takers(open_reports, council)
        words = _waiting(takers)
        words.update(way=Way.PERSON, why=Why.NO_CENTRE)
        wanted = Report.objects.filter(models.Q(visible_to__contains=[centre.pk]) | models.Q(pk__in=takers))
        affected = list(wanted.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(affected), AT_ONCE):
            _change_sight(affected[start : start + AT_ONCE], takers, centre, by, now)
        Draft.objects.filter(centre=centre).delete()
    return done


def _takers(open_reports: models.QuerySet[Report], council: Organisation | None) -> dict[UUID, int | None]:
    """Who takes over each open report; None where nobody may."""
    reports = list(open_reports.values_list("pk", flat=True))
    barred = _barred(reports)
    first = ReportGrant.objects.filter(basis=GrantBasis.TRIAGE, withdrawn_at=None).order_by("granted_at")
    readers = _by_report(first, reports)
    in_turn = [council.pk] if council and council.retired_on is None else []
    return {
        each: next(
            (one for one in (*in_turn, *readers.get(each, ())) if one not in barred.get(each, ())), None
        )
        for each in reports
    }


def _barred(reports: list[UUID]) -> dict[UUID, list[int]]:
    """Which organisations must not see each: because the person said so, or because of a conflict."""
    said = ReportBar.objects.exclude(organisation=None).filter(report__in=reports)
    conflicts = ConflictBar.objects.in_force().exclude(organisation=None).filter(report__in=reports)
    found: dict[UUID, list[int]] = {}
    pairs = "report", "organisation"
    for report, organisation in said.values_list(*pairs).union(conflicts.values_list(*pairs)):
        found.setdefault(report, []).append(organisation)
    return found


def _by_report(rows: models.QuerySet[Any], reports: list[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    for report, organisation in rows.filter(report__in=reports).values_list("report", "organisation"):
        found.setdefault(report, []).append(organisation)
    return found


def _with_parts(grants: models.QuerySet[ReportGrant]) -> dict[UUID, list[tuple[int, list[str] | None]]]:
    found: dict[UUID, list[tuple[int, list[str] | None]]] = {}
    for report, organisation, parts in grants.values_list("report", "organisation", "parts"):
        found.setdefault(report, []).append((organisation, parts))
    return found


def _waiting(reports: Iterable[UUID]) -> models.QuerySet[ReporterWord]:
    """News that waits at the centre to be passed on."""
    return ReporterWord.objects.to_pass_on().filter(report__in=list(reports))


def _change_sight(
    reports: list[UUID],
    takers: dict[UUID, int | None],
    centre: Organisation,
    by: User | None,
    now: datetime,
) -> None:
    """Locked in the order in which every act locks: reports first."""
    rows = list(
        Report.objects.filter(pk__in=reports).order_by("pk").select_for_update(of=("self",), no_key=True)
    )
    grants = ReportGrant.objects.filter(report__in=reports, withdrawn_at=None)
    grants.filter(organisation=centre).update(withdrawn_at=now)
    given = [(each, taker) for each in rows if (taker := takers.get(each.pk))]
    ReportGrant.objects.bulk_create(
        [
            ReportGrant(
                report=each, organisation_id=taker, basis=GrantBasis.HANDED_ON, granted_at=now, granted_by=by
            )
            for each, taker in given
        ]
    )
    granted, barred = _with_parts(grants.exclude(basis=GrantBasis.RIGHTS)), _barred(reports)
    for each in rows:
        given_to = granted.get(each.pk, [])
        seen_by = {organisation for organisation, _parts in given_to}
        each.visible_to = sorted(seen_by - set(barred.get(each.pk, ())))
        each.limited_to = limits_of(given_to)
    Report.objects.bulk_update(rows, ["visible_to", "limited_to"])
    codes = dict(Organisation.objects.filter(pk__in={taker for _, taker in given}).values_list("pk", "code"))
    AuditEvent.objects.bulk_create(
        [_event(each, codes.get(takers.get(each.pk) or 0), centre, by, now) for each in rows]
    )


def _event(
    report: Report, to: str | None, centre: Organisation, by: User | None, now: datetime
) -> AuditEvent:
    if to:
        return trail.prepare("report.handed_on", report, by=by, now=now, organisation=centre.code, to=to)
    return trail.prepare("report.withdrawn", report, by=by, now=now, organisation=centre.code)
