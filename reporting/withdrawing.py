"""Taking back a permission to share: at once, and without undoing what was seen before."""

from datetime import datetime

from django.db import models, transaction

from audit import trail
from partners.models import Organisation
from reporting.models import GrantBasis, Report
from reporting.receiving import organisations_for


@transaction.atomic
def take_back(report: Report, recipient: str, *, now: datetime) -> None:
    """The person no longer wants it shared with `recipient` (a code of the sharing choices).

    What was given for this choice alone ends: what was given with it, and what officers shared since because of it. An
    organisation that reads new reports for the area, or leads the case, does so on another ground. Taking back what
    was not given changes nothing. The report is locked first, so that an officer who shares at this moment has done it
    before, and it ends, or is refused.
    """
    Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if not report.preferences.filter(recipient=recipient, withdrawn_at=None).update(withdrawn_at=now):
        return
    by_code = {organisation.code: organisation for organisation in Organisation.objects.all()}
    organisations = organisations_for([recipient], by_code, report.district, report.centre)
    given_with_it = models.Q(organisation__in=organisations, basis=GrantBasis.PREFERENCE)
    shared_since = models.Q(basis=GrantBasis.SHARED, follows_choice=recipient)
    report.grants.filter(given_with_it | shared_since, withdrawn_at=None).update(withdrawn_at=now)
    report.recompute_visibility()
    trail.record_public("report.sharing_taken_back", report, now=now, recipient=recipient)
