from django.db import migrations

from scope.policies import KIND, may_write, protect, through

OF_A_REPORT = through("reporting_report", "report_id")
OF_A_PERSON = through("casework_person", "person_id")
OF_BOTH = f"({through('casework_person', 'one_id')}) AND ({through('casework_person', 'other_id')})"
# Signs are compared over all organisations, and only then: nobody lists them, not even of their own reports.
COMPARED = f"{KIND} IN ('worker', 'counting')"


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_people_known_again"), ("reporting", "0002_row_level_security")]

    operations = [
        protect("casework_person", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect(
            "casework_personsign", read=COMPARED, write=f"({OF_A_PERSON}) AND {KIND} IN ('staff', 'worker')"
        ),
        protect("casework_sameperson", read=OF_BOTH, write=may_write(OF_BOTH)),
    ]
