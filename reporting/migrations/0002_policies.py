"""Who finds which rows of a report, and whom a conflict of interest keeps out."""

from django.db import migrations

from scope.only_parts import only_with_part
from scope.policies import (
    BY_COUNTING,
    BY_ORGANISATION,
    BY_WORKER,
    KIND,
    ORGANISATION,
    RECEIPT,
    REPORT,
    ask_once,
    keep_barred_people_out,
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
# A data key is the report: whoever erases it erases all that was said. So no request of staff or of the public can
# remove or change one, whatever code it runs; the named act and the rotation of keys ask as the worker.
# Reading stays open: a key is itself sealed, and what it opens is behind the policies of its own table; the report's
# policy would be asked a second time on every page. So does adding: a key that nothing is sealed with harms nobody.
KEYS_CLOSED = f"""
ALTER TABLE vault_datakey ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_datakey FORCE ROW LEVEL SECURITY;
CREATE POLICY vault_datakey_read ON vault_datakey FOR SELECT USING (true);
CREATE POLICY vault_datakey_add ON vault_datakey FOR INSERT WITH CHECK (true);
CREATE POLICY vault_datakey_change ON vault_datakey FOR UPDATE USING ({BY_WORKER}) WITH CHECK ({BY_WORKER});
CREATE POLICY vault_datakey_remove ON vault_datakey FOR DELETE USING ({BY_WORKER});
"""
KEYS_OPEN = """
DROP POLICY vault_datakey_read ON vault_datakey;
DROP POLICY vault_datakey_add ON vault_datakey;
DROP POLICY vault_datakey_change ON vault_datakey;
DROP POLICY vault_datakey_remove ON vault_datakey;
ALTER TABLE vault_datakey NO FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_datakey DISABLE ROW LEVEL SECURITY;
"""

# Whoever sees the report sees what came with it; who is making one, what was added to it. The worker alone writes.
TOLD_WITH_A_REPORT = (
    "EXISTS (SELECT 1 FROM reporting_report parent WHERE parent.idempotency_key = told_with)"
    f" OR told_with = {only_in('public', REPORT)} OR {BY_WORKER}"
)

# Both hang on a report, and neither is seen by whoever sees the report: the one by no officer at all, the other only
# where it was opened for that one report, in this transaction (`Suspect.opened_for`).
NOT_BY_STAFF = f"{OF_A_REPORT} AND {KIND} IN ('public', 'worker', 'counting')"
TOLD = f"{OF_A_REPORT} AND {KIND} IN ('public', 'worker')"
OPENED = "nullif(current_setting('llr.opened', true), '')::uuid"
BY_OPENING = f"(report_id = {only_in('staff', OPENED)} AND {OF_A_REPORT})"
SUSPECTS = f"{BY_OPENING} OR ({TOLD})"
# What the person asked to be looked at again is read only where they sent it.
TO_THEM = f"to_organisation_id IS NULL OR to_organisation_id = {ORGANISATION} OR {KIND} <> 'staff'"
WHERE_IT_WAS_SENT = f"({OF_A_REPORT}) AND ({TO_THEM})"
# What is only counted, no member of staff reads.
NOT_FOR_STAFF = f"({OF_A_REPORT}) AND {KIND} <> 'staff'"
OF_AN_INVITATION = f"{through('reporting_surveyinvitation', 'invitation_id')} AND {KIND} <> 'staff'"
PROTECTED = [
    *(
        protect(table, read=OF_A_REPORT, write=may_write(OF_A_REPORT))
        for table in ("reporting_messagefromreporter", "reporting_addition")
    ),
    protect("reporting_reporterrequest", read=WHERE_IT_WAS_SENT, write=may_write(WHERE_IT_WAS_SENT)),
    protect("reporting_surveyinvitation", read=NOT_FOR_STAFF, write=may_write(NOT_FOR_STAFF)),
    protect("reporting_surveyanswer", read=OF_AN_INVITATION, write=may_write(OF_AN_INVITATION)),
]
CHECKS_ADDED_TO = """
CREATE FUNCTION phrase_checks_are_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Checks of translations can only be added to.';
END $$;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON reporting_phrasecheck
    FOR EACH ROW EXECUTE FUNCTION phrase_checks_are_insert_only();
"""
CHECKS_CHANGED = (
    "DROP TRIGGER insert_only ON reporting_phrasecheck; DROP FUNCTION phrase_checks_are_insert_only();"
)
# A centre's own part belongs to a report that a centre recorded, and is added with it.
RECORDED_AT_A_CENTRE = (
    "EXISTS (SELECT 1 FROM reporting_report parent WHERE parent.id = report_id AND parent.channel = 'centre')"
    f" AND {KIND} IN ('public', 'worker')"
)
AT_A_CENTRE = ("reporting_centrerecord", "reporting_riskassessment")


def only_the_worker_changes(table: str) -> migrations.RunSQL:
    """What was recorded stays as it was: nobody who sees it can rewrite it."""
    change = f"ALTER POLICY {table}_change ON {table}"
    return migrations.RunSQL(
        f"{change} USING ({BY_WORKER}) WITH CHECK ({BY_WORKER});",
        f"{change} USING ({may_write(OF_A_REPORT)}) WITH CHECK ({may_write(OF_A_REPORT)});",
    )


# Whoever names somebody may be the one who is named, and then sees the report no longer: so for this line the worker
# asks, as where a report is taken up.
KEEP_PEOPLE_OUT = """
CREATE FUNCTION reporting_keep_people_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    UPDATE reporting_report SET barred_people = (
        SELECT array_agg(DISTINCT officer_id ORDER BY officer_id) FROM reporting_conflictbar
        WHERE report_id = NEW.report_id AND officer_id IS NOT NULL AND lifted_at IS NULL
    ) WHERE id = NEW.report_id;
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER reporting_keep_people_out AFTER INSERT OR UPDATE ON reporting_conflictbar
    FOR EACH ROW EXECUTE FUNCTION reporting_keep_people_out();
"""
LET_PEOPLE_IN = """
DROP TRIGGER reporting_keep_people_out ON reporting_conflictbar;
DROP FUNCTION reporting_keep_people_out();
"""


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0002_row_level_security"),
        ("reporting", "0007_keys_go_with_the_worker"),
        ("reporting", "0008_new_rows_ask_once"),
        ("reporting", "0013_evidence"),
        ("reporting", "0014_words_to_reporters"),
        ("reporting", "0015_what_stands_apart"),
        ("reporting", "0016_said_later"),
        ("reporting", "0018_checks_of_translations"),
        ("reporting", "0020_what_a_centre_adds"),
        ("reporting", "0022_conflicts_of_interest"),
        ("reporting", "0025_parts_and_requests_to_help"),
    ]
    dependencies = [
        ("partners", "0003_second_factors_bound_to_their_person"),
        ("files", "0002_policies"),
        ("reporting", "0001_tables"),
    ]

    operations = [
        protect("reporting_report", read=REPORTS, write=may_write(REPORTS)),
        *(protect(table, read=OF_A_REPORT, write=may_write(OF_A_REPORT)) for table in TABLES_OF_A_REPORT),
        migrations.RunSQL(sql=KEYS_CLOSED, reverse_sql=KEYS_OPEN),
        ask_once("reporting_report", TABLES_OF_A_REPORT, "report_id"),
        protect("reporting_evidence", read=TOLD_WITH_A_REPORT, write=BY_WORKER),
        protect("reporting_reporterword", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect("reporting_equalityanswers", read=NOT_BY_STAFF, write=TOLD),
        protect("reporting_suspect", read=SUSPECTS, write=TOLD),
        *PROTECTED,
        migrations.RunSQL(CHECKS_ADDED_TO, CHECKS_CHANGED),
        protect("reporting_centrerecord", read=OF_A_REPORT, write=RECORDED_AT_A_CENTRE),
        protect("reporting_riskassessment", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        *map(only_the_worker_changes, AT_A_CENTRE),
        protect("reporting_conflictbar", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        keep_barred_people_out("reporting_report", rows=REPORTS),
        migrations.RunSQL(sql=KEEP_PEOPLE_OUT, reverse_sql=LET_PEOPLE_IN),
        protect("reporting_helpasked", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        only_with_part("reporting_riskassessment", "risk", before=OF_A_REPORT),
        only_with_part("reporting_centrerecord", "done", before=OF_A_REPORT),
    ]
