from django.db import migrations

from scope.policies import KIND, may_write, protect, through

OF_A_REPORT = through("reporting_report", "report_id")
# Signs are compared over all organisations, and only then: nobody lists them, not even of their own reports.
COMPARED = f"{KIND} IN ('worker', 'counting')"

# Whether a report is set aside stands on the report itself, so that the queue never asks here: one invariant, held
# where both rows are. A report that is taken out of a case waits again.
KEEP_IN_STEP = """
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
UNDO = """
DROP TRIGGER casework_report_taken_out ON casework_casereport;
DROP FUNCTION casework_report_taken_out();
DROP TRIGGER casework_report_set_aside ON casework_setaside;
DROP FUNCTION casework_report_set_aside();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0018_proposed_set_aside_known_again"),
        ("reporting", "0024_set_aside_as_doubtful"),
    ]

    operations = [
        protect("casework_setaside", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        protect("casework_reportsigns", read=COMPARED, write=f"{KIND} = 'worker'"),
        migrations.RunSQL(sql=KEEP_IN_STEP, reverse_sql=UNDO),
    ]
