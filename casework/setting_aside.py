"""Setting a doubtful report aside: out of the queue's way, counted as before, and looked at by a second person.

Nothing is dropped by it, and the reporter's page does not change.
"""

from datetime import datetime

from django.db import transaction

from audit import trail
from casework.clock import due_after
from casework.models import SetAside
from partners.models import User
from partners.standards import standard
from reporting.models import Report

SECOND_LOOK = "set_aside_look"


class CannotSetAside(Exception):
    """The report does not wait in the queue; the message says why."""


class SecondPersonNeeded(Exception):
    """Who set a report aside does not look at it a second time."""


class LookedAtAlready(Exception):
    """Somebody has put it back, or looked at it, meanwhile."""


@transaction.atomic
def set_aside(report: Report, reason: str, *, by: User, now: datetime) -> SetAside:
    """Takes a report out of the queue's main list; raises CannotSetAside."""
    found = _locked(report, by)
    if found.taken_up_at or found.erased_at:
        raise CannotSetAside("Somebody has already opened a case for this report, or it was erased.")
    if found.set_aside_at:
        raise CannotSetAside("Somebody has already set this report aside.")
    assert by.organisation_id, "a permission comes with a workplace"
    row = SetAside(
        report=found,
        set_aside_at=now,
        set_aside_by=by,
        organisation_id=by.organisation_id,
        look_due_at=due_after(now, standard(SECOND_LOOK).amount),
    )
    row.seal("reason", reason)
    row.save(force_insert=True)
    trail.record("report.set_aside", found, by=by, now=now)
    return row


@transaction.atomic
def put_back(report: Report, *, by: User, now: datetime) -> None:
    """It waits in the queue again, as long as it has waited; raises LookedAtAlready."""
    row = _open_row(report, by)
    row.put_back_at, row.put_back_by = now, by
    row.save(update_fields=["put_back_at", "put_back_by"])
    trail.record("report.put_back", row.report, by=by, now=now)


@transaction.atomic
def keep_set_aside(report: Report, reason: str, *, by: User, now: datetime) -> None:
    """A second person agrees, and says why; raises SecondPersonNeeded or LookedAtAlready."""
    row = _open_row(report, by)
    if row.looked_at:
        raise LookedAtAlready("Somebody has already looked at it a second time.")
    if row.set_aside_by_id == by.pk:
        raise SecondPersonNeeded("You set it aside. Somebody else has to look at it.")
    row.looked_at, row.looked_by = now, by
    row.seal("kept_because", reason)
    row.save(update_fields=["looked_at", "looked_by", "kept_because"])
    trail.record("report.kept_set_aside", row.report, by=by, now=now)


def set_aside_now(report: Report) -> SetAside | None:
    """Why a report is set aside; None where it is not."""
    if report.set_aside_at is None:
        return None
    rows = report.times_set_aside.now().select_related("set_aside_by", "organisation", "looked_by")
    return rows.first()


def _locked(report: Report, by: User) -> Report:
    visible = Report.objects.visible_to(by).select_related("data_key")
    return visible.select_for_update(of=("self",), no_key=True).get(pk=report.pk)


def _open_row(report: Report, by: User) -> SetAside:
    found = _locked(report, by)
    row = set_aside_now(found)
    if row is None:
        raise LookedAtAlready("Somebody has already put this report back in the queue.")
    row.report = found
    return row
