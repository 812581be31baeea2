"""Versions of what administrators keep: rows are added and never changed, by grant and by trigger."""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSE = """
CREATE FUNCTION partners_versions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Versions of reference data can only be added.';
END $$;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON partners_referenceversion
    FOR EACH ROW EXECUTE FUNCTION partners_versions_are_kept();
"""
ALLOW = "DROP TRIGGER insert_only ON partners_referenceversion; DROP FUNCTION partners_versions_are_kept();"


def revoke(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON partners_referenceversion FROM {role}")


class Migration(migrations.Migration):
    replaces = [
        ("partners", "0004_kept_reference_data"),
    ]
    dependencies = [
        ("partners", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(revoke, migrations.RunPython.noop),
    ]
