"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [("centres", "0001_initial"), ("centres", "0002_telling_us")]

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("vault", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="Champion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateField()),
                    ("until", models.DateField(null=True)),
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="champions",
                            to="partners.reportingcentre",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["since", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)),
                            fields=("centre", "person"),
                            name="a_champion_once_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ChampionTraining",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("trained_on", models.DateField()),
                    ("course", models.CharField(max_length=120)),
                    ("recorded_at", models.DateTimeField()),
                    (
                        "champion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="trainings",
                            to="centres.champion",
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
                ],
                options={
                    "ordering": ["-trained_on", "-id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("champion", "trained_on", "course"), name="a_course_once_a_day"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FitnessReview",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reviewed_on", models.DateField()),
                    (
                        "met",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40), size=None
                        ),
                    ),
                    ("score", models.PositiveSmallIntegerField()),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("pass", "fit for purpose"),
                                ("improve", "to improve"),
                                ("suspend", "to be suspended"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("improve_by", models.DateField(null=True)),
                    ("note", models.CharField(blank=True, max_length=500)),
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
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="fitness_reviews",
                            to="partners.reportingcentre",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-reviewed_on", "-id"],
                },
            ),
            migrations.CreateModel(
                name="ListingWarning",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("soon", "two weeks before"),
                                ("last", "the day before"),
                                ("hidden", "hidden from the public"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("since", models.DateField()),
                    ("sent_at", models.DateTimeField()),
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="warnings",
                            to="partners.reportingcentre",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("centre", "stage", "since"), name="one_warning_a_stage"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MysteryVisit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("visited_on", models.DateField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[("call", "by telephone"), ("visit", "in person")], max_length=10
                        ),
                    ),
                    (
                        "noticed",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40), size=None
                        ),
                    ),
                    ("score", models.PositiveSmallIntegerField()),
                    ("said", models.CharField(blank=True, max_length=1000)),
                    ("recorded_at", models.DateTimeField()),
                    ("told_at", models.DateTimeField(null=True)),
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="mystery_visits",
                            to="partners.reportingcentre",
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
                    (
                        "told_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-visited_on", "-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("score__lte", 100)), name="a_visit_scores_at_most_a_hundred"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Verification",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("verified_on", models.DateField()),
                    (
                        "how",
                        models.CharField(
                            choices=[
                                ("by_centre", "the centre confirmed it"),
                                ("call", "a call"),
                                ("visit", "a visit"),
                            ],
                            max_length=10,
                        ),
                    ),
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
                    (
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="verifications",
                            to="partners.reportingcentre",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-verified_on", "-id"],
                },
            ),
            migrations.CreateModel(
                name="CentreEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("act", models.CharField(max_length=40)),
                    ("at", models.DateTimeField()),
                    ("facts", models.JSONField(default=dict)),
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
                        "centre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="events",
                            to="partners.reportingcentre",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "-id"],
                    "indexes": [models.Index(fields=["centre", "-at", "-id"], name="events_of_a_centre")],
                },
            ),
            migrations.CreateModel(
                name="TellUsLink",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("place", models.CharField(max_length=120)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("school", "School"),
                                ("college", "College or university"),
                                ("housing", "Housing provider"),
                                ("other", "Another place"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("sent_to", models.EmailField(blank=True, max_length=254)),
                    ("found_by", models.BinaryField(unique=True)),
                    ("derived_under", models.CharField(max_length=40)),
                    ("turn", models.PositiveSmallIntegerField(default=1)),
                    ("made_at", models.DateTimeField()),
                    ("expires_on", models.DateField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "district",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.district",
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
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["district__order", "place", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="a_link_is_ended_by_somebody",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="HeardThere",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("told_at", models.DateTimeField()),
                    ("week", models.DateField()),
                    (
                        "kinds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("words", "Hateful words or chants"),
                                    ("slurs", "Slurs between pupils, students or neighbours"),
                                    ("graffiti", "Graffiti"),
                                    ("leaflets", "Leaflets, stickers or symbols"),
                                    ("online", "Something online"),
                                    ("threats", "Threats"),
                                    ("exclusion", "Somebody left out or driven away"),
                                    ("damage", "Damage"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                            size=None,
                        ),
                    ),
                    (
                        "strands",
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
                    (
                        "is_going_on",
                        models.CharField(
                            choices=[("yes", "Yes"), ("no", "No, it is over"), ("not_sure", "Not sure")],
                            max_length=10,
                        ),
                    ),
                    (
                        "worry",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "A little: you should know"),
                                (2, "Worried: it could get worse"),
                                (3, "Very worried: it could get worse soon"),
                            ]
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("seen", "One of us saw or heard it"),
                                ("told", "Somebody told us who saw or heard it"),
                                ("rumour", "It is said: it may be a rumour"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("words_erased_on", models.DateField(null=True)),
                    ("form", models.UUIDField(unique=True)),
                    ("read_at", models.DateTimeField(null=True)),
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
                        "district",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.district",
                        ),
                    ),
                    (
                        "read_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "link",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="heard",
                            to="centres.telluslink",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-week", "-told_at", "id"],
                    "indexes": [
                        models.Index(fields=["-week", "-told_at", "id"], name="heard_there_newest"),
                        models.Index(fields=["district", "-week"], name="heard_there_by_district"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("words", None), ("data_key__isnull", False), _connector="OR"),
                            name="words_heard_have_a_key",
                        )
                    ],
                },
            ),
        ),
    ]
