from django.db import migrations

from scope.policies import BY_COUNTING, BY_ORGANISATION, BY_WORKER, may_write, protect, through

CASES = f"{BY_ORGANISATION} OR {BY_WORKER} OR {BY_COUNTING}"
OF_A_CASE = through("casework_case", "case_id")
# Whoever sees a report must see that it has a case, or it would look as if it still waited for triage.
OF_A_REPORT = through("reporting_report", "report_id")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("reporting", "0002_row_level_security")]

    operations = [
        protect("casework_case", read=CASES, write=may_write(CASES)),
        protect("casework_casereport", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect("casework_caseevent", read=OF_A_CASE, write=may_write(OF_A_CASE)),
    ]
