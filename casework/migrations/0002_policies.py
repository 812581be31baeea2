"""Who finds which rows of a case."""

from django.db import migrations

from scope.only_parts import only_with_part
from scope.policies import (
    BY_COUNTING,
    BY_ORGANISATION,
    BY_WORKER,
    KIND,
    keep_barred_people_out,
    may_write,
    only_in,
    protect,
    through,
)

CASES = f"{BY_ORGANISATION} OR {BY_WORKER} OR {BY_COUNTING}"
OF_A_CASE = through("casework_case", "case_id")
# Whoever sees a report must see that it has a case, or it would look as if it still waited for triage.
OF_A_REPORT = through("reporting_report", "report_id")
# Linking a report lets its organisations see the case. Whoever may not see a case must not be able to open it for
# themselves by linking a report of their own to it: so both must be theirs.
OF_BOTH = f"{OF_A_REPORT} AND {through('casework_case', 'case_id')}"


def _written_when(rule: str) -> str:
    return (
        f"ALTER POLICY casework_casereport_add ON casework_casereport WITH CHECK ({may_write(rule)});"
        f"ALTER POLICY casework_casereport_change ON casework_casereport"
        f" USING ({may_write(rule)}) WITH CHECK ({may_write(rule)});"
    )


OF_A_PERSON = through("casework_person", "person_id")
OF_BOTH_PEOPLE = f"({through('casework_person', 'one_id')}) AND ({through('casework_person', 'other_id')})"
# Signs are compared over all organisations, and only then: nobody lists them, not even of their own reports.
COMPARED = f"{KIND} IN ('worker', 'counting')"
# What was tried stays as it was: nobody who sees it can rewrite it.
CHANGE = "ALTER POLICY casework_contactattempt_change ON casework_contactattempt"
ONLY_THE_WORKER_CHANGES = migrations.RunSQL(
    f"{CHANGE} USING ({BY_WORKER}) WITH CHECK ({BY_WORKER});",
    f"{CHANGE} USING ({may_write(OF_A_CASE)}) WITH CHECK ({may_write(OF_A_CASE)});",
)
OF_A_PACK = through("casework_pack", "pack_id")
OF_AN_ANSWER = through("casework_policeanswer", "answer_id")

SHARED = ("casework_share", "casework_referral", "casework_override")
# As with what the person said of who did it: an officer's scope reaches it only while it is opened for that report.
OPENED = "nullif(current_setting('llr.opened', true), '')::uuid"
BY_OPENING = f"(report_id = {only_in('staff', OPENED)} AND {OF_A_REPORT})"
SUSPECTS = f"{BY_OPENING} OR ({OF_A_REPORT} AND {KIND} = 'worker')"


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0002_row_level_security"),
        ("casework", "0005_only_its_own_reports"),
        ("casework", "0007_holds_and_keeping_security"),
        ("casework", "0009_people_known_again_security"),
        ("casework", "0013_attempts_to_reach_them"),
        ("casework", "0015_packs_and_police_answers_security"),
        ("casework", "0020_tasks_and_saved_views"),
        ("casework", "0025_attempts_are_part_of_what_was_done"),
    ]
    dependencies = [
        ("casework", "0001_tables"),
        ("reporting", "0002_policies"),
    ]

    operations = [
        protect("casework_case", read=CASES, write=may_write(CASES)),
        protect("casework_casereport", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect("casework_caseevent", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        keep_barred_people_out("casework_case", rows=CASES),
        migrations.RunSQL(sql=_written_when(OF_BOTH), reverse_sql=_written_when(OF_A_REPORT)),
        # Officers are shown that what they see is held. Only the rights desk's acts write, and they ask as the worker: the
        # desk belongs to an organisation that may see none of these reports.
        protect("casework_legalhold", read=OF_A_REPORT, write=BY_WORKER),
        protect("casework_keeping", read=BY_WORKER),
        protect("casework_person", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect(
            "casework_personsign", read=COMPARED, write=f"({OF_A_PERSON}) AND {KIND} IN ('staff', 'worker')"
        ),
        protect("casework_sameperson", read=OF_BOTH_PEOPLE, write=may_write(OF_BOTH_PEOPLE)),
        protect("casework_contactattempt", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        ONLY_THE_WORKER_CHANGES,
        protect("casework_pack", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        protect("casework_packdownload", read=OF_A_PACK, write=may_write(OF_A_PACK)),
        protect("casework_policeanswer", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        protect(
            "casework_policenumbersign",
            read=COMPARED,
            write=f"({OF_AN_ANSWER}) AND {KIND} IN ('staff', 'worker')",
        ),
        protect("casework_setaside", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect("casework_reportsigns", read=COMPARED, write=f"{KIND} = 'worker'"),
        protect("casework_task", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        *(protect(table, read=OF_A_CASE, write=may_write(OF_A_CASE)) for table in SHARED),
        only_with_part("casework_person", "person", before=OF_A_REPORT),
        protect("casework_suspectrecord", read=SUSPECTS, write=SUSPECTS),
        only_with_part("casework_contactattempt", "done", before=through("casework_case", "case_id")),
    ]
