from django.db import migrations

from scope.policies import may_write, through

# Linking a report lets its organisations see the case. Whoever may not see a case must not be able to open it for
# themselves by linking a report of their own to it: so both must be theirs.
OF_A_REPORT = through("reporting_report", "report_id")
OF_BOTH = f"{OF_A_REPORT} AND {through('casework_case', 'case_id')}"


def _written_when(rule: str) -> str:
    return (
        f"ALTER POLICY casework_casereport_add ON casework_casereport WITH CHECK ({may_write(rule)});"
        f"ALTER POLICY casework_casereport_change ON casework_casereport"
        f" USING ({may_write(rule)}) WITH CHECK ({may_write(rule)});"
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_timeline_order")]

    operations = [migrations.RunSQL(sql=_written_when(OF_BOTH), reverse_sql=_written_when(OF_A_REPORT))]
