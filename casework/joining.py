"""The same thing told twice: a report that waits joins a case, and can be taken out again."""

from datetime import datetime

from django.db import transaction

from casework.models import Case, CaseReport
from casework.queue import contact_due
from casework.sharing import BarredFromReport
from partners.models import User
from reporting.models import GrantBasis, Report
from scope.context import worker_scope

# What a case gave others to see of its reports; it goes when the report leaves.
OF_THE_CASE = (GrantBasis.CASE, GrantBasis.SHARED)


class CannotJoin(Exception):
    """The report waits no longer, or not in the queue; the message says what it is."""


class CannotTakeOut(Exception):
    """The report is not one that joined this case later."""


@transaction.atomic
def join(case: Case, report: Report, *, note: str, by: User, now: datetime, seen: int | None = None) -> None:
    """Puts a waiting report that the officer sees into a case that they see. Whoever leads the case sees the report
    from now on, whoever sees either sees the case, and whom one of the reporters barred sees neither case nor report.
    Raises CannotJoin or BarredFromReport."""
    found = _waiting(report, by)
    case.begin("join", seen)
    _refuse_if_it_shuts_out(case, found)
    CaseReport.objects.create(case=case, report=found, added_at=now)
    found.refresh_from_db()
    if case.lead_organisation_id not in found.visible_to:
        found.grant_to(case.lead_organisation, basis=GrantBasis.CASE, by=by, now=now)
    case.__dict__.pop("reports", None)
    case.contact_due_at = _first_contact_due(case, found)
    case.end("join", by=by, now=now, note=note, report=found.reference)


@transaction.atomic
def take_out(
    case: Case, report: Report, *, note: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Undoes `join`: the report waits in the queue again, for those who saw it before. Raises CannotTakeOut."""
    case.begin("take_out", seen)
    link = _joined_later(case, report)
    case.end("take_out", by=by, now=now, note=note, report=report.reference)
    # The queue it goes back to may be one that the officer does not see.
    with worker_scope():
        since = report.grants.filter(basis__in=OF_THE_CASE, withdrawn_at=None, granted_at__gte=link.added_at)
        since.update(withdrawn_at=now)
        link.delete()
        Report.objects.get(pk=report.pk).recompute_visibility()


def _waiting(report: Report, by: User) -> Report:
    visible = Report.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    found = visible.get(pk=report.pk)
    if found.erased_at:
        raise CannotJoin("This report was erased: there is nothing left to join.")
    if found.taken_up_at:
        raise CannotJoin("Somebody has already opened a case for this report.")
    if found.set_aside_at:
        raise CannotJoin("This report is set aside. Put it back in the queue first.")
    return found


def _refuse_if_it_shuts_out(case: Case, report: Report) -> None:
    """Who is barred from one report of a case sees nothing of it: that must not be who works on it."""
    if case.assigned_to_id in (report.barred_people or ()):
        raise BarredFromReport(
            f"{case.assigned_to} works on {case.reference} and is kept from this report because of a conflict."
            " Give the case to somebody else first."
        )
    barred = set(report.barred_organisations())
    at_work = [case.lead_organisation, case.assigned_to.organisation if case.assigned_to else None]
    for organisation in filter(None, at_work):
        if organisation.pk in barred:
            raise BarredFromReport(
                f"The person who told this report said that {organisation.short_name} must not see it, and"
                f" {organisation.short_name} works on {case.reference}. Open a case of its own."
            )


def _first_contact_due(case: Case, report: Report) -> datetime | None:
    """As it was, or sooner: what the person was promised on the day they told us. Nobody waits for an anonymous one."""
    promised = contact_due(report)
    if case.first_contact_at or promised is None:
        return case.contact_due_at
    return min(case.contact_due_at or promised, promised)


def _joined_later(case: Case, report: Report) -> CaseReport:
    # Also those that the officer does not see: the first one's key seals what is written on the case.
    with worker_scope():
        links = list(CaseReport.objects.filter(case=case, report__erased_at=None).order_by("added_at"))
    found = next((link for link in links[1:] if link.report_id == report.pk), None)
    if found is None:
        raise CannotTakeOut(
            f"{case.reference} began with this report. It cannot be taken out of its own case."
        )
    return found
