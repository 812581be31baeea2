"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_initial"),
        ("reporting", "0003_taken_up"),
        ("reporting", "0004_public_statuses"),
        ("reporting", "0005_public_status_codes"),
        ("reporting", "0006_erased_reports"),
        ("reporting", "0009_whether_a_link_came_with_it"),
        ("reporting", "0010_codes_of_saved_drafts"),
        ("reporting", "0011_visits"),
        ("reporting", "0012_in_which_language_it_was_told"),
        ("reporting", "0017_what_the_person_has_read"),
        ("reporting", "0019_practice"),
        ("reporting", "0021_reports_handed_on"),
        ("reporting", "0023_a_level_that_an_officer_judged"),
        ("reporting", "0024_set_aside_as_doubtful"),
        ("reporting", "0026_unread_are_found"),
        ("reporting", "0027_sight_for_the_rights_desk"),
        ("reporting", "0028_told_to_officers"),
    ]

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("files", "0001_tables"),
        ("vault", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="Report",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reference", models.CharField(max_length=13, unique=True)),
                    ("receipt_code_digest", models.BinaryField(max_length=32, null=True, unique=True)),
                    ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                    ("received_at", models.DateTimeField(db_index=True)),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("online", "online"),
                                ("centre", "through a reporting centre"),
                                ("phone", "by phone"),
                                ("counter", "at a counter"),
                                ("historic", "from earlier records"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "reporter_role",
                        models.CharField(
                            choices=[
                                ("victim", "the person it happened to"),
                                ("witness", "somebody who saw or heard it"),
                                ("on_behalf", "somebody reporting for the person"),
                                ("community", "somebody reporting for a community or about a building"),
                                ("centre", "a reporting centre, with the person"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "perceived_strands",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("disability", "Disability"),
                                    ("race", "Race"),
                                    ("religion", "Religion or belief"),
                                    ("sexual_orientation", "Sexual orientation"),
                                    ("transgender", "Transgender identity"),
                                    ("other", "Any other perceived difference"),
                                ],
                                max_length=20,
                            ),
                            size=None,
                        ),
                    ),
                    (
                        "whereabouts",
                        models.CharField(
                            choices=[
                                ("district", "in one of the nine districts"),
                                ("online", "online"),
                                ("outside", "outside Leicester, Leicestershire and Rutland"),
                                ("not_sure", "not sure"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("place_kind", models.CharField(max_length=20)),
                    ("is_anonymous", models.BooleanField()),
                    ("needs_same_day_look", models.BooleanField(default=False)),
                    (
                        "public_status",
                        models.CharField(
                            choices=[
                                ("received", "We have your report"),
                                ("read", "Someone has read it"),
                                ("being_looked_at", "Someone is working on it"),
                                ("waiting_for_you", "We need to hear from you"),
                                ("with_partner", "Another organisation is helping"),
                                ("action_taken", "Something has been done"),
                                ("recorded_only", "We have recorded it, as you asked"),
                                ("closed", "We have finished"),
                                ("withdrawn", "You took back your permission"),
                            ],
                            default="received",
                            max_length=20,
                        ),
                    ),
                    (
                        "visible_to",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), default=list, size=None
                        ),
                    ),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("contact", vault.models.SealedField(blank=True, null=True)),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    (
                        "centre",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "data_key",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.SET_NULL, to="vault.datakey"
                        ),
                    ),
                    (
                        "district",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.district",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("taken_up_at", models.DateTimeField(editable=False, null=True)),
                    ("erased_at", models.DateTimeField(editable=False, null=True)),
                    ("erased_why", models.CharField(blank=True, editable=False, max_length=30)),
                    ("gave_link", models.BooleanField(editable=False, null=True)),
                    ("language", models.CharField(default="en-gb", editable=False, max_length=12)),
                    ("has_unread_word", models.BooleanField(default=False, editable=False)),
                    ("heard_at", models.DateTimeField(editable=False, null=True)),
                    (
                        "barred_people",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), editable=False, null=True, size=None
                        ),
                    ),
                    ("set_aside_at", models.DateTimeField(editable=False, null=True)),
                    (
                        "limited_to",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=24), editable=False, null=True, size=None
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["visible_to"], name="reporting_r_visible_10b00e_gin"
                        ),
                        models.Index(
                            fields=["district", "received_at"], name="reporting_r_distric_671c87_idx"
                        ),
                        models.Index(
                            condition=models.Q(("centre__isnull", False)),
                            fields=["centre", "-received_at"],
                            name="by_centre",
                        ),
                        models.Index(fields=["-received_at", "-id"], name="report_newest_first"),
                        models.Index(
                            condition=models.Q(
                                ("erased_at", None),
                                ("set_aside_at", None),
                                ("taken_up_at", None),
                                models.Q(("channel", "historic"), _negated=True),
                            ),
                            fields=["-needs_same_day_look", "received_at", "id"],
                            name="report_waits",
                        ),
                        models.Index(
                            condition=models.Q(("set_aside_at__isnull", False)),
                            fields=["set_aside_at"],
                            name="report_set_aside",
                        ),
                        models.Index(
                            condition=models.Q(("has_unread_word", True)), fields=["id"], name="report_unread"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("district__isnull", False), ("whereabouts", "district")),
                                models.Q(
                                    models.Q(("whereabouts", "district"), _negated=True), ("district", None)
                                ),
                                _connector="OR",
                            ),
                            name="district_where_one_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "perceived_strands__contained_by",
                                    [
                                        "disability",
                                        "race",
                                        "religion",
                                        "sexual_orientation",
                                        "transgender",
                                        "other",
                                    ],
                                )
                            ),
                            name="strands_are_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("erased_at", None), ("erased_why", "")),
                                models.Q(
                                    ("answers", None),
                                    ("contact", None),
                                    ("data_key", None),
                                    ("erased_at__isnull", False),
                                    ("receipt_code_digest", None),
                                    ("words", None),
                                    models.Q(("erased_why", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="nothing_is_left_of_an_erased_report",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "idempotency_key__range",
                                    (
                                        uuid.UUID("00000000-0000-8000-8000-000000000000"),
                                        uuid.UUID("00000000-0000-8fff-bfff-ffffffffffff"),
                                    ),
                                ),
                                _negated=True,
                            ),
                            name="no_report_begins_in_practice",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("taken_up_at", None), ("set_aside_at", None), _connector="OR"
                            ),
                            name="nobody_works_on_what_is_set_aside",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportAccess",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("role_name", models.CharField(max_length=60)),
                    ("day", models.DateField()),
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
                            related_name="accesses",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "report accesses",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "user", "day"), name="one_access_a_person_a_day"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportBar",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("person", vault.models.SealedField(blank=True, null=True)),
                    ("barred_at", models.DateTimeField()),
                    (
                        "organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="bars",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("organisation__isnull", False), ("person__isnull", False), _connector="OR"
                            ),
                            name="bar_names_somebody",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReporterMessage",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("received", "We have your report"),
                                ("read", "Someone has read it"),
                                ("being_looked_at", "Someone is working on it"),
                                ("waiting_for_you", "We need to hear from you"),
                                ("with_partner", "Another organisation is helping"),
                                ("action_taken", "Something has been done"),
                                ("recorded_only", "We have recorded it, as you asked"),
                                ("closed", "We have finished"),
                                ("withdrawn", "You took back your permission"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("text", vault.models.SealedField(blank=True, null=True)),
                    ("said_at", models.DateTimeField()),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
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
                            related_name="messages",
                            to="reporting.report",
                        ),
                    ),
                    ("read_at", models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    "ordering": ["said_at"],
                },
            ),
            migrations.CreateModel(
                name="ReportGrant",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "basis",
                        models.CharField(
                            choices=[
                                ("triage", "reads new reports for the area"),
                                ("preference", "the person chose to share with them"),
                                ("centre", "recorded it with the person"),
                                ("case", "works on the case"),
                                ("shared", "an officer shared it with them"),
                                ("complaint", "looks at what the person complained of"),
                                ("rights", "its rights desk answers what was asked about it"),
                                ("handed_on", "took over from a reporting centre that closed"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("granted_at", models.DateTimeField()),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "granted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
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
                            related_name="grants",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), null=True, size=None
                        ),
                    ),
                    ("follows_choice", models.CharField(blank=True, max_length=30)),
                    ("lawful_basis", models.CharField(blank=True, max_length=30)),
                    ("ends_on", models.DateField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("withdrawn_at", None)),
                            fields=("report", "organisation", "basis"),
                            name="one_open_grant_a_basis",
                        )
                    ],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ends_on__isnull", False), ("withdrawn_at", None)),
                            fields=["ends_on"],
                            name="grant_runs_out",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SharingPreference",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("recipient", models.CharField(max_length=30)),
                    ("wording_version", models.CharField(max_length=20)),
                    ("chosen_at", models.DateTimeField()),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="preferences",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "recipient"), name="one_preference_a_recipient"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Draft",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    ("sealed_by", models.CharField(max_length=40)),
                    ("expires_on", models.DateField(db_index=True)),
                    (
                        "centre",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("code_digest", models.BinaryField(max_length=32, null=True, unique=True)),
                    ("code_key", models.CharField(blank=True, editable=False, max_length=40)),
                    ("is_practice", models.BooleanField(default=False, editable=False)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("centre", None), ("recorded_by", None)),
                                models.Q(("centre__isnull", False), ("recorded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="draft_centre_and_volunteer_together",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("code_digest", None), ("code_key", "")),
                                models.Q(
                                    ("code_digest__isnull", False), models.Q(("code_key", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="draft_code_names_its_key",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("centre__isnull", False),
                                    ("is_practice", True),
                                    (
                                        "id__range",
                                        (
                                            uuid.UUID("00000000-0000-8000-8000-000000000000"),
                                            uuid.UUID("00000000-0000-8fff-bfff-ffffffffffff"),
                                        ),
                                    ),
                                ),
                                models.Q(
                                    ("is_practice", False),
                                    models.Q(
                                        (
                                            "id__range",
                                            (
                                                uuid.UUID("00000000-0000-8000-8000-000000000000"),
                                                uuid.UUID("00000000-0000-8fff-bfff-ffffffffffff"),
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="draft_of_practice_has_its_own_ids",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Visit",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("ends_at", models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("told_with", models.UUIDField(db_index=True)),
                    ("number", models.PositiveSmallIntegerField()),
                    ("name", vault.models.SealedField(blank=True, null=True)),
                    ("family", models.CharField(max_length=8)),
                    ("ending", models.CharField(max_length=5)),
                    ("byte_count", models.PositiveIntegerField()),
                    ("pictures", models.PositiveSmallIntegerField(default=0)),
                    ("received_at", models.DateTimeField()),
                    ("state", models.CharField(default="held", max_length=12)),
                    (
                        "data_key",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="vault.datakey",
                        ),
                    ),
                    (
                        "file",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="files.sealedfile",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "evidence",
                    "constraints": [
                        models.UniqueConstraint(fields=("told_with", "number"), name="one_evidence_a_number"),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "told_with__range",
                                    (
                                        uuid.UUID("00000000-0000-8000-8000-000000000000"),
                                        uuid.UUID("00000000-0000-8fff-bfff-ffffffffffff"),
                                    ),
                                ),
                                _negated=True,
                            ),
                            name="no_evidence_comes_with_practice",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReporterWord",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
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
                options={
                    "ordering": ["at"],
                },
            ),
            migrations.CreateModel(
                name="EqualityAnswers",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="equality",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "equality answers",
                },
            ),
            migrations.CreateModel(
                name="Suspect",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    ("said_at", models.DateTimeField()),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="suspects",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ("said_at", "id"),
                },
            ),
            migrations.CreateModel(
                name="SurveyInvitation",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("contact", "four weeks after the first contact"),
                                ("closed", "four weeks after we finished"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("due_on", models.DateField()),
                    ("answered_on", models.DateField(null=True)),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="surveys",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "kind"), name="one_survey_of_a_kind")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SurveyAnswer",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("marks", models.JSONField(default=dict)),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("answered_on", models.DateField()),
                    (
                        "invitation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answer",
                            to="reporting.surveyinvitation",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Addition",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ("said_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("more", "told us more"),
                                ("correction", "corrected something"),
                                ("words", "added in their own words"),
                                ("contact", "changed how to reach them"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ["said_at", "id"],
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "key"), name="addition_said_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="MessageFromReporter",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ("said_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    ("text", vault.models.SealedField(blank=True, null=True)),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ["said_at", "id"],
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "key"), name="messagefromreporter_said_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReporterRequest",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ("said_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("erase", "asks us to erase the report"),
                                ("stop", "asks us to stop working on it"),
                                ("look_again", "asks for another look at what was done"),
                                ("complaint", "complains about how they were treated"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("due_on", models.DateField()),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("agreed", "Yes"), ("partly", "In part"), ("refused", "No")],
                            max_length=10,
                        ),
                    ),
                    ("answer", vault.models.SealedField(blank=True, null=True)),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "about",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "answered_by",
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
                            related_name="%(class)ss",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "to_organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                ],
                options={
                    "ordering": ["said_at", "id"],
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "key"), name="reporterrequest_said_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None), ("outcome", "")),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    ("answered_by__isnull", False),
                                    models.Q(("outcome", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="an_answer_has_its_author_and_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PhraseCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("language", models.CharField(max_length=20)),
                    ("phrase", models.CharField(max_length=32)),
                    ("words", models.CharField(max_length=32)),
                    (
                        "verdict",
                        models.CharField(
                            choices=[("right", "right"), ("better", "better words given")], max_length=10
                        ),
                    ),
                    ("better", models.JSONField(default=list)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["language", "phrase", "words", "by"], name="phrase_check_latest")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PracticeRun",
                fields=[
                    ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                    ("story", models.CharField(max_length=40)),
                    ("finished_at", models.DateTimeField()),
                    (
                        "found",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60), default=list, size=None
                        ),
                    ),
                    (
                        "missed",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60), default=list, size=None
                        ),
                    ),
                    (
                        "beyond",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60), default=list, size=None
                        ),
                    ),
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "volunteer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["centre", "-finished_at"], name="practice_by_centre")],
                },
            ),
            migrations.CreateModel(
                name="CentreRecord",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("told_on", models.DateField()),
                    ("told_how", models.CharField(max_length=12)),
                    ("agreed", models.CharField(max_length=12)),
                    (
                        "did",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), default=list, size=None
                        ),
                    ),
                    ("feedback", models.CharField(max_length=12)),
                    ("paper_number", models.CharField(blank=True, max_length=20)),
                    ("notes", vault.models.SealedField(blank=True, null=True)),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="centre_record",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="RiskAssessment",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[("standard", "Standard"), ("medium", "Medium"), ("high", "High")],
                            max_length=10,
                        ),
                    ),
                    ("total", models.PositiveSmallIntegerField()),
                    ("answers", vault.models.SealedField(blank=True, null=True)),
                    ("tool_version", models.PositiveSmallIntegerField()),
                    ("made_at", models.DateTimeField()),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
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
                            related_name="risk_assessments",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "by_answers",
                        models.CharField(
                            blank=True,
                            choices=[("standard", "Standard"), ("medium", "Medium"), ("high", "High")],
                            max_length=10,
                        ),
                    ),
                    ("reason", vault.models.SealedField(blank=True, null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["report", "-made_at", "-id"], include=("level",), name="risk_newest"
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("level__in", ["standard", "medium", "high"])),
                            name="risk_level_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("by_answers__in", ["", "standard", "medium", "high"])),
                            name="risk_by_answers_is_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConflictBar",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", vault.models.SealedField(blank=True, null=True)),
                    ("barred_at", models.DateTimeField()),
                    ("lifted_at", models.DateTimeField(null=True)),
                    ("why_lifted", vault.models.SealedField(blank=True, null=True)),
                    (
                        "barred_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "officer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="conflict_bars",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("organisation", None), ("officer", None), _connector="XOR"),
                            name="a_conflict_is_with_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("lifted_by", models.F("barred_by")), _negated=True),
                            name="a_conflict_is_lifted_by_another",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("lifted_at", None)),
                            fields=("report", "organisation"),
                            name="one_conflict_an_organisation",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("lifted_at", None)),
                            fields=("report", "officer"),
                            name="one_conflict_an_officer",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HelpAsked",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
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
        ),
    ]
