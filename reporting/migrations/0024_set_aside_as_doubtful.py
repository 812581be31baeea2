from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0023_a_level_that_an_officer_judged")]

    operations = [
        migrations.AddField("report", "set_aside_at", models.DateTimeField(editable=False, null=True)),
        migrations.RemoveIndex("report", "report_waits"),
        migrations.AddIndex(
            "report",
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
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                condition=models.Q(("set_aside_at__isnull", False)),
                fields=["set_aside_at"],
                name="report_set_aside",
            ),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=models.Q(("taken_up_at", None), ("set_aside_at", None), _connector="OR"),
                name="nobody_works_on_what_is_set_aside",
            ),
        ),
    ]
