"""Each desk has its own requests and register; the register can only be added to."""

from django.db import migrations

from scope.policies import BY_WORKER, KIND, ORGANISATION, may_write, only_in, protect, through

# Each desk sees what was asked of it, and no other organisation does.
OF_THE_DESK = f"(organisation_id = {only_in('staff', ORGANISATION)})"
BY_COUNTING = f"{KIND} = 'counting'"
ROWS = f"{OF_THE_DESK} OR {BY_WORKER} OR {BY_COUNTING}"
OF_A_REQUEST = through("rights_rightsrequest", "request_id")

# What was told to others cannot be untold: the register is only added to, whoever asks.
# A key that is renewed seals the same words anew. That alone may be written over an entry, by the worker, and it may
# never empty one.
ADD_ONLY = """
CREATE FUNCTION rights_register_is_add_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('llr.scope', true) = 'worker'
        AND to_jsonb(NEW) - 'recipient' - 'reason' = to_jsonb(OLD) - 'recipient' - 'reason'
        AND (NEW.recipient IS NULL) = (OLD.recipient IS NULL)
        AND (NEW.reason IS NULL) = (OLD.reason IS NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The disclosure register can only be added to.';
END $$;
CREATE TRIGGER add_only BEFORE UPDATE OR DELETE ON rights_disclosure
    FOR EACH ROW EXECUTE FUNCTION rights_register_is_add_only();
"""
NOT_ADD_ONLY = "DROP TRIGGER add_only ON rights_disclosure; DROP FUNCTION rights_register_is_add_only();"

# Reports are erased in the rooms below, which do not know of packs: so the database empties these with them.
ERASED = """
CREATE FUNCTION rights_pack_of_erased_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asker text := coalesce(current_setting('llr.scope', true), '');
BEGIN
    PERFORM set_config('llr.scope', 'worker', true);
    UPDATE rights_subjectpack SET passages = NULL, covers = NULL WHERE report_id = NEW.id;
    PERFORM set_config('llr.scope', asker, true);
    RETURN NULL;
END $$;
CREATE TRIGGER rights_pack_of_erased_report AFTER UPDATE OF erased_at ON reporting_report
    FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION rights_pack_of_erased_report();
"""
NOT_ERASED = "DROP TRIGGER rights_pack_of_erased_report ON reporting_report; DROP FUNCTION rights_pack_of_erased_report();"


class Migration(migrations.Migration):
    replaces = [
        ("rights", "0002_row_level_security"),
        ("rights", "0003_the_register_under_newer_keys"),
    ]
    dependencies = [
        ("rights", "0001_tables"),
        ("reporting", "0002_policies"),
    ]

    operations = [
        protect("rights_rightsrequest", read=ROWS, write=may_write(ROWS)),
        protect("rights_requestreport", read=OF_A_REQUEST, write=may_write(OF_A_REQUEST)),
        protect("rights_subjectpack", read=OF_A_REQUEST, write=may_write(OF_A_REQUEST)),
        protect("rights_disclosure", read=ROWS, write=may_write(ROWS)),
        migrations.RunSQL(sql=ADD_ONLY, reverse_sql=NOT_ADD_ONLY),
        migrations.RunSQL(sql=ERASED, reverse_sql=NOT_ERASED),
    ]
