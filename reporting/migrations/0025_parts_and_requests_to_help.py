import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from scope.only_parts import only_with_part
from scope.policies import may_write, protect, through

OF_A_REPORT = through("reporting_report", "report_id")


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0014_versions_of_centres"),
        ("reporting", "0024_set_aside_as_doubtful"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="limited_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="reportgrant",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="reportgrant",
            name="follows_choice",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="reportgrant",
            name="lawful_basis",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="reportgrant",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="reportgrant",
            name="basis",
            field=models.CharField(
                choices=[
                    ("triage", "reads new reports for the area"),
                    ("preference", "the person chose to share with them"),
                    ("centre", "recorded it with the person"),
                    ("case", "works on the case"),
                    ("shared", "an officer shared it with them"),
                    ("complaint", "looks at what the person complained of"),
                    ("handed_on", "took over from a reporting centre that closed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="reportgrant",
            index=models.Index(
                condition=models.Q(("ends_on__isnull", False), ("withdrawn_at", None)),
                fields=["ends_on"],
                name="grant_runs_out",
            ),
        ),
        migrations.CreateModel(
            name="HelpAsked",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.UUIDField()),
                (
                    "stands",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("changed_on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="help_asked",
                        to="reporting.report",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "help asked",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "key"), name="one_request_a_report")
                ],
            },
        ),
        protect("reporting_helpasked", read=OF_A_REPORT, write=may_write(OF_A_REPORT)),
        only_with_part("reporting_riskassessment", "risk", before=OF_A_REPORT),
        only_with_part("reporting_centrerecord", "done", before=OF_A_REPORT),
    ]
