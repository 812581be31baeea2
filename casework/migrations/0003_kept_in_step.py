"""A case is kept in step with its reports by the database itself, whichever door a change came through."""

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
          AND NOT EXISTS (
            SELECT 1 FROM casework_casereport other
            JOIN reporting_conflictbar bar ON bar.report_id = other.report_id
            WHERE other.case_id = the_case AND bar.organisation_id = organisation AND bar.lifted_at IS NULL
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

# Who is barred from one report of a case is barred from the case and from all its reports. Worked out anew from the
# bars themselves each time, so that it comes to rest however often it is asked.
KEEP_PEOPLE_OUT = """
CREATE FUNCTION casework_keep_people_out(the_case uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    people int[] := (
        SELECT array_agg(DISTINCT bar.officer_id ORDER BY bar.officer_id)
        FROM casework_casereport link
        JOIN reporting_conflictbar bar ON bar.report_id = link.report_id
        WHERE link.case_id = the_case AND bar.officer_id IS NOT NULL AND bar.lifted_at IS NULL
    );
BEGIN
    UPDATE casework_case SET barred_people = people
    WHERE id = the_case AND barred_people IS DISTINCT FROM people;
    UPDATE reporting_report SET barred_people = people
    WHERE id IN (SELECT report_id FROM casework_casereport WHERE case_id = the_case)
      AND barred_people IS DISTINCT FROM people;
END $$;
"""
PEOPLE_OUT_TRIGGERS = (
    "CREATE FUNCTION casework_report_keeps_people_out()"
    + AS_WORKER
    % "PERFORM casework_keep_people_out(case_id) FROM casework_casereport WHERE report_id = NEW.id;"
    + "CREATE TRIGGER casework_report_keeps_people_out AFTER UPDATE OF barred_people ON reporting_report"
    " FOR EACH ROW EXECUTE FUNCTION casework_report_keeps_people_out();"
    + "CREATE FUNCTION casework_joined_case_keeps_people_out()"
    + AS_WORKER % "PERFORM casework_keep_people_out(NEW.case_id);"
    + "CREATE TRIGGER casework_joined_case_keeps_people_out AFTER INSERT ON casework_casereport"
    " FOR EACH ROW EXECUTE FUNCTION casework_joined_case_keeps_people_out();"
)
LET_PEOPLE_IN = """
DROP TRIGGER casework_joined_case_keeps_people_out ON casework_casereport;
DROP TRIGGER casework_report_keeps_people_out ON reporting_report;
DROP FUNCTION casework_joined_case_keeps_people_out();
DROP FUNCTION casework_report_keeps_people_out();
DROP FUNCTION casework_keep_people_out(uuid);
"""
# Whether a report is set aside stands on the report itself, so that the queue never asks here: one invariant, held
# where both rows are. A report that is taken out of a case waits again.
SET_ASIDE = """
CREATE FUNCTION casework_report_set_aside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    UPDATE reporting_report
    SET set_aside_at = CASE WHEN NEW.put_back_at IS NULL THEN NEW.set_aside_at END
    WHERE id = NEW.report_id;
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER casework_report_set_aside AFTER INSERT OR UPDATE OF put_back_at ON casework_setaside
FOR EACH ROW EXECUTE FUNCTION casework_report_set_aside();

CREATE FUNCTION casework_report_taken_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    UPDATE reporting_report SET taken_up_at = NULL WHERE id = OLD.report_id;
    PERFORM casework_keep_in_step(OLD.case_id);
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER casework_report_taken_out AFTER DELETE ON casework_casereport
FOR EACH ROW EXECUTE FUNCTION casework_report_taken_out();
"""
NOT_SET_ASIDE = """
DROP TRIGGER casework_report_taken_out ON casework_casereport;
DROP FUNCTION casework_report_taken_out();
DROP TRIGGER casework_report_set_aside ON casework_setaside;
DROP FUNCTION casework_report_set_aside();
"""
# A report that is taken out of a case is kept from whom its own conflicts name, and so is the case that stays.
TAKEN_OUT = """
CREATE FUNCTION casework_left_case_keeps_people_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    PERFORM casework_keep_people_out(OLD.case_id);
    UPDATE reporting_report SET barred_people = own.people
    FROM (
        SELECT array_agg(DISTINCT officer_id ORDER BY officer_id)::int[] AS people FROM reporting_conflictbar
        WHERE report_id = OLD.report_id AND officer_id IS NOT NULL AND lifted_at IS NULL
    ) own
    WHERE id = OLD.report_id AND barred_people IS DISTINCT FROM own.people;
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER casework_left_case_keeps_people_out AFTER DELETE ON casework_casereport
    FOR EACH ROW EXECUTE FUNCTION casework_left_case_keeps_people_out();
"""
STAYS_OUT = """
DROP TRIGGER casework_left_case_keeps_people_out ON casework_casereport;
DROP FUNCTION casework_left_case_keeps_people_out();
"""


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0003_in_step_with_reports"),
        ("casework", "0012_people_barred_from_a_case"),
        ("casework", "0018_proposed_set_aside_known_again"),
        ("casework", "0019_set_aside_security"),
        ("casework", "0024_who_is_said_to_have_done_it"),
    ]
    dependencies = [
        ("casework", "0002_policies"),
    ]

    operations = [
        migrations.RunSQL(sql=RECOMPUTE + REPORT_CHANGED + REPORT_TAKEN_UP, reverse_sql=UNDO),
        migrations.RunSQL(sql=KEEP_PEOPLE_OUT + PEOPLE_OUT_TRIGGERS, reverse_sql=LET_PEOPLE_IN),
        migrations.RunSQL(sql=SET_ASIDE, reverse_sql=NOT_SET_ASIDE),
        migrations.RunSQL(sql=TAKEN_OUT, reverse_sql=STAYS_OUT),
    ]
