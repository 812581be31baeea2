"""Open cases get the clocks that they would have, had there been such clocks when they were worked on."""

from itertools import islice

from django.db import migrations, models
from django.db.models.functions import Coalesce

from casework.clocks import contact_due, review_due, update_due

AT_ONCE = 1_000


def give_clocks(apps, schema_editor) -> None:
    """What was taken up but not triaged waits for its first contact; the others for an update, from when the person
    was told something last, and for a look at the risk, from triage."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('llr.scope', 'worker', true)")
    case_model = apps.get_model("casework", "Case")._default_manager.using(connection.alias)
    event_model = apps.get_model("casework", "CaseEvent")
    report_model = apps.get_model("reporting", "Report")
    events = event_model.objects.filter(case=models.OuterRef("pk")).order_by("-at")
    reports = report_model.objects.filter(case_report__case=models.OuterRef("pk"), erased_at=None)
    reached = reports.filter(models.Q(receipt_code_digest__isnull=False) | models.Q(contact__isnull=False))
    cases = (
        case_model.filter(closed_at=None)
        .annotate(
            told_at=models.Subquery(events.filter(act="tell_reporter").values("at")[:1]),
            triaged_at=models.Subquery(events.filter(act="triage").values("at")[:1]),
            received_at=models.Subquery(reports.order_by("received_at").values("received_at")[:1]),
            can_be_told=models.Exists(reached),
        )
        .annotate(since=Coalesce("told_at", "triaged_at"))
        .only("pk", "state", "urgency", "opened_at", "contact_due_at", "update_due_at", "review_due_at")
    )
    rows = cases.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        for case in batch:
            _wind(case)
        case_model.bulk_update(batch, ["contact_due_at", "update_due_at", "review_due_at"])


def _wind(case) -> None:
    if case.contact_due_at is None and case.received_at:
        case.contact_due_at = contact_due(case.received_at, case.urgency, now=case.opened_at)
    if case.update_due_at is None and case.since and case.can_be_told:
        case.update_due_at = update_due(case.since)
    if case.review_due_at is None and case.triaged_at:
        case.review_due_at = review_due(case.urgency, case.triaged_at)


class Migration(migrations.Migration):
    replaces = [("casework", "0017_clocks_of_open_cases")]
    dependencies = [("casework", "0004_shares_end_with_sight")]

    operations = [migrations.RunPython(give_clocks, migrations.RunPython.noop)]
