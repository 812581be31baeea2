from django.db import migrations

from scope.policies import BY_WORKER, protect, through

# Officers are shown that what they see is held. Only the rights desk's acts write, and they ask as the worker: the
# desk belongs to an organisation that may see none of these reports.
OF_A_REPORT = through("reporting_report", "report_id")


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_holds_and_keeping"), ("reporting", "0002_row_level_security")]

    operations = [
        protect("casework_legalhold", read=OF_A_REPORT, write=BY_WORKER),
        protect("casework_keeping", read=BY_WORKER),
    ]
