"""What the rights desk reads of a report: only one that an open request is about, by a grant that the reporter sees.

The grant is of no use to other people of the same organisation: `Report.visible_to` does not follow it, and the only
way to it is `in_sight`, which asks as the worker for that one report and leaves its entry in the trail each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit import trail
from partners.models import User
from partners.roles import Permission
from reporting.models import GrantBasis, Report
from rights.models import RequestReport, RightsRequest
from rights.models.request import HowChecked
from scope.context import worker_scope


class OutOfSight(Exception):
    """The desk may not read this report: it was answered, erased, or is kept from whoever asks."""


class CannotBeAdded(Exception):
    """The report can't be added to the request; the message says why, and what to do."""


@contextmanager
def in_sight(request: RightsRequest, report_id: UUID, *, by: User, now: datetime) -> Iterator[Report]:
    """The report, for the block; raises OutOfSight. In the trail, and among the readings that the person is shown."""
    if (
        request.is_answered
        or not by.may(Permission.ANSWER_RIGHTS)
        or request.organisation_id != by.organisation_id
    ):
        raise OutOfSight(request.number)
    with worker_scope():
        report = _granted(by).filter(pk=report_id).select_related("data_key").first()
        if report is None:
            raise OutOfSight(request.number)
        trail.record("report.rights_read", report, by=by, now=now, request=request.number)
        report.note_read(by, now=now)
        yield report


@transaction.atomic
def add_report(request: RightsRequest, reference: str, *, by: User, now: datetime) -> RequestReport:
    """Takes a report into a request: from now on the desk may read it; raises CannotBeAdded."""
    assert by.organisation, "a permission comes with a workplace"
    if request.is_answered:
        raise CannotBeAdded("This request has been answered.")
    if request.how_checked == HowChecked.NOT_YET:
        raise CannotBeAdded("Check first who asks. Nobody reads a report for somebody we do not know.")
    with worker_scope():
        report = Report.objects.filter(reference=reference, erased_at=None).first()
        if report is None or by.pk in (report.barred_people or ()):
            raise CannotBeAdded(f"There is no report {reference}, or it has been erased.")
        if by.organisation_id in list(report.barred_organisations()):
            raise CannotBeAdded(
                f"{by.organisation.name} must not see {reference}. The desk of another organisation has to answer this."
            )
        about, is_new = RequestReport.objects.get_or_create(
            request=request, report=report, defaults={"reference": reference, "added_at": now}
        )
        if is_new:
            report.grant_to(by.organisation, basis=GrantBasis.RIGHTS, by=by, now=now)
            trail.record("rights.report_added", request, by=by, now=now, report=reference)
    return about


def end_sight(request: RightsRequest, *, by: User, now: datetime) -> None:
    """The request is answered: what rested on it ends, unless another open request of the desk is about the report."""
    others = RightsRequest.objects.filter(organisation=request.organisation, answered_at=None).exclude(
        pk=request.pk
    )
    with worker_scope():
        for about in request.about.select_related("report"):
            if not RequestReport.objects.filter(request__in=others, report=about.report).exists():
                about.report.withdraw_from(request.organisation, basis=GrantBasis.RIGHTS, by=by, now=now)


def _granted(by: User) -> QuerySet[Report]:
    granted = Report.objects.filter(
        erased_at=None,
        grants__basis=GrantBasis.RIGHTS,
        grants__organisation=by.organisation,
        grants__withdrawn_at=None,
    )
    return granted.exclude(barred_people__contains=[by.pk])
