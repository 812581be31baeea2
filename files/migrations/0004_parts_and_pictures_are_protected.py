from django.db import migrations

from scope.policies import BY_WORKER, protect


class Migration(migrations.Migration):
    dependencies = [("files", "0003_parts_and_pictures")]

    operations = [
        protect("files_sealedpart", read=BY_WORKER),
        protect("files_picture", read=BY_WORKER),
    ]
