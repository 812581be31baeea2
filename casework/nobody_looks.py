"""Another look that waits where no manager may give it: administrators are told once, so that they name one.

Until they do, officers there who have not worked on the report are shown it (`casework.hearing.for_other_eyes`). The
message names the organisation and the day, and never what it is about.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from casework.hearing import FOR_OTHER_EYES
from outbox.models import OutboxEntry, handler
from partners.models import Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.models import GrantBasis, ReporterRequest
from scope.context import worker_scope

KIND = "casework.nobody_looks"


def tell_administrators(*, now: datetime) -> int:
    """Asks for the messages about all that waits where nobody manages; how many wait. Each is told of once."""
    with worker_scope():
        waiting = [each for each in _open() if not _managers_for(each).exists()]
        for each in waiting:
            OutboxEntry.put(KIND, str(each.pk), {"request": str(each.pk)}, now=now)
    return len(waiting)


@handler(KIND)
def send(payload: dict[str, Any], now: datetime) -> None:
    """Tells every administrator, unless a manager was named meanwhile or it is answered."""
    with worker_scope():
        asked = _open().filter(pk=payload["request"]).first()
        if asked is None or _managers_for(asked).exists():
            return
        context = {
            "where": " and ".join(each.name for each in _who_is_asked(asked)),
            "due": asked.due_on,
            "people": urljoin(settings.BASE_URL, reverse("partners:people")),
        }
    subject, _, text = render_to_string("casework/mails/nobody_looks.txt", context).partition("\n")
    EmailMessage(
        subject.strip(),
        text.strip() + "\n",
        bcc=sorted(holders_of(Permission.INVITE_PEOPLE).values_list("email", flat=True)),
        to=[],
        # Sent again, because a worker died in between, it carries the same id.
        headers={"Message-ID": f"<nobody-looks-{asked.pk}@{urlsplit(settings.BASE_URL).hostname}>"},
    ).send()


def _open() -> QuerySet[ReporterRequest]:
    asked = ReporterRequest.objects.filter(
        kind__in=FOR_OTHER_EYES, answered_at=None, report__erased_at=None
    ).order_by("due_on", "pk")
    return asked.select_related("to_organisation", "report__case_report__case__lead_organisation")


def _who_is_asked(asked: ReporterRequest) -> list[Organisation]:
    """Where it goes: to another organisation, to the one that leads, or, before anybody does, to who reads it first."""
    if asked.to_organisation:
        return [asked.to_organisation]
    if case := _case_of(asked):
        return [case.lead_organisation]
    first = asked.report.grants.filter(basis=GrantBasis.TRIAGE, withdrawn_at=None)
    return [
        each.organisation for each in first.select_related("organisation").order_by("organisation__order")
    ]


def _managers_for(asked: ReporterRequest) -> QuerySet[User]:
    """The managers there who do not work on it themselves."""
    case = _case_of(asked)
    managers = holders_of(Permission.MANAGE_TEAM).filter(
        memberships__left_at=None, memberships__organisation__in=_who_is_asked(asked)
    )
    return managers.exclude(pk=case.assigned_to_id) if case and case.assigned_to_id else managers


def _case_of(asked: ReporterRequest) -> Any:
    link = getattr(asked.report, "case_report", None)
    return link.case if link else None
