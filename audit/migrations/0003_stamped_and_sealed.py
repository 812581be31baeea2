"""Events carry a stamp and their transaction's number; seals and checks are insert-only as they are."""

import uuid

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from audit.stamp import stamp_of

# Rows that stand here already are taken as they are on this day.
EVENT_COLUMNS = "id, at, act, actor_kind, actor_id, organisation_id, subject_type, subject_id, facts, stamp"
TABLES = ("audit_seal", "audit_trailcheck")


def stamp_what_is_there(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    events = apps.get_model("audit", "AuditEvent").objects.using(schema_editor.connection.alias)
    if not events.exists():
        return
    schema_editor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER insert_only")
    for event in events.iterator(chunk_size=2000):
        events.filter(pk=event.pk).update(stamp=stamp_of(event))
    schema_editor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER insert_only")


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
    dependencies = [("audit", "0002_insert_only")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last_event", models.BigIntegerField()),
                (
                    "event_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("up_to_xid", models.BigIntegerField()),
                ("up_to_id", models.UUIDField()),
                ("is_restart", models.BooleanField(default=False)),
                ("sealed_at", models.DateTimeField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("is_whole", models.BooleanField()),
                ("is_good", models.BooleanField()),
                ("events", models.BigIntegerField()),
                ("seal", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("findings", models.JSONField(default=list)),
                ("seconds", models.FloatField()),
            ],
        ),
        migrations.AddField(
            model_name="auditevent",
            name="stamp",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RunSQL(NUMBER_OF_TRANSACTION, "ALTER TABLE audit_auditevent DROP COLUMN xid;"),
        migrations.RunPython(stamp_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(close_to_the_serving_role, migrations.RunPython.noop),
    ]
