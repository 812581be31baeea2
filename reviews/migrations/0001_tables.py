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
        ("reviews", "0001_repeat_victims_and_case_reviews"),
        ("reviews", "0003_closed_cases_for_the_panel"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_tables"),
        ("partners", "0001_tables"),
        ("reporting", "0001_tables"),
        ("vault", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="JagCase",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("is_open", models.BooleanField(default=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="jag_cases",
                            to="casework.case",
                        ),
                    ),
                ],
                options={
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="JagMeeting",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("meets_on", models.DateField()),
                    ("place", models.CharField(blank=True, max_length=120)),
                    ("planned_at", models.DateTimeField()),
                    ("held_at", models.DateTimeField(null=True)),
                    (
                        "chair",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("district", "meets_on"),
                            name="one_jag_meeting_a_day",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="JagItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.CharField(max_length=20, unique=True)),
                    (
                        "reasons",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20), size=None
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[("standard", "Standard"), ("medium", "Medium"), ("high", "High")],
                            max_length=10,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("listed", "listed"),
                                ("on_agenda", "on an agenda"),
                                ("decided", "decided, work goes on"),
                                ("closed", "closed"),
                            ],
                            default="listed",
                            max_length=10,
                        ),
                    ),
                    ("listed_at", models.DateTimeField()),
                    ("due_on", models.DateField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "visible_to",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), default=list, size=None
                        ),
                    ),
                    (
                        "works_on",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), default=list, size=None
                        ),
                    ),
                    (
                        "barred_people",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), editable=False, null=True, size=None
                        ),
                    ),
                    (
                        "cases",
                        models.ManyToManyField(
                            related_name="jag_items", through="reviews.JagCase", to="casework.case"
                        ),
                    ),
                    (
                        "council",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "data_key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
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
                        "meeting",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="reviews.jagmeeting",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["visible_to"], name="jag_item_visible_to"
                        ),
                        models.Index(fields=["state", "due_on"], name="jag_item_due"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("state__in", ("listed", "on_agenda"))),
                                models.Q(
                                    models.Q(("state__in", ("listed", "on_agenda")), _negated=True),
                                    ("decided_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="decided_item_has_its_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at__isnull", False), ("state", "closed")),
                                models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                                _connector="OR",
                            ),
                            name="closed_item_has_its_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("meeting__isnull", False), ("state", "on_agenda")),
                                models.Q(("state", "on_agenda"), _negated=True),
                                _connector="OR",
                            ),
                            name="item_on_an_agenda_has_its_meeting",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="JagAction",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("what", vault.models.SealedField(blank=True, null=True)),
                    ("due_on", models.DateField()),
                    ("given_at", models.DateTimeField()),
                    ("done_at", models.DateTimeField(null=True)),
                    ("what_was_done", vault.models.SealedField(blank=True, null=True)),
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
                        "given_by",
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
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="actions",
                            to="reviews.jagitem",
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_on", "given_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("done_at", None)),
                            fields=["organisation", "due_on"],
                            name="jag_action_to_do",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at", None), ("done_by", None)),
                                models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="jag_action_done_at_and_by_together",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="JagDecision",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "codes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), size=None
                        ),
                    ),
                    ("why", vault.models.SealedField(blank=True, null=True)),
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
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="decisions",
                            to="reviews.jagitem",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="reviews.jagmeeting",
                        ),
                    ),
                ],
                options={
                    "ordering": ["decided_at", "id"],
                },
            ),
            migrations.CreateModel(
                name="SamePlace",
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
                                ("household", "the same household"),
                                ("premises", "the same place, such as a mosque, a shop or a school"),
                            ],
                            max_length=10,
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
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("one", "other"), name="two_places_are_decided_once"),
                        models.CheckConstraint(
                            condition=models.Q(("one__lt", models.F("other"))),
                            name="two_places_have_one_order",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseReviewRequest",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("asked_on", models.DateField()),
                    (
                        "asked_by",
                        models.CharField(
                            choices=[
                                ("person", "The person it happened to"),
                                ("on_behalf", "Somebody on their behalf, who has their agreement"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("recorded_at", models.DateTimeField()),
                    ("why", vault.models.SealedField(blank=True, null=True)),
                    (
                        "step",
                        models.CharField(
                            choices=[
                                ("asked", "asked for"),
                                ("met", "accepted"),
                                ("not_met", "not accepted"),
                                ("done", "finished"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("decision", vault.models.SealedField(blank=True, null=True)),
                    ("due_on", models.DateField(null=True)),
                    ("done_at", models.DateTimeField(null=True)),
                    ("outcome", models.CharField(blank=True, max_length=30)),
                    ("recommendations", vault.models.SealedField(blank=True, null=True)),
                    ("appealed_on", models.DateField(null=True)),
                    ("appeal", vault.models.SealedField(blank=True, null=True)),
                    ("answered_on", models.DateField(null=True)),
                    ("answer", vault.models.SealedField(blank=True, null=True)),
                    (
                        "agreed_with",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="case_reviews",
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
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["recorded_at", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("step__in", ["asked", "met"])),
                            fields=("case",),
                            name="one_case_review_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("step", "asked")),
                                models.Q(
                                    models.Q(("step", "asked"), _negated=True), ("decided_at__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="case_review_decided_has_its_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("answered_on", None), ("appealed_on__isnull", False), _connector="OR"
                            ),
                            name="only_an_appeal_is_answered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="JagIncident",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("month", models.DateField(null=True)),
                    (
                        "strands",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20), default=list, size=None
                        ),
                    ),
                    ("place_kind", models.CharField(blank=True, max_length=20)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="incidents",
                            to="reviews.jagitem",
                        ),
                    ),
                ],
                options={
                    "ordering": ["month", "id"],
                    "constraints": [
                        models.UniqueConstraint(fields=("item", "case"), name="incident_once_in_an_item")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Sample",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("drawn_at", models.DateTimeField()),
                    ("closed_from", models.DateField()),
                    ("closed_until", models.DateField()),
                    ("found", models.PositiveIntegerField()),
                    ("seed", models.BigIntegerField()),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-drawn_at", "-id"],
                },
            ),
            migrations.CreateModel(
                name="SampledCase",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("summary", vault.models.SealedField(blank=True, null=True)),
                    ("course", models.JSONField(default=list)),
                    ("ready_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                        ),
                    ),
                    (
                        "data_key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                        ),
                    ),
                    (
                        "led_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "ready_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "sample",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="cases",
                            to="reviews.sample",
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("sample", "number"), name="one_case_a_number"),
                        models.UniqueConstraint(fields=("sample", "case"), name="a_case_is_drawn_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PanelAnswer",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("marks", models.JSONField(default=dict)),
                    ("done_well", vault.models.SealedField(blank=True, null=True)),
                    ("to_change", vault.models.SealedField(blank=True, null=True)),
                    ("answered_at", models.DateTimeField()),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "of",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="reviews.sampledcase",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("of", "member"), name="a_member_answers_once")
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="JagCase",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="jag_cases", to="reviews.jagitem"
            ),
        ),
        migrations.AddConstraint(
            model_name="JagCase",
            constraint=models.UniqueConstraint(fields=("item", "case"), name="case_once_in_an_item"),
        ),
        migrations.AddConstraint(
            model_name="JagCase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True)), fields=("case",), name="case_in_one_open_item"
            ),
        ),
    ]
