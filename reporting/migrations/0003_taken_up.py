from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_row_level_security")]

    operations = [
        migrations.AddField("report", "taken_up_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddIndex(
            "report",
            models.Index(
                condition=models.Q(("taken_up_at", None), models.Q(("channel", "historic"), _negated=True)),
                fields=["-needs_same_day_look", "received_at", "id"],
                name="report_waits",
            ),
        ),
    ]
