import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vault.models
from scope.policies import may_write, protect, through

OF_A_CASE = through("casework_case", "case_id")


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_set_aside_security"),
        ("partners", "0014_versions_of_centres"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", vault.models.SealedField(blank=True, null=True)),
                ("due_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="casework.case"
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
        protect("casework_task", read=OF_A_CASE, write=may_write(OF_A_CASE)),
    ]
