from django.db import migrations

# A key that is renewed seals the same words anew. That alone may be written over an entry, by the worker, and it may
# never empty one.
NEWER_KEYS = """
CREATE OR REPLACE FUNCTION rights_register_is_add_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_row_level_security")]

    operations = [migrations.RunSQL(sql=NEWER_KEYS, reverse_sql=migrations.RunSQL.noop)]
