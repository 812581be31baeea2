"""Versions of what administrators keep: rows are added and never changed, by grant and by trigger."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
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
    dependencies = [("partners", "0003_all_roles")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="retired_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="ReferenceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "organisation"),
                            ("district", "area"),
                            ("csp", "community safety partnership"),
                            ("agreement", "sharing agreement"),
                            ("standard", "service standard"),
                            ("bank_holiday", "bank holiday"),
                            ("wording", "wording"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("data", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code", "version"), name="one_reference_version")
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(revoke, migrations.RunPython.noop),
    ]
