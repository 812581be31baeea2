"""A high risk, as a centre recorded it or an officer found it: officers of the organisation that reads it first, and of
the police, hear at once by e-mail, and never what it is about. The words are the partnership's (`alerts.toml`).

Police that the person did not let see it get the reference and whom to call. Police that must not see it get nothing,
and the organisation that reads it first is told so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from outbox.models import OutboxEntry, handler
from partners.data import installed
from partners.directory import directory
from partners.models import Organisation, OrganisationKind, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.models import GrantBasis, Report
from scope.context import worker_scope

ALERTS = "alerts.toml"
KIND = "reporting.high_risk"


def alerts(
    report: UUID, *, triage: Organisation, barred: Sequence[Organisation], now: datetime
) -> list[OutboxEntry]:
    """One message, not saved, for each organisation that must hear of it; its key makes each one however often it is
    sent."""
    kept_from = {each.pk for each in barred}
    told = [triage, *(each for each in police() if each.pk not in kept_from and each.pk != triage.pk)]
    return [OutboxEntry.prepare(KIND, *_one(report, each), now=now) for each in told]


def alert_of_case(report: Report, *, lead: Organisation, now: datetime) -> None:
    """The same for a report that is worked on, to the organisation that leads its case as well. Who has heard of it
    once, when it was recorded or later, does not hear of it again."""
    barred = set(report.barred_organisations())
    told = {each.pk: each for each in (lead, _reads_it_first(report), *police())}
    for each in (told[pk] for pk in told if pk not in barred):
        OutboxEntry.put(KIND, *_one(report.pk, each), now=now)


def _one(report: UUID, organisation: Organisation) -> tuple[str, dict[str, Any]]:
    """Key and payload of one message."""
    return f"{report}:{organisation.pk}", {"report": str(report), "organisation": organisation.pk}


def police() -> list[Organisation]:
    """The police forces of the partnership."""
    known = directory().organisations.values()
    return [each for each in known if each.kind == OrganisationKind.POLICE and each.retired_on is None]


@handler(KIND)
def tell_at_once(payload: dict[str, Any], now: datetime) -> None:
    """Tells one organisation, by what it may see now: whom it was taken from meanwhile hears nothing of it."""
    with worker_scope():
        report = Report.objects.filter(pk=payload["report"], erased_at=None).first()
        organisation = Organisation.objects.get(pk=payload["organisation"])
        if report is None or organisation.pk in report.barred_organisations():
            return
        text = _text(report, organisation)
    people = sorted(set(_officers(organisation).values_list("email", flat=True)))
    if not people:
        people = sorted(holders_of(Permission.INVITE_PEOPLE).values_list("email", flat=True))
        text = installed(ALERTS)["nobody_there"]["text"].format(organisation=organisation.name)
    _send(text, to=people, identity=f"{report.pk}-{organisation.pk}")


def _officers(organisation: Organisation) -> QuerySet[User]:
    """Who opens new reports there."""
    return holders_of(Permission.SEE_QUEUE).filter(
        memberships__organisation=organisation, memberships__left_at=None
    )


def _text(report: Report, organisation: Organisation) -> str:
    said, lead = installed(ALERTS), _reads_it_first(report)
    if organisation.pk not in report.visible_to:
        names = ", ".join(sorted(each.name for each in _officers(lead)))
        return str(said["may_not_open"]["text"]).format(
            lead=lead.name, reference=report.reference, people=names or said["may_not_open"]["nobody"]
        )
    lines = [said["may_open"]["text"]]
    if organisation == lead:
        lines += [_call(report, each) for each in police() if each != organisation]
    return "\n\n".join(lines)


def _reads_it_first(report: Report) -> Organisation:
    first = report.grants.filter(basis=GrantBasis.TRIAGE, withdrawn_at=None).order_by("granted_at")
    found = first.select_related("organisation").first()
    known = directory().organisations.values()
    return found.organisation if found else next(each for each in known if each.is_fallback_triage)


def _call(report: Report, other: Organisation) -> str:
    """How those who read it first stand with a police force."""
    if other.pk in report.barred_organisations():
        how = "barred"
    else:
        how = "others" if other.pk in report.visible_to else "by_reference"
    return str(installed(ALERTS)["may_open"]["call"][how]).format(others=other.name)


def _send(text: str, *, to: list[str], identity: str) -> None:
    said = installed(ALERTS)
    sign_in = f"Sign in: {urljoin(settings.BASE_URL, '/staff/')}"
    EmailMessage(
        said["subject"],
        "\n\n".join((text, sign_in, said["ending"])) + "\n",
        bcc=to,
        to=[],
        # Sent again, because a worker died in between, it carries the same id.
        headers={"Message-ID": f"<today-{identity}@{urlsplit(settings.BASE_URL).hostname}>"},
    ).send()
