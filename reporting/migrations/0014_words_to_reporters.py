import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from scope.policies import may_write, protect, through

OF_A_REPORT = through("reporting_report", "report_id")


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0013_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterWord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("email", "e-mail"),
                            ("text", "text message"),
                            ("letter", "letter"),
                            ("person", "somebody of ours"),
                            ("centre", "their reporting centre"),
                            ("nobody", "nobody: they look themselves"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("arrived", "arrived"),
                            ("failed", "could not be delivered"),
                            ("waits", "waits for somebody of ours to do it"),
                            ("done", "done by somebody of ours"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words_out",
                        to="reporting.report",
                    ),
                ),
            ],
            options={"ordering": ["at"]},
        ),
        protect("reporting_reporterword", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
    ]
