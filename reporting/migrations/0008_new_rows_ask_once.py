from django.db import migrations

from scope.policies import ask_once

TABLES = (
    "reporting_reportgrant",
    "reporting_reportbar",
    "reporting_reportaccess",
    "reporting_sharingpreference",
    "reporting_reportermessage",
)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_keys_go_with_the_worker")]

    operations = [ask_once("reporting_report", TABLES, "report_id")]
