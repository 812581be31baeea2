"""The tables of this room."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import vault.models


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0003_parts_and_pictures")]

    initial = True

    dependencies = [
        ("vault", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("content", vault.models.SealedField(blank=True, null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                ("byte_count", models.PositiveIntegerField()),
                ("received_at", models.DateTimeField()),
                ("scanned_at", models.DateTimeField(null=True)),
                (
                    "data_key",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="vault.datakey"
                    ),
                ),
                ("refused_at", models.DateTimeField(null=True)),
                (
                    "refused_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("infected", "the scanner found something harmful in it"),
                            ("unreadable", "no safe picture could be made of it"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("refused_at", None), ("scanned_at", None)),
                        fields=["received_at"],
                        name="file_held",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_at", None), ("refused_why", "")),
                            models.Q(
                                ("refused_at__isnull", False),
                                ("scanned_at", None),
                                models.Q(("refused_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refused_file_is_not_clean",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("content", vault.models.SealedField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="files.sealedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "number"), name="one_picture_a_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("content", vault.models.SealedField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="files.sealedfile",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="one_part_a_number")],
            },
        ),
    ]
