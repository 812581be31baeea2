"""The disclosure register: what was told to others outside sharing. Entered once, listed, taken out without names."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audit import trail
from casework.parts import in_words
from documents.spreadsheet import as_csv
from partners.models import Organisation, User
from reporting.models import Report
from rights.models import Disclosure, RightsRequest
from rights.models.disclosure import DisclosureBasis, DisclosureQuerySet, ToWhom
from scope.context import worker_scope
from vault.models import DataKey

HEADINGS = ("Number", "Day", "To", "Basis", "What was told", "Decided at", "Asked for by a request")
NO_PERSONAL_DATA = "Figures or records without personal data"


class NoSuchReport(Exception):
    """There is no report with this reference."""


@transaction.atomic
def disclose(
    *,
    to_whom: str,
    recipient: str,
    basis: str,
    parts: Collection[str],
    reason: str,
    told_on: date,
    by: User,
    now: datetime,
    reference: str = "",
    request: RightsRequest | None = None,
) -> Disclosure:
    """Enters what was told, to whom and why; raises NoSuchReport. Nothing of it can be changed afterwards."""
    assert by.organisation_id, "a permission comes with a workplace"
    # Whoever enters at the same moment waits, and gets the next number.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    newest = Disclosure.objects.of_desk(by).aggregate(newest=Max("number"))["newest"] or 0
    made = Disclosure(
        number=newest + 1,
        data_key=DataKey.create(),
        organisation_id=by.organisation_id,
        request=request,
        report_id=_report(reference) if reference else None,
        reference=reference,
        to_whom=to_whom,
        basis=basis,
        parts=sorted(parts),
        told_on=told_on,
        decided_by=by,
        entered_at=now,
    )
    made.seal("recipient", recipient)
    made.seal("reason", reason)
    made.save(force_insert=True)
    trail.record("rights.disclosed", made, by=by, now=now, to=to_whom, basis=basis, parts=sorted(parts))
    return made


def entries(by: User, *, to_whom: str = "", basis: str = "", year: str = "") -> DisclosureQuerySet:
    """The register of the person's desk, the newest entry first."""
    wanted = {"to_whom": to_whom, "basis": basis, "told_on__year": year}
    return Disclosure.objects.of_desk(by).filter(**{name: value for name, value in wanted.items() if value})


def as_sheet(by: User, *, now: datetime, **wanted: str) -> bytes:
    """The register as a spreadsheet: without who got it, whose report it was and in whose words; in the trail."""
    found = (
        entries(by, **wanted)
        .select_related("decided_by", "organisation", "request")
        .defer("recipient", "reason")
    )
    rows = [_row(each) for each in found]
    trail.record("rights.register_exported", "register", by=by, now=now, entries=len(rows))
    return as_csv(HEADINGS, rows)


def told_in_words(parts: Collection[str]) -> str:
    """What was told, in words."""
    return in_words(parts) if parts else NO_PERSONAL_DATA


def _row(entry: Disclosure) -> tuple[str | int, ...]:
    return (
        entry.number,
        entry.told_on.isoformat(),
        str(ToWhom(entry.to_whom).label),
        str(DisclosureBasis(entry.basis).label),
        told_in_words(entry.parts),
        entry.organisation.name,
        "Yes" if entry.request_id else "No",
    )


def _report(reference: str) -> UUID:
    with worker_scope():
        found = Report.objects.filter(reference=reference).values_list("pk", flat=True).first()
    if found is None:
        raise NoSuchReport(reference)
    return found
