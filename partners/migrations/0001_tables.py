"""The tables of this room."""

import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [
        ("partners", "0001_initial"),
        ("partners", "0002_groups_and_fallback_triage"),
        ("partners", "0003_all_roles"),
        ("partners", "0005_teams_and_invitations_taken_back"),
        ("partners", "0006_sessions_kept_forms_printed_codes_and_providers"),
        ("partners", "0007_absence_review_and_reset"),
        ("partners", "0008_who_suspended_somebody"),
        ("partners", "0010_awareness_weeks_in_versions"),
        ("partners", "0011_postcodes"),
        ("partners", "0012_languages_checked_on_our_pages"),
        ("partners", "0013_centres_stand_somewhere"),
        ("partners", "0014_versions_of_centres"),
    ]

    initial = True

    dependencies = []

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="CommunitySafetyPartnership",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=120)),
                ],
                options={
                    "verbose_name_plural": "community safety partnerships",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="Organisation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=120, unique=True)),
                    ("short_name", models.CharField(max_length=60)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("county_council", "county council"),
                                ("district_council", "district or borough council"),
                                ("unitary", "unitary council"),
                                ("police", "police"),
                                ("opcc", "Office of the Police and Crime Commissioner"),
                                ("victim_service", "victim service"),
                                ("nhs", "NHS trust"),
                                ("centre", "reporting centre"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("is_one_of_eleven", models.BooleanField(default=False)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    ("is_fallback_triage", models.BooleanField(default=False)),
                    ("retired_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["order", "name"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("is_fallback_triage", True)),
                            fields=("is_fallback_triage",),
                            name="one_organisation_reads_the_rest",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    ("email", models.EmailField(max_length=254, unique=True)),
                    ("name", models.CharField(max_length=120)),
                    ("job_title", models.CharField(blank=True, max_length=120)),
                    ("is_active", models.BooleanField(default=True)),
                    ("date_joined", models.DateTimeField()),
                    (
                        "suspended_by",
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
                            django.db.models.functions.text.Lower("email"), name="one_account_an_address"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="District",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("ons_code", models.CharField(max_length=9, unique=True)),
                    ("population", models.PositiveIntegerField()),
                    ("order", models.PositiveSmallIntegerField(unique=True)),
                    ("tile_column", models.PositiveSmallIntegerField()),
                    ("tile_row", models.PositiveSmallIntegerField()),
                    (
                        "csp",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="districts",
                            to="partners.communitysafetypartnership",
                        ),
                    ),
                    (
                        "triage_organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="triages",
                            to="partners.organisation",
                        ),
                    ),
                ],
                options={
                    "ordering": ["order"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("tile_column", "tile_row"), name="one_district_a_tile"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportingCentre",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("address", models.CharField(max_length=200)),
                    ("opening_hours", models.CharField(max_length=200)),
                    ("languages", models.CharField(blank=True, max_length=200)),
                    ("is_step_free", models.BooleanField(default=False)),
                    ("verified_on", models.DateField(blank=True, null=True)),
                    (
                        "district",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="centres",
                            to="partners.district",
                        ),
                    ),
                    (
                        "organisation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="centre",
                            to="partners.organisation",
                        ),
                    ),
                    ("about", models.CharField(blank=True, max_length=500)),
                    ("closed_on", models.DateField(blank=True, null=True)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("has_private_room", models.BooleanField(default=False)),
                    ("kind", models.CharField(blank=True, max_length=80)),
                    (
                        "looked_after_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="centres_looked_after",
                            to="partners.organisation",
                        ),
                    ),
                    ("opened_on", models.DateField(blank=True, null=True)),
                    ("phone", models.CharField(blank=True, max_length=30)),
                    ("postcode", models.CharField(blank=True, max_length=8)),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("proposed", "proposed"),
                                ("listed", "listed"),
                                ("suspended", "suspended"),
                                ("closed", "closed"),
                            ],
                            default="proposed",
                            max_length=10,
                        ),
                    ),
                ],
                options={
                    "ordering": ["district__order", "organisation__name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_on__isnull", False), ("standing", "closed")),
                                models.Q(
                                    models.Q(("standing", "closed"), _negated=True), ("closed_on", None)
                                ),
                                _connector="OR",
                            ),
                            name="a_closed_centre_says_since_when",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SharingAgreement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=160)),
                    ("signed_on", models.DateField()),
                    ("review_on", models.DateField()),
                    (
                        "organisations",
                        models.ManyToManyField(related_name="sharing_agreements", to="partners.organisation"),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("email", models.EmailField(max_length=254)),
                    ("name", models.CharField(max_length=120)),
                    (
                        "role_codes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), size=None
                        ),
                    ),
                    ("invited_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField()),
                    ("accepted_at", models.DateTimeField(null=True)),
                    (
                        "accepted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitation_used",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations_made",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, to="partners.organisation"
                        ),
                    ),
                    ("taken_back_at", models.DateTimeField(null=True)),
                    (
                        "taken_back_by",
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
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("accepted_at", None), ("accepted_by", None)),
                                models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="invitation_accepted_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("taken_back_at", None), ("taken_back_by", None)),
                                models.Q(
                                    ("accepted_at", None),
                                    ("taken_back_at__isnull", False),
                                    ("taken_back_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="invitation_taken_back_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OrganisationGroup",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=120)),
                    ("members", models.ManyToManyField(related_name="groups", to="partners.organisation")),
                ],
            ),
            migrations.CreateModel(
                name="ReferenceVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("organisation", "organisation"),
                                ("district", "area"),
                                ("csp", "community safety partnership"),
                                ("agreement", "sharing agreement"),
                                ("standard", "service standard"),
                                ("bank_holiday", "bank holiday"),
                                ("wording", "wording"),
                                ("awareness_week", "awareness week"),
                                ("language", "language"),
                                ("centre", "reporting centre"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("code", models.CharField(max_length=60)),
                    ("version", models.PositiveIntegerField()),
                    ("data", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ("note", models.CharField(blank=True, max_length=200)),
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("kind", "code", "version"), name="one_reference_version"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Team",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=80)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="teams",
                            to="partners.organisation",
                        ),
                    ),
                ],
                options={
                    "ordering": ["organisation__order", "organisation__name", "name"],
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("organisation"),
                            django.db.models.functions.text.Lower("name"),
                            name="one_team_a_name",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "role_codes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), size=None
                        ),
                    ),
                    ("joined_at", models.DateTimeField()),
                    ("left_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="memberships",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="memberships",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="memberships",
                            to="partners.team",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("left_at", None)),
                            fields=("user",),
                            name="one_workplace_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "role_codes__contained_by",
                                    [
                                        "administrator",
                                        "analyst",
                                        "auditor",
                                        "centre_lead",
                                        "centre_manager",
                                        "centre_volunteer",
                                        "csp_chair",
                                        "delivery_group",
                                        "jag_chair",
                                        "officer",
                                        "plan_contributor",
                                        "plan_owner",
                                        "rights_desk",
                                        "scrutiny_panel",
                                        "sog_member",
                                        "team_manager",
                                        "translator",
                                    ],
                                )
                            ),
                            name="membership_roles_are_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KeptForm",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("path", vault.models.SealedField(blank=True, null=True)),
                    ("fields", vault.models.SealedField(blank=True, null=True)),
                    ("sealed_by", models.CharField(max_length=40)),
                    ("kept_at", models.DateTimeField(db_index=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
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
                name="SignInProvider",
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
                            choices=[("entra", "Microsoft Entra ID"), ("generic", "OpenID Connect")],
                            max_length=10,
                        ),
                    ),
                    ("issuer", models.URLField()),
                    ("client_id", models.CharField(max_length=200)),
                    ("client_secret", vault.models.SealedField(blank=True, null=True)),
                    ("sealed_by", models.CharField(max_length=40)),
                    (
                        "email_domains",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=120), size=None
                        ),
                    ),
                    ("accepts_its_second_factor", models.BooleanField(default=False)),
                    ("set_up_at", models.DateTimeField()),
                    (
                        "organisation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sign_in_provider",
                            to="partners.organisation",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="PrintedCode",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("digest", models.BinaryField(max_length=32)),
                    ("digested_with", models.CharField(max_length=40)),
                    ("printed_at", models.DateTimeField()),
                    ("used_at", models.DateTimeField(null=True)),
                    (
                        "printed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="printed_codes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "number"), name="one_printed_code_a_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="StaffSession",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "signed_in_with",
                        models.CharField(
                            choices=[
                                ("app", "authenticator app"),
                                ("passkey", "passkey"),
                                ("recovery", "recovery code"),
                                ("printed", "printed code"),
                                ("organisation", "organisation's sign-in"),
                                ("password", "password alone"),
                                ("demo", "demonstration"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("started_at", models.DateTimeField()),
                    ("seen_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="staff_sessions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["user", "-started_at"], name="partners_st_user_id_4f2592_idx")
                    ],
                },
            ),
            migrations.CreateModel(
                name="AccessReview",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("quarter_start", models.DateField()),
                    ("opened_at", models.DateTimeField()),
                    ("due_on", models.DateField()),
                    ("warned_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("suspended", models.PositiveIntegerField(default=0)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="access_reviews",
                            to="partners.organisation",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-quarter_start", "organisation__order", "organisation__name"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("organisation", "quarter_start"), name="one_access_review_a_quarter"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AccessReviewAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("keeps", models.BooleanField()),
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
                        "membership",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, to="partners.membership"
                        ),
                    ),
                    (
                        "review",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="partners.accessreview",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("review", "membership"), name="one_answer_a_person_and_review"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SecondFactorReset",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("lost", "The phone or key is lost"),
                                ("stolen", "The phone or key was stolen"),
                                ("replaced", "The phone was replaced, and the app did not come along"),
                                ("broken", "The phone or key is broken"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "how_known",
                        models.CharField(
                            choices=[
                                ("in_person", "I spoke with them face to face"),
                                ("video", "I saw them on a video call"),
                                ("called", "I called them on a number that I knew before"),
                                ("manager", "Their manager, whom I know, confirmed it"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "approved_by",
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
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="second_factor_resets",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(
                                    ("approved_at__isnull", False),
                                    ("approved_by__isnull", False),
                                    ("ended_at", None),
                                ),
                                _connector="OR",
                            ),
                            name="reset_approved_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_by", None), ("ended_at__isnull", False), _connector="OR"
                            ),
                            name="reset_ended_at_some_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("asked_by", models.F("user")), _negated=True),
                                models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            name="reset_by_two_others",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("approved_at", None), ("ended_at", None)),
                            fields=("user",),
                            name="one_reset_waits_a_person",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Absence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    (
                        "deputy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stands_in",
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
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="absences",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["deputy", "ends_on"], name="partners_ab_deputy__f132de_idx"),
                        models.Index(fields=["user", "ends_on"], name="partners_ab_user_id_10fce2_idx"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="absence_ends_after_it_starts",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("deputy", models.F("user")), _negated=True),
                            name="nobody_stands_in_for_themselves",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Postcode",
                fields=[
                    ("code", models.CharField(max_length=7, primary_key=True, serialize=False)),
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
            ),
        ),
    ]
