"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0001_initial"),
        ("casework", "0004_timeline_order"),
        ("casework", "0006_holds_and_keeping"),
        ("casework", "0008_people_known_again"),
        ("casework", "0010_clocks_of_update_and_review"),
        ("casework", "0011_how_support_and_the_police_ended"),
        ("casework", "0014_packs_and_police_answers"),
        ("casework", "0016_lists_by_clock"),
        ("casework", "0022_shares_referrals_overrides"),
    ]

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("reporting", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="Case",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reference", models.CharField(max_length=13, unique=True)),
                    ("opened_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("in_progress", "in progress"),
                                ("waiting", "waiting"),
                                ("closed", "closed"),
                            ],
                            default="open",
                            max_length=12,
                        ),
                    ),
                    (
                        "recorded_strands",
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
                            default=list,
                            size=None,
                        ),
                    ),
                    ("recorded_as", models.CharField(blank=True, max_length=30)),
                    (
                        "urgency",
                        models.CharField(
                            choices=[("standard", "standard"), ("medium", "medium"), ("high", "high")],
                            default="standard",
                            max_length=10,
                        ),
                    ),
                    ("contact_due_at", models.DateTimeField(null=True)),
                    ("first_contact_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("outcome", models.CharField(blank=True, max_length=40)),
                    (
                        "visible_to",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), default=list, size=None
                        ),
                    ),
                    (
                        "assigned_to",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "lead_organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    ("erased_at", models.DateTimeField(editable=False, null=True)),
                    ("review_due_at", models.DateTimeField(null=True)),
                    ("update_due_at", models.DateTimeField(null=True)),
                    ("police_outcome", models.CharField(blank=True, max_length=5)),
                    ("support", models.CharField(blank=True, max_length=20)),
                    (
                        "barred_people",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), editable=False, null=True, size=None
                        ),
                    ),
                    ("proposed_as", models.CharField(blank=True, max_length=30)),
                ],
                options={
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["visible_to"], name="casework_ca_visible_fc6876_gin"
                        ),
                        models.Index(
                            fields=["lead_organisation", "state", "contact_due_at"],
                            name="casework_ca_lead_or_baaa76_idx",
                        ),
                        models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
                        models.Index(
                            models.OrderBy(
                                django.db.models.functions.comparison.Least(
                                    models.Case(models.When(first_contact_at=None, then="contact_due_at")),
                                    "update_due_at",
                                    "review_due_at",
                                )
                            ),
                            models.OrderBy(models.F("opened_at"), descending=True),
                            models.OrderBy(models.F("id"), descending=True),
                            condition=models.Q(("state", "closed"), _negated=True),
                            name="case_next_due",
                        ),
                        models.Index(
                            models.F("lead_organisation"),
                            django.db.models.functions.comparison.Least(
                                models.Case(models.When(first_contact_at=None, then="contact_due_at")),
                                "update_due_at",
                                "review_due_at",
                            ),
                            condition=models.Q(("state", "closed"), _negated=True),
                            name="case_lead_next_due",
                        ),
                        models.Index(
                            condition=models.Q(
                                models.Q(("state", "closed"), _negated=True), ("assigned_to", None)
                            ),
                            fields=["lead_organisation"],
                            name="case_is_nobodys",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at__isnull", False), ("state", "closed")),
                                models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                                _connector="OR",
                            ),
                            name="closed_case_has_its_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "recorded_strands__contained_by",
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
                            name="recorded_strands_are_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("erased_at", None), ("state", "closed"), _connector="OR"),
                            name="erased_case_is_closed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseEvent",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("act", models.CharField(max_length=30)),
                    ("facts", models.JSONField(default=dict)),
                    ("note", vault.models.SealedField(blank=True, null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="events",
                            to="casework.case",
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
                    ("number", models.PositiveIntegerField(default=0)),
                ],
                options={
                    "indexes": [models.Index(fields=["case", "at"], name="casework_ca_case_id_f2346c_idx")],
                    "ordering": ["at", "number"],
                },
            ),
            migrations.CreateModel(
                name="CaseReport",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("added_at", models.DateTimeField()),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="case_reports",
                            to="casework.case",
                        ),
                    ),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="case_report",
                            to="reporting.report",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Keeping",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reference", models.CharField(max_length=13)),
                    ("look_again_on", models.DateField(db_index=True)),
                    ("class_code", models.CharField(blank=True, max_length=30)),
                    ("then", models.CharField(blank=True, max_length=10)),
                    ("due_on", models.DateField(null=True)),
                    ("is_held", models.BooleanField(default=False)),
                    ("kept_until", models.DateField(null=True)),
                    (
                        "kept_why",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("still_needed", "Work with the person or the family goes on"),
                                ("same_people", "It happened again, and the earlier record is part of it"),
                                ("law", "A law or a contract asks for it"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="keeping",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("due_on__isnull", False)),
                            fields=["due_on", "reference"],
                            name="falls_due",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("class_code", ""), ("due_on", None), ("then", "")),
                                models.Q(
                                    ("due_on__isnull", False),
                                    models.Q(("class_code", ""), _negated=True),
                                    models.Q(("then", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="what_falls_due_has_its_class",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kept_until", None), ("kept_why", "")),
                                models.Q(
                                    ("kept_until__isnull", False), models.Q(("kept_why", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="kept_longer_with_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LegalHold",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("court", "a court case or a prosecution"),
                                ("inquiry", "a public inquiry or a coroner"),
                                ("complaint", "a complaint or a claim"),
                                ("safeguarding", "a safeguarding or domestic homicide review"),
                                ("rights_request", "the person asked to see their record"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("note", vault.models.SealedField(blank=True, null=True)),
                    ("placed_at", models.DateTimeField()),
                    ("lifted_at", models.DateTimeField(null=True)),
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
                        "placed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="legal_holds",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ["placed_at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("lifted_at", None), ("lifted_by", None)),
                                models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="hold_lifted_at_and_by_together",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("lifted_at", None)),
                            fields=("report", "reason"),
                            name="one_hold_in_force_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Person",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("details", vault.models.SealedField(blank=True, null=True)),
                    ("signed_with", models.CharField(db_index=True, max_length=40)),
                    ("written_at", models.DateTimeField()),
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
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="person",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="PersonSign",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("kind", models.CharField(max_length=20)),
                    ("digest", models.BinaryField(max_length=32)),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signs",
                            to="casework.person",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["digest"], name="by_sign")],
                },
            ),
            migrations.CreateModel(
                name="SamePerson",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("is_same", models.BooleanField()),
                    ("decided_at", models.DateTimeField()),
                    (
                        "decided_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "one",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="casework.person",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="casework.person",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("one", "other"), name="a_pair_is_decided_once"),
                        models.CheckConstraint(
                            condition=models.Q(("one__lt", models.F("other"))), name="a_pair_has_one_order"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ContactAttempt",
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
                                ("phone", "by phone"),
                                ("text", "by text message"),
                                ("email", "by e-mail"),
                                ("letter", "by letter"),
                                ("in_person", "in person"),
                                ("centre", "through their reporting centre"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("outcome", models.CharField(max_length=20)),
                    ("reached", models.BooleanField()),
                    ("at", models.DateTimeField()),
                    (
                        "against_plan",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10), default=list, size=None
                        ),
                    ),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("written_at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="contact_attempts",
                            to="casework.case",
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
                            related_name="+",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["case", "-at", "-id"], name="contact_newest")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("way__in", ["phone", "text", "email", "letter", "in_person", "centre"])
                            ),
                            name="way_of_contact_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("at__lte", models.F("written_at"))),
                            name="no_contact_before_it_was_made",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Pack",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(choices=[("pack", "pack"), ("police", "hand-off")], max_length=8),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("support", "supporting the person"),
                                ("action", "acting on what happened"),
                                ("housing", "a decision about a tenancy or housing"),
                                ("safeguarding", "keeping a child or an adult at risk safe"),
                                ("meeting", "a meeting about the case"),
                                ("police", "policing"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10), default=list, size=None
                        ),
                    ),
                    ("without_words", models.BooleanField(default=False)),
                    ("content", vault.models.SealedField(blank=True, null=True)),
                    ("made_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField()),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="packs",
                            to="casework.case",
                        ),
                    ),
                    (
                        "made_by",
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
                        "withdrawn_by",
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
                        models.UniqueConstraint(
                            fields=("case", "kind", "number"), name="a_pack_has_its_number"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="a_withdrawn_pack_says_by_whom",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PackDownload",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "medium",
                        models.CharField(
                            choices=[
                                ("page", "looked at on screen"),
                                ("pdf", "PDF"),
                                ("docx", "Word"),
                                ("json", "data"),
                            ],
                            max_length=4,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "by",
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
                        "pack",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="downloads",
                            to="casework.pack",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["pack", "-at"], name="casework_pa_pack_id_46fb8e_idx")],
                },
            ),
            migrations.CreateModel(
                name="PoliceAnswer",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    (
                        "number_kind",
                        models.CharField(
                            blank=True,
                            choices=[("crime", "crime number"), ("occurrence", "occurrence number")],
                            max_length=10,
                        ),
                    ),
                    ("police_number", vault.models.SealedField(blank=True, null=True)),
                    ("signed_with", models.CharField(blank=True, db_index=True, max_length=40)),
                    ("recorded_as", models.CharField(blank=True, max_length=30)),
                    ("outcome", models.CharField(blank=True, max_length=5)),
                    ("outcome_on", models.DateField(null=True)),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("police", "entered by the police"),
                                ("lead", "noted by who leads the case, as the police told them"),
                                ("file", "read from a file of the police"),
                            ],
                            max_length=6,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="police_answers",
                            to="casework.case",
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("case", "number"), name="a_police_answer_has_its_number"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", ""), ("outcome_on", None)),
                                models.Q(
                                    models.Q(("outcome", ""), _negated=True), ("outcome_on__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="a_police_outcome_has_its_day",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoliceNumberSign",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("digest", models.BinaryField(max_length=32)),
                    (
                        "answer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signs",
                            to="casework.policeanswer",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["digest"], name="by_police_number")],
                },
            ),
            migrations.CreateModel(
                name="ReportSigns",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("signed_with", models.CharField(db_index=True, max_length=40)),
                    (
                        "digests",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=64), size=None
                        ),
                    ),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signs",
                            to="reporting.report",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(fields=["digests"], name="report_by_sign")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SetAside",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", vault.models.SealedField(blank=True, null=True)),
                    ("set_aside_at", models.DateTimeField()),
                    ("look_due_at", models.DateTimeField()),
                    ("looked_at", models.DateTimeField(null=True)),
                    ("kept_because", vault.models.SealedField(blank=True, null=True)),
                    ("put_back_at", models.DateTimeField(null=True)),
                    (
                        "looked_by",
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
                        "put_back_by",
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
                            related_name="times_set_aside",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "set_aside_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("put_back_at", None)),
                            fields=("report",),
                            name="set_aside_once_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("looked_at", None), ("looked_by", None)),
                                models.Q(
                                    ("looked_at__isnull", False),
                                    ("looked_by__isnull", False),
                                    models.Q(("looked_by", models.F("set_aside_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="looked_at_by_somebody_else",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("put_back_at", None), ("put_back_by", None)),
                                models.Q(("put_back_at__isnull", False), ("put_back_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="put_back_at_and_by_together",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("list", models.CharField(max_length=20)),
                    ("query", models.CharField(blank=True, max_length=400)),
                    ("saved_at", models.DateTimeField()),
                    ("removed_at", models.DateTimeField(null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_views",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["name", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("removed_at", None)),
                            fields=("user", "name"),
                            name="one_view_of_a_name",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Task",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("due_on", models.DateField()),
                    ("set_at", models.DateTimeField()),
                    ("done_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="tasks",
                            to="casework.case",
                        ),
                    ),
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
                        "for_organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "for_person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "set_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_on", "set_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("done_at", None)),
                            fields=["for_person", "due_on"],
                            name="task_of_a_person",
                        ),
                        models.Index(
                            condition=models.Q(("done_at", None)),
                            fields=["for_organisation", "due_on"],
                            name="task_of_a_house",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at", None), ("done_by", None)),
                                models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="a_task_done_has_who_and_when",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Override",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), default=list, size=None
                        ),
                    ),
                    (
                        "lawful_basis",
                        models.CharField(
                            choices=[
                                (
                                    "public_task",
                                    "Our public task, for reasons of substantial public interest",
                                ),
                                (
                                    "crime_and_disorder",
                                    "To prevent crime and disorder (Crime and Disorder Act 1998, section 115)",
                                ),
                                ("safeguarding", "To keep a child or an adult at risk safe"),
                                ("vital_interests", "Somebody could be badly hurt"),
                            ],
                            max_length=30,
                        ),
                    ),
                    ("ends_on", models.DateField(null=True)),
                    ("reason", vault.models.SealedField(blank=True, null=True)),
                    ("proposed_at", models.DateTimeField()),
                    ("lapses_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("is_agreed", models.BooleanField(null=True)),
                    (
                        "agreement",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="partners.sharingagreement",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="casework.case",
                        ),
                    ),
                    (
                        "decided_by",
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
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None), ("is_agreed", None)),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    ("is_agreed__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="override_is_decided_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="override_needs_a_second_person",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Referral",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), default=list, size=None
                        ),
                    ),
                    (
                        "lawful_basis",
                        models.CharField(
                            choices=[
                                (
                                    "public_task",
                                    "Our public task, for reasons of substantial public interest",
                                ),
                                (
                                    "crime_and_disorder",
                                    "To prevent crime and disorder (Crime and Disorder Act 1998, section 115)",
                                ),
                                ("safeguarding", "To keep a child or an adult at risk safe"),
                                ("vital_interests", "Somebody could be badly hurt"),
                            ],
                            max_length=30,
                        ),
                    ),
                    ("kind", models.CharField(max_length=30)),
                    ("asked", vault.models.SealedField(blank=True, null=True)),
                    ("asked_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "waits for an answer"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("done", "done"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    ("answer", vault.models.SealedField(blank=True, null=True)),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("result", vault.models.SealedField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "agreement",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="partners.sharingagreement",
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
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="casework.case",
                        ),
                    ),
                    (
                        "from_organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
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
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ("asked", "accepted"))),
                            fields=["organisation", "due_at", "id"],
                            name="referral_waits",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("state__in", ("asked", "accepted"))),
                                models.Q(
                                    models.Q(("state__in", ("asked", "accepted")), _negated=True),
                                    ("ended_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="referral_that_is_over_has_its_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Share",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), default=list, size=None
                        ),
                    ),
                    (
                        "lawful_basis",
                        models.CharField(
                            choices=[
                                (
                                    "public_task",
                                    "Our public task, for reasons of substantial public interest",
                                ),
                                (
                                    "crime_and_disorder",
                                    "To prevent crime and disorder (Crime and Disorder Act 1998, section 115)",
                                ),
                                ("safeguarding", "To keep a child or an adult at risk safe"),
                                ("vital_interests", "Somebody could be badly hurt"),
                            ],
                            max_length=30,
                        ),
                    ),
                    ("was_chosen", models.BooleanField()),
                    ("begun_at", models.DateTimeField()),
                    ("ends_on", models.DateField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "ended_why",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("stopped", "ended by an officer"),
                                ("ran_out", "its time was over"),
                                ("taken_back", "the person took it back, or said that they must not see it"),
                                ("no_sight", "they may no longer see the case"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "agreement",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="partners.sharingagreement",
                        ),
                    ),
                    (
                        "begun_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="casework.case",
                        ),
                    ),
                    (
                        "ended_by",
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
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ended_at", None), ("ends_on__isnull", False)),
                            fields=["ends_on"],
                            name="share_runs_out",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("case", "organisation"),
                            name="one_running_share_an_organisation",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                                models.Q(
                                    ("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="share_says_why_it_ended",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SuspectRecord",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("known", vault.models.SealedField(blank=True, null=True)),
                    (
                        "how_sure",
                        models.CharField(
                            choices=[
                                ("said", "Somebody said so"),
                                ("identified", "Identified by the police"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "why_kept",
                        models.CharField(
                            choices=[
                                ("crime", "It is recorded as a crime, and is still looked into"),
                                ("risk", "There is a real risk that somebody is harmed"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("written_at", models.DateTimeField()),
                    ("review_on", models.DateField(db_index=True)),
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
                            related_name="suspect_records",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("written_at", "id"),
                },
            ),
        ),
    ]
