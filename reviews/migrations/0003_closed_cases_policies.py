"""Who finds the closed cases that a panel reads, and what goes with an erased report."""

from django.db import migrations

from scope.policies import BY_COUNTING, BY_WORKER, KIND, ORGANISATION, may_write, protect, through

STAFF = f"{KIND} = 'staff'"
OF_THE_LEAD = f"({STAFF} AND led_by_id = {ORGANISATION})"
# What is ready was retold without anybody's details, for people of whatever organisation: the door asks for the role.
READ = f"{BY_WORKER} OR {BY_COUNTING} OR {OF_THE_LEAD} OR ({STAFF} AND ready_at IS NOT NULL)"
WRITE = f"{BY_WORKER} OR {OF_THE_LEAD}"
OF_A_CASE = through("reviews_sampledcase", "of_id")

# What is erased below is erased here too, though nobody could be known by it.
RETELLING_ERASED = """
CREATE FUNCTION reviews_retelling_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    UPDATE reviews_sampledcase SET summary = NULL, course = '[]' WHERE case_id IN (
        SELECT case_id FROM casework_casereport WHERE report_id = NEW.id);
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER reviews_retelling_erased AFTER UPDATE OF erased_at ON reporting_report
FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL)
EXECUTE FUNCTION reviews_retelling_erased();
"""
UNDO = "DROP TRIGGER reviews_retelling_erased ON reporting_report; DROP FUNCTION reviews_retelling_erased();"


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0004_closed_cases_security"),
    ]
    dependencies = [
        ("reviews", "0002_policies"),
    ]

    operations = [
        protect("reviews_sampledcase", read=READ, write=may_write(WRITE)),
        protect("reviews_panelanswer", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        migrations.RunSQL(RETELLING_ERASED, UNDO),
    ]
