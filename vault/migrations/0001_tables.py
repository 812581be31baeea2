"""The tables of this room."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("vault", "0001_initial"), ("vault", "0002_keys_that_change")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("wrapped", models.BinaryField()),
                ("wrapped_by", models.CharField(db_index=True, max_length=40)),
                ("made_under", models.CharField(default="", max_length=40)),
                ("previous", models.BinaryField(null=True)),
                ("renewed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="KeyRecord",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=20)),
                ("seals_from", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
