"""Who has told in a round is asked of a few weeks, and not of many years of updates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0010_how_actions_stand_is_kept")]

    operations = [
        migrations.AddIndex(
            "progressupdate",
            models.Index(
                condition=models.Q(("by__isnull", False)),
                fields=["as_at", "organisation", "action"],
                name="updates_of_a_round",
            ),
        ),
    ]
