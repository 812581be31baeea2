"""The trail, its seals and checks can be added to and nothing else: the serving role lacks the grant, and a trigger
refuses everybody. Events carry their transaction's number."""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSE = """
CREATE FUNCTION audit_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail can only be added to.';
END $$;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_is_insert_only();
"""
ALLOW = "DROP TRIGGER insert_only ON audit_auditevent; DROP FUNCTION audit_is_insert_only();"


def revoke(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM {role}")


EVENT_COLUMNS = "id, at, act, actor_kind, actor_id, organisation_id, subject_type, subject_id, facts, stamp"
TABLES = ("audit_seal", "audit_trailcheck")


def close_to_the_serving_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    # The number of its transaction is not for the writer to say.
    schema_editor.execute(f"REVOKE INSERT ON audit_auditevent FROM {role}")
    schema_editor.execute(f"GRANT INSERT ({EVENT_COLUMNS}) ON audit_auditevent TO {role}")
    for table in TABLES:
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")


NUMBER_OF_TRANSACTION = """
ALTER TABLE audit_auditevent ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_event_in_order ON audit_auditevent (xid, id);
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION audit_is_insert_only();"
    for table in TABLES
)


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0002_insert_only"),
        ("audit", "0003_stamped_and_sealed"),
    ]
    dependencies = [
        ("audit", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(revoke, migrations.RunPython.noop),
        migrations.RunSQL(NUMBER_OF_TRANSACTION, "ALTER TABLE audit_auditevent DROP COLUMN xid;"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(close_to_the_serving_role, migrations.RunPython.noop),
    ]
