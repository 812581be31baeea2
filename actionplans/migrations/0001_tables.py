"""The tables of this room."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from scope.all_at_once import AllAtOnce


class Migration(migrations.Migration):
    replaces = [
        ("actionplans", "0001_initial"),
        ("actionplans", "0002_a_sending_recorded_twice_is_one_update"),
        ("actionplans", "0003_steering"),
        ("actionplans", "0005_counts_of_the_portal_and_why_things_were_taken_back"),
        ("actionplans", "0009_what_was_changed_and_closing_asked"),
        ("actionplans", "0011_who_has_told_in_a_round_is_found_at_once"),
    ]

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("files", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce(
            migrations.CreateModel(
                name="StrategyStatement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("title", models.CharField(max_length=160)),
                    ("period_start", models.DateField()),
                    ("period_end", models.DateField()),
                    ("is_illustrative", models.BooleanField()),
                    ("content", models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name="ActionPlan",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True)),
                    ("title", models.CharField(max_length=160)),
                    ("appendix", models.CharField(blank=True, max_length=10)),
                    ("period_start", models.DateField()),
                    ("period_end", models.DateField()),
                    ("is_illustrative", models.BooleanField(default=False)),
                    ("is_published", models.BooleanField(default=True)),
                    ("notice", models.TextField(blank=True)),
                    ("about", models.TextField(blank=True)),
                    ("source", models.TextField(blank=True)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    ("is_draft", models.BooleanField(default=False)),
                    (
                        "owner",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "previous",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="next",
                            to="actionplans.actionplan",
                        ),
                    ),
                    ("public_words", models.TextField(blank=True)),
                    ("publishes_figures", models.BooleanField(default=False)),
                    ("publishes_progress", models.BooleanField(default=True)),
                ],
                options={
                    "ordering": ["order", "code"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("period_end__gt", models.F("period_start"))),
                            name="plan_ends_after_it_starts",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Priority",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField()),
                    ("name", models.CharField(max_length=120)),
                    ("order", models.PositiveSmallIntegerField()),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="priorities",
                            to="actionplans.actionplan",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "priorities",
                    "ordering": ["plan__order", "order"],
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "code"), name="one_priority_a_code")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Action",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("ref", models.CharField(max_length=10)),
                    ("title", models.CharField(max_length=250)),
                    ("supporting_text", models.CharField(blank=True, max_length=250)),
                    (
                        "importance",
                        models.CharField(choices=[("high", "high"), ("medium", "medium")], max_length=10),
                    ),
                    ("starts", models.DateField()),
                    ("due", models.DateField()),
                    ("why", models.TextField(blank=True)),
                    ("good_looks_like", models.TextField(blank=True)),
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
                            blank=True,
                            default=list,
                            size=None,
                        ),
                    ),
                    ("decision_needed", models.TextField(blank=True)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    (
                        "districts",
                        models.ManyToManyField(blank=True, related_name="+", to="partners.district"),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leads",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "supporting",
                        models.ManyToManyField(
                            blank=True, related_name="supports", to="partners.organisation"
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="actions",
                            to="actionplans.actionplan",
                        ),
                    ),
                    (
                        "priority",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="actions",
                            to="actionplans.priority",
                        ),
                    ),
                    (
                        "blocked_by",
                        models.ManyToManyField(blank=True, related_name="blocks", to="actionplans.action"),
                    ),
                    ("blocked_by_text", models.CharField(blank=True, max_length=250)),
                    (
                        "closed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("closed_on", models.DateField(null=True)),
                    ("closing_words", models.TextField(blank=True)),
                    (
                        "course",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "runs from its start to its due date"),
                                ("ongoing", "ongoing"),
                                ("deferred", "deferred"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "deputy",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("is_public", models.BooleanField(default=True)),
                    ("original_due", models.DateField(null=True)),
                    (
                        "original_lead",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("percent_now", models.PositiveSmallIntegerField(editable=False, null=True)),
                    (
                        "rolled_from",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="rolled_into",
                            to="actionplans.action",
                        ),
                    ),
                    ("times_put_off", models.PositiveSmallIntegerField(default=0)),
                    ("updated_on", models.DateField(editable=False, null=True)),
                    ("milestone_due", models.DateField(editable=False, null=True)),
                    ("course_reason", models.CharField(blank=True, max_length=250)),
                ],
                options={
                    "ordering": ["plan__order", "order"],
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "ref"), name="one_action_a_ref"),
                        models.CheckConstraint(
                            condition=models.Q(("due__gt", models.F("starts"))),
                            name="action_due_after_it_starts",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Measure",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("text", models.CharField(max_length=200)),
                    ("unit", models.CharField(max_length=80)),
                    ("baseline", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                    ("target", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                    ("is_lower_better", models.BooleanField(default=False)),
                    (
                        "counted_by",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "the whole partnership"),
                                ("partner", "each partner"),
                                ("district", "each district"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "total",
                        models.CharField(
                            choices=[
                                ("sum", "the sum"),
                                ("mean", "the average"),
                                ("single", "the one figure"),
                            ],
                            default="single",
                            max_length=10,
                        ),
                    ),
                    ("source", models.CharField(max_length=60)),
                    (
                        "action",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="measure",
                            to="actionplans.action",
                        ),
                    ),
                    ("note", models.TextField(blank=True)),
                    ("indicator", models.SlugField(blank=True)),
                    ("indicator_facts", models.JSONField(blank=True, default=dict)),
                    ("original_target", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                    ("trajectory", models.JSONField(blank=True, default=list)),
                    ("value_as_at", models.DateField(editable=False, null=True)),
                    (
                        "value_now",
                        models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True),
                    ),
                    ("cells_now", models.JSONField(blank=True, default=dict, editable=False)),
                ],
            ),
            migrations.CreateModel(
                name="Milestone",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("due", models.DateField(null=True)),
                    ("done_on", models.DateField(null=True)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="milestones",
                            to="actionplans.action",
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
                    ("original_due", models.DateField(null=True)),
                ],
                options={
                    "ordering": ["order"],
                },
            ),
            migrations.CreateModel(
                name="DefinitionAdoption",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("adopted_on", models.DateField(null=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "statement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="adoptions",
                            to="actionplans.strategystatement",
                        ),
                    ),
                ],
                options={
                    "ordering": ["organisation__order"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("statement", "organisation"), name="one_adoption_a_partner"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Contribution",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("value", models.DecimalField(decimal_places=2, max_digits=10)),
                    ("as_at", models.DateField()),
                    ("recorded_at", models.DateTimeField()),
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
                        "district",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.district",
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
                        "measure",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="contributions",
                            to="actionplans.measure",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-as_at", "-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("district", None), ("organisation__isnull", False)),
                                models.Q(("district__isnull", False), ("organisation", None)),
                                _connector="OR",
                            ),
                            name="contribution_of_partner_or_district",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=30, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("awareness-week", "National Hate Crime Awareness Week"),
                                ("campaign", "Campaign"),
                                ("religious", "Religious or cultural day"),
                                ("national-day", "National or international day"),
                                ("rapid", "Message after something that happened"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("name", models.CharField(max_length=160)),
                    ("about", models.TextField(blank=True)),
                    ("starts", models.DateField()),
                    ("ends", models.DateField()),
                    ("audiences", models.CharField(blank=True, max_length=250)),
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
                            blank=True,
                            default=list,
                            size=None,
                        ),
                    ),
                    (
                        "languages",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                        ),
                    ),
                    ("made_at", models.DateTimeField()),
                    ("cancelled_at", models.DateTimeField(null=True)),
                    (
                        "action",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="campaigns",
                            to="actionplans.action",
                        ),
                    ),
                    (
                        "cancelled_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "districts",
                        models.ManyToManyField(blank=True, related_name="+", to="partners.district"),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leads_campaigns",
                            to="partners.organisation",
                        ),
                    ),
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
                        "partners",
                        models.ManyToManyField(
                            blank=True, related_name="campaigns", to="partners.organisation"
                        ),
                    ),
                    ("cancelled_why", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["starts", "name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends__gte", models.F("starts"))),
                            name="campaign_ends_after_it_starts",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=160)),
                    ("held_on", models.DateField()),
                    ("place", models.CharField(blank=True, max_length=160)),
                    ("people_reached", models.PositiveIntegerField(null=True)),
                    ("cancelled_at", models.DateTimeField(null=True)),
                    ("made_at", models.DateTimeField()),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="events",
                            to="actionplans.campaign",
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
                ],
                options={
                    "ordering": ["held_on", "id"],
                },
            ),
            migrations.CreateModel(
                name="ChangeRequest",
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
                                ("due", "due date"),
                                ("target", "target"),
                                ("lead", "lead"),
                                ("close", "closing"),
                                ("reopen", "opening again"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("new_due", models.DateField(null=True)),
                    ("new_target", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                    ("reason", models.TextField()),
                    ("asked_at", models.DateTimeField()),
                    (
                        "decision",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("approved", "approved"),
                                ("refused", "refused"),
                                ("withdrawn", "taken back"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("decision_words", models.TextField(blank=True)),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="change_requests",
                            to="actionplans.action",
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
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "new_lead",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    ("old_due", models.DateField(null=True)),
                    (
                        "old_lead",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    ("old_target", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ],
                options={
                    "ordering": ["-asked_at", "-id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("decision", "waiting")),
                            fields=("action", "kind"),
                            name="one_change_asked_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None), ("decision", "waiting")),
                                models.Q(
                                    models.Q(("decision", "waiting"), _negated=True),
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="decided_change_has_its_decider",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind", "due"),
                                    ("new_due__isnull", False),
                                    ("new_lead", None),
                                    ("new_target", None),
                                ),
                                models.Q(
                                    ("kind", "target"),
                                    ("new_due", None),
                                    ("new_lead", None),
                                    ("new_target__isnull", False),
                                ),
                                models.Q(
                                    ("kind", "lead"),
                                    ("new_due", None),
                                    ("new_lead__isnull", False),
                                    ("new_target", None),
                                ),
                                models.Q(
                                    ("kind__in", ("close", "reopen")),
                                    ("new_due", None),
                                    ("new_lead", None),
                                    ("new_target", None),
                                ),
                                _connector="OR",
                            ),
                            name="change_asks_for_one_thing",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CommsContact",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("named_on", models.DateField()),
                    ("until", models.DateField(null=True)),
                    (
                        "named_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="partners.organisation",
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
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)),
                            fields=("organisation",),
                            name="one_comms_contact_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Material",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=160)),
                    ("kind", models.CharField(max_length=60)),
                    ("language", models.CharField(default="en", max_length=10)),
                    ("is_easy_read", models.BooleanField(default=False)),
                    ("link", models.URLField(blank=True, max_length=500)),
                    ("words", models.TextField(blank=True)),
                    ("added_at", models.DateTimeField()),
                    ("retired_at", models.DateTimeField(null=True)),
                    (
                        "added_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="materials",
                            to="actionplans.campaign",
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="files.sealedfile",
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
                    "ordering": ["title", "language"],
                },
            ),
            migrations.CreateModel(
                name="Meeting",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("delivery", "Hate and Prevent Delivery Group"),
                                ("sog", "Senior Officer Group"),
                                ("board", "Strategy Board"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("held_on", models.DateField()),
                    ("place", models.CharField(blank=True, max_length=120)),
                    ("apologies", models.TextField(blank=True)),
                    ("made_at", models.DateTimeField()),
                    ("opened_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "closed_by",
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
                    (
                        "present",
                        models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("others_present", models.TextField(blank=True)),
                ],
                options={
                    "ordering": ["-held_on", "-id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("group", "held_on"), name="one_meeting_of_a_group_a_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("closed_at", None), ("opened_at__isnull", False), _connector="OR"
                            ),
                            name="closed_meeting_was_opened",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MeetingItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("order", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=250)),
                    ("why", models.CharField(blank=True, max_length=250)),
                    ("note", models.TextField(blank=True)),
                    ("decision", models.TextField(blank=True)),
                    ("discussed_at", models.DateTimeField(null=True)),
                    (
                        "action",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="meeting_items",
                            to="actionplans.action",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="actionplans.meeting",
                        ),
                    ),
                    (
                        "noted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["order", "id"],
                },
            ),
            migrations.CreateModel(
                name="LogEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("delivery", "Hate and Prevent Delivery Group"),
                                ("sog", "Senior Officer Group"),
                                ("board", "Strategy Board"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("what", models.TextField()),
                    ("due", models.DateField()),
                    ("made_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "open"), ("done", "done"), ("dropped", "dropped")],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("outcome", models.TextField(blank=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "action",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="log",
                            to="actionplans.action",
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
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="log",
                            to="actionplans.meeting",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="log",
                            to="actionplans.meetingitem",
                        ),
                    ),
                    ("sending", models.UUIDField(editable=False, null=True, unique=True)),
                ],
                options={
                    "ordering": ["group", "-number"],
                    "indexes": [
                        models.Index(fields=["group", "state", "due"], name="log_that_waits"),
                        models.Index(fields=["organisation", "state"], name="log_of_an_organisation"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("group", "number"), name="one_log_entry_a_number"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None), ("state", "open")),
                                models.Q(
                                    models.Q(("state", "open"), _negated=True),
                                    ("ended_at__isnull", False),
                                    ("ended_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="ended_log_entry_has_its_end",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RagOverride",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("rag", models.CharField(max_length=12)),
                    ("reason", models.TextField()),
                    ("at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="overrides",
                            to="actionplans.action",
                        ),
                    ),
                    (
                        "by",
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
                    ("computed", models.CharField(default="", max_length=12)),
                ],
                options={
                    "ordering": ["-at", "-id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("action",),
                            name="one_override_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                ("ended_at__isnull", False),
                                _connector="OR",
                            ),
                            name="override_ended_by_somebody_at_a_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reach",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("channel", models.CharField(max_length=60)),
                    ("people", models.PositiveIntegerField()),
                    ("clicks", models.PositiveIntegerField(null=True)),
                    ("as_at", models.DateField()),
                    ("recorded_at", models.DateTimeField()),
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
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="reach",
                            to="actionplans.campaign",
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
                    "verbose_name_plural": "reach",
                    "ordering": ["-as_at", "-id"],
                },
            ),
            migrations.CreateModel(
                name="TrainingSession",
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
                                ("e-learning", "E-learning"),
                                ("briefing", "Briefing or training day"),
                                ("wrap", "Workshop to raise awareness of Prevent (WRAP)"),
                                ("workshop", "School workshop"),
                                ("theatre", "Theatre performance in a school"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("title", models.CharField(max_length=160)),
                    ("held_on", models.DateField()),
                    ("venue", models.CharField(blank=True, max_length=160)),
                    ("people_reached", models.PositiveIntegerField()),
                    ("answers", models.PositiveIntegerField(default=0)),
                    ("answers_better", models.PositiveIntegerField(default=0)),
                    ("what_people_said", models.TextField(blank=True)),
                    ("recorded_at", models.DateTimeField()),
                    ("taken_back_at", models.DateTimeField(null=True)),
                    (
                        "action",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="sessions",
                            to="actionplans.action",
                        ),
                    ),
                    (
                        "delivered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
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
                        "organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
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
                        "taken_back_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("taken_back_why", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["-held_on", "-id"],
                    "indexes": [models.Index(fields=["kind", "held_on"], name="sessions_by_kind")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("answers_better__lte", models.F("answers"))),
                            name="no_more_better_than_answered",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UpdateCycle",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(unique=True)),
                    ("opens_on", models.DateField()),
                    ("due_on", models.DateField()),
                    ("closes_on", models.DateField()),
                ],
                options={
                    "ordering": ["-month"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("due_on__lte", models.F("closes_on")), ("opens_on__lte", models.F("due_on"))
                            ),
                            name="cycle_opens_is_due_and_closes",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProgressUpdate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("as_at", models.DateField()),
                    ("recorded_at", models.DateTimeField()),
                    ("percent_done", models.PositiveSmallIntegerField()),
                    ("is_no_change", models.BooleanField(default=False)),
                    ("what_changed", models.TextField(blank=True)),
                    ("next_step", models.TextField(blank=True)),
                    ("risk", models.TextField(blank=True)),
                    (
                        "confidence",
                        models.CharField(
                            choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                            default="medium",
                            max_length=10,
                        ),
                    ),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="updates",
                            to="actionplans.action",
                        ),
                    ),
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
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    ("sending", models.UUIDField(editable=False, null=True)),
                    ("is_late", models.BooleanField(default=False)),
                    (
                        "cycle",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="updates",
                            to="actionplans.updatecycle",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-as_at", "-id"],
                    "indexes": [
                        models.Index(
                            fields=["action", "-as_at", "-id"], name="actionplans_action__a38109_idx"
                        ),
                        models.Index(fields=["organisation", "sending"], name="updates_of_a_sending"),
                        models.Index(
                            condition=models.Q(("by__isnull", False)),
                            fields=["as_at", "organisation", "action"],
                            name="updates_of_a_round",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("percent_done__gte", 0), ("percent_done__lte", 100)),
                            name="percent_between_0_and_100",
                        ),
                        models.UniqueConstraint(fields=("action", "sending"), name="one_update_a_sending"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=160)),
                    ("link", models.URLField(blank=True, max_length=500)),
                    ("added_at", models.DateTimeField()),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="evidence",
                            to="actionplans.action",
                        ),
                    ),
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
                        "file",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="files.sealedfile",
                        ),
                    ),
                    (
                        "update",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="evidence",
                            to="actionplans.progressupdate",
                        ),
                    ),
                ],
                options={
                    "ordering": ["added_at", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("link", ""), ("file__isnull", False)),
                                models.Q(models.Q(("link", ""), _negated=True), ("file", None)),
                                _connector="OR",
                            ),
                            name="evidence_is_link_or_file",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("stage", models.SlugField()),
                    ("at", models.DateTimeField()),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="reminders",
                            to="actionplans.updatecycle",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("cycle", "person", "stage"), name="reminded_once_a_stage"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UpdateDraft",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("said", models.JSONField()),
                    ("saved_at", models.DateTimeField()),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="drafts",
                            to="actionplans.action",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="partners.organisation",
                        ),
                    ),
                    (
                        "seen",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="actionplans.progressupdate",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("by", "organisation", "action"), name="one_update_draft_each"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("at", models.DateTimeField()),
                    ("act", models.CharField(max_length=60)),
                    ("data", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="versions",
                            to="actionplans.action",
                        ),
                    ),
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
                    "ordering": ["action", "-number"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("action", "number"), name="one_action_version_a_number"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LogChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "act",
                        models.CharField(
                            choices=[
                                ("done", "Done"),
                                ("dropped", "Dropped"),
                                ("due_moved", "Due date moved"),
                                ("reopened", "Opened again"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField()),
                    ("due_before", models.DateField(null=True)),
                    ("due_after", models.DateField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="changes",
                            to="actionplans.logentry",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("act", "due_moved"),
                                    ("due_after__isnull", False),
                                    ("due_before__isnull", False),
                                ),
                                models.Q(
                                    models.Q(("act", "due_moved"), _negated=True),
                                    ("due_after", None),
                                    ("due_before", None),
                                ),
                                _connector="OR",
                            ),
                            name="moved_due_date_has_both_days",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Edition",
                fields=[
                    ("connection", models.IntegerField(primary_key=True, serialize=False)),
                    ("mark", models.BigIntegerField()),
                    ("names", models.BigIntegerField(db_default=0, default=0)),
                ],
            ),
            migrations.CreateModel(
                name="Standing",
                fields=[
                    (
                        "action",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            serialize=False,
                            to="actionplans.action",
                        ),
                    ),
                    ("turn", models.BigIntegerField()),
                    ("rated_on", models.DateField(null=True)),
                    ("rag", models.CharField(default="", max_length=12)),
                    ("by_progress", models.CharField(default="", max_length=12)),
                    ("rank", models.PositiveSmallIntegerField(default=0)),
                    ("is_milestone_late", models.BooleanField(default=False)),
                    ("is_measure_behind", models.BooleanField(default=False)),
                    ("slips", models.BooleanField(default=False)),
                    ("before_on", models.DateField(null=True)),
                    ("before", models.CharField(default="", max_length=12)),
                    (
                        "plan",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="actionplans.actionplan",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["rated_on"], name="standing_of_a_day"),
                        models.Index(
                            condition=models.Q(("rag__in", ["amber", "overdue", "red"])),
                            fields=["rank", "action"],
                            name="standing_exceptions",
                        ),
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="MeetingItem",
            name="entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussed",
                to="actionplans.logentry",
            ),
        ),
        migrations.AddField(
            model_name="MeetingItem",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
