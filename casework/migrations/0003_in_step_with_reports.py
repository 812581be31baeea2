from django.db import migrations

# A case is seen by the organisations that may see one of its reports, without those that any of them bars.
# A reporter takes a permission back in the room below, which does not know of cases: so the database itself keeps
# the case in step, in the same transaction, whichever door the change came through.
RECOMPUTE = """
CREATE FUNCTION casework_keep_in_step(the_case uuid) RETURNS void LANGUAGE sql AS $$
    UPDATE casework_case SET visible_to = fresh.organisations
    FROM (
        SELECT coalesce(array_agg(DISTINCT organisation ORDER BY organisation), '{}') AS organisations
        FROM casework_casereport link
        JOIN reporting_report report ON report.id = link.report_id
        CROSS JOIN unnest(report.visible_to) organisation
        WHERE link.case_id = the_case
          AND NOT EXISTS (
            SELECT 1 FROM casework_casereport other
            JOIN reporting_reportbar bar ON bar.report_id = other.report_id
            WHERE other.case_id = the_case AND bar.organisation_id = organisation
          )
    ) fresh
    WHERE casework_case.id = the_case AND visible_to IS DISTINCT FROM fresh.organisations
$$;
"""

# Whoever changes a report need not see its case: for these lines, and no longer, the worker asks.
AS_WORKER = """
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    %s
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
"""

REPORT_CHANGED = (
    "CREATE FUNCTION casework_report_seen_by_others()"
    + AS_WORKER % "PERFORM casework_keep_in_step(case_id) FROM casework_casereport WHERE report_id = NEW.id;"
    + "CREATE TRIGGER casework_report_seen_by_others AFTER UPDATE OF visible_to ON reporting_report"
    " FOR EACH ROW EXECUTE FUNCTION casework_report_seen_by_others();"
)

# A report in a case waits no longer: one invariant, held where both rows are.
REPORT_TAKEN_UP = (
    "CREATE FUNCTION casework_report_taken_up()"
    + AS_WORKER
    % (
        "UPDATE reporting_report SET taken_up_at = NEW.added_at WHERE id = NEW.report_id;"
        " PERFORM casework_keep_in_step(NEW.case_id);"
    )
    + "CREATE TRIGGER casework_report_taken_up AFTER INSERT ON casework_casereport"
    " FOR EACH ROW EXECUTE FUNCTION casework_report_taken_up();"
)

UNDO = """
DROP TRIGGER casework_report_taken_up ON casework_casereport;
DROP TRIGGER casework_report_seen_by_others ON reporting_report;
DROP FUNCTION casework_report_taken_up();
DROP FUNCTION casework_report_seen_by_others();
DROP FUNCTION casework_keep_in_step(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_row_level_security"), ("reporting", "0003_taken_up")]

    operations = [
        migrations.RunSQL(sql=RECOMPUTE + REPORT_CHANGED + REPORT_TAKEN_UP, reverse_sql=UNDO),
    ]
