"""How far the transactions of an earlier cluster were counted, for what is sealed after a restore."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_stamped_and_sealed")]

    operations = [
        migrations.AddField(model_name="seal", name="ceiling", field=models.BigIntegerField(default=0)),
    ]
