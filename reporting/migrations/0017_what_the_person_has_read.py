from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0016_said_later")]

    operations = [
        migrations.AddField(
            model_name="reportermessage",
            name="read_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
