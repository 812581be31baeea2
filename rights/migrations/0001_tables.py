"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [("rights", "0001_requests_packs_disclosures")]

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("reporting", "0001_tables"),
        ("vault", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="RightsRequest",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.CharField(max_length=16, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("access", "A copy of what we hold (subject access)"),
                                ("erasure", "To erase what we hold"),
                                ("correction", "To correct what we hold"),
                                ("objection", "To stop using what we hold (objection)"),
                                ("disclosure", "To disclose something to somebody else"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "asked_by",
                        models.CharField(
                            choices=[
                                ("person", "The person themselves"),
                                ("for_them", "Somebody for them, with their word"),
                                ("police", "The police"),
                                ("court", "A court or a solicitor"),
                                ("foi", "Somebody under freedom of information law"),
                                ("other", "Somebody else"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("received_on", models.DateField()),
                    (
                        "how_checked",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "Not checked yet"),
                                ("code", "They gave their reference and receipt code"),
                                ("document", "A document with their name was seen"),
                                ("known", "An officer who knows them confirmed it"),
                                ("authority", "The authority’s own paper or address was checked"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("checked_on", models.DateField(null=True)),
                    ("due_on", models.DateField(null=True)),
                    ("extended_at", models.DateTimeField(null=True)),
                    ("taken_at", models.DateTimeField()),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("done", "Done in full"),
                                ("partly", "Done in part"),
                                ("refused", "Refused"),
                                ("withdrawn", "They no longer want it"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("who", vault.models.SealedField(blank=True, null=True)),
                    ("words", vault.models.SealedField(blank=True, null=True)),
                    ("why_longer", vault.models.SealedField(blank=True, null=True)),
                    ("answer", vault.models.SealedField(blank=True, null=True)),
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
                        "data_key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
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
                        "taken_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["organisation", "answered_at", "due_on"], name="rights_by_clock")
                    ],
                    "constraints": [
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
                            name="answered_with_author_and_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("checked_on", None), ("due_on", None), ("how_checked", "")),
                                models.Q(
                                    models.Q(("how_checked", ""), _negated=True),
                                    ("checked_on__isnull", False),
                                    ("due_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="the_clock_begins_with_knowing_who_asks",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RequestReport",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reference", models.CharField(max_length=13)),
                    ("added_at", models.DateTimeField()),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="about",
                            to="rights.rightsrequest",
                        ),
                    ),
                ],
                options={
                    "ordering": ("added_at", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("request", "report"), name="a_request_names_a_report_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Disclosure",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("reference", models.CharField(blank=True, max_length=13)),
                    (
                        "to_whom",
                        models.CharField(
                            choices=[
                                ("police", "Police"),
                                ("court", "Court or solicitor"),
                                ("foi", "Freedom of information"),
                                ("social_care", "Social care or health"),
                                ("ombudsman", "Regulator or ombudsman"),
                                ("other", "Somebody else"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "basis",
                        models.CharField(
                            choices=[
                                ("court_order", "An order of a court"),
                                ("law", "A law requires it"),
                                (
                                    "crime",
                                    "To prevent or detect crime (Data Protection Act 2018, schedule 2)",
                                ),
                                ("legal_claim", "For legal proceedings or advice"),
                                ("safeguarding", "To keep a child or an adult at risk safe"),
                                ("vital", "Somebody could be badly hurt"),
                                (
                                    "foi",
                                    "Freedom of information law: figures and records without personal data",
                                ),
                                ("consent", "The person agreed"),
                            ],
                            max_length=14,
                        ),
                    ),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), default=list, size=None
                        ),
                    ),
                    ("told_on", models.DateField()),
                    ("entered_at", models.DateTimeField()),
                    ("recipient", vault.models.SealedField(blank=True, null=True)),
                    ("reason", vault.models.SealedField(blank=True, null=True)),
                    (
                        "data_key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                        ),
                    ),
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
                        "report",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "request",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disclosures",
                            to="rights.rightsrequest",
                        ),
                    ),
                ],
                options={
                    "ordering": ("-number",),
                    "constraints": [
                        models.UniqueConstraint(fields=("organisation", "number"), name="one_number_an_entry")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SubjectPack",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reference", models.CharField(max_length=13)),
                    ("passages", vault.models.SealedField(blank=True, null=True)),
                    ("covers", vault.models.SealedField(blank=True, null=True)),
                    ("made_at", models.DateTimeField()),
                    ("proposed_at", models.DateTimeField(null=True)),
                    ("released_at", models.DateTimeField(null=True)),
                    ("digest", models.CharField(blank=True, max_length=64)),
                    ("how_many_covered", models.PositiveIntegerField(default=0)),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "released_by",
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
                            related_name="+",
                            to="reporting.report",
                        ),
                    ),
                    (
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="packs",
                            to="rights.rightsrequest",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("request", "report"), name="one_pack_a_report"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("digest", ""), ("released_at", None), ("released_by", None)),
                                models.Q(
                                    ("proposed_by__isnull", False),
                                    ("released_at__isnull", False),
                                    ("released_by__isnull", False),
                                    models.Q(("digest", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="released_with_author_time_and_digest",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            name="two_people_release_a_pack",
                        ),
                    ],
                },
            ),
        ),
    ]
