"""Taking back a permission to share: at once, and without undoing what was seen before."""

from datetime import datetime

from django.db import transaction

from audit import trail
from partners.models import Organisation
from reporting.models import GrantBasis, Report
from reporting.receiving import organisations_for


@transaction.atomic
def take_back(report: Report, recipient: str, *, now: datetime) -> None:
    """The person no longer wants it shared with `recipient` (a code of the sharing choices).

    What was given for this choice alone ends; an organisation that reads new reports for the area, or works on the
    case, does so on another ground. Taking back what was not given changes nothing.
    """
    if not report.preferences.filter(recipient=recipient, withdrawn_at=None).update(withdrawn_at=now):
        return
    by_code = {organisation.code: organisation for organisation in Organisation.objects.all()}
    organisations = organisations_for([recipient], by_code, report.district, report.centre)
    report.grants.filter(
        organisation__in=organisations, basis=GrantBasis.PREFERENCE, withdrawn_at=None
    ).update(withdrawn_at=now)
    report.recompute_visibility()
    trail.record_public("report.sharing_taken_back", report, now=now, recipient=recipient)
