from django.db import migrations

from scope.policies import (
    BY_COUNTING,
    BY_ORGANISATION,
    BY_WORKER,
    RECEIPT,
    REPORT,
    may_write,
    only_in,
    protect,
    through,
)

BY_REPORTER = f"(id = {only_in('public', REPORT)} OR receipt_code_digest = {only_in('public', RECEIPT)})"
REPORTS = f"{BY_ORGANISATION} OR {BY_REPORTER} OR {BY_WORKER} OR {BY_COUNTING}"
OF_A_REPORT = through("reporting_report", "report_id")
TABLES_OF_A_REPORT = (
    "reporting_reportgrant",
    "reporting_reportbar",
    "reporting_reportaccess",
    "reporting_sharingpreference",
    "reporting_reportermessage",
)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        protect("reporting_report", read=REPORTS, write=may_write(REPORTS)),
        *(protect(table, read=OF_A_REPORT, write=may_write(OF_A_REPORT)) for table in TABLES_OF_A_REPORT),
    ]
