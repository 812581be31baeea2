"""The seal that holds an event is found by how far it reaches."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_restart")]

    operations = [
        migrations.AddIndex(
            model_name="seal",
            index=models.Index(fields=["up_to_xid", "up_to_id"], name="audit_seal_place"),
        ),
    ]
