"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0004_restart"),
        ("audit", "0005_find_the_seal"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("act", models.CharField(max_length=60)),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("public", "somebody without an account"),
                            ("staff", "a member of staff"),
                            ("system", "the portal itself"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("stamp", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["subject_type", "subject_id", "at"], name="audit_audit_subject_7c9afd_idx"
                    ),
                    models.Index(fields=["actor_id", "at"], name="audit_audit_actor_i_6c9c9e_idx"),
                ],
            },
        ),
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
                ("ceiling", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["up_to_xid", "up_to_id"], name="audit_seal_place")],
            },
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
    ]
