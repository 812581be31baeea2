"""Who may be asked how we did: whoever agreed, four weeks after the first contact and four weeks after we finished.

Whether somebody agreed is sealed, so only the worker finds out, and only of those whose time has come.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from casework.hearing import said_later, with_what_was_said_later
from casework.models import Case
from outbox.models import OutboxEntry
from partners.models import User
from partners.standards import standard
from reporting.models import CentreRecord, Report, SurveyInvitation
from reporting.models.report import ReportQuerySet
from reporting.saying_more import AGREED
from scope.context import worker_scope

# What the outbox does for each of them: `casework/asking_how_we_did.py`.
ASK = "casework.ask_how_we_did"
# Whoever's time came longer ago was looked at on its day; a portal that stood still for so long catches up.
LOOKS_BACK = timedelta(days=14)
Kind = SurveyInvitation.Kind


def invite(*, now: datetime) -> int:
    """Invites those whose time has come and who agreed; how many. Running it again invites nobody twice."""
    with worker_scope():
        return sum(
            _invite(kind, column, now=now)
            for kind, column in ((Kind.CONTACT, "first_contact_at"), (Kind.CLOSED, "closed_at"))
        )


def _invite(kind: str, column: str, *, now: datetime) -> int:
    waits = timedelta(days=standard("after_closing_call").amount)
    begun = {f"{column}__lte": now - waits, f"{column}__gt": now - waits - LOOKS_BACK}
    cases = Case.objects.filter(**begun, erased_at=None)
    asked = SurveyInvitation.objects.filter(report=OuterRef("pk"), kind=kind)
    reports = Report.objects.filter(case_report__case__in=cases, erased_at=None).exclude(Exists(asked))
    due = [
        SurveyInvitation(report=report, kind=kind, due_on=_due(report.since, waits))
        for report in reports.select_related("data_key").annotate(since=F(f"case_report__case__{column}"))
        if has_agreed(report)
    ]
    added = SurveyInvitation.objects.bulk_create(due, ignore_conflicts=True)
    for each in added:
        OutboxEntry.put(ASK, str(each.pk), {"invitation": str(each.pk)}, now=now)
    return len(added)


def has_agreed(report: Report) -> bool:
    """Whether the person said, on sending or since, that we may ask; the last word counts."""
    return with_what_was_said_later(report.told(), said_later(report)).get(AGREED) == "yes"


def _due(since: datetime, waits: timedelta) -> date:
    return timezone.localdate(since + waits)


def asked_by_officer(user: User) -> ReportQuerySet:
    """Reports whose tellers this person may ask by voice: of cases that their organisation leads, not of their own."""
    cases = Case.objects.filter(lead_organisation=user.organisation_id, erased_at=None)
    cases = cases.exclude(assigned_to=user)
    return Report.objects.visible_to(user).filter(case_report__case__in=cases)


def asked_by_centre(user: User) -> ReportQuerySet:
    """Reports whose tellers hear through this person's reporting centre, as they said when it recorded them."""
    assert user.organisation, "a permission comes with a workplace"
    through_it = CentreRecord.objects.filter(feedback="centre", report=OuterRef("pk"))
    return Report.objects.visible_to(user).recorded_at(user.organisation).filter(Exists(through_it))
