from django.db import migrations

from scope.policies import BY_WORKER, protect


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [protect("files_sealedfile", read=BY_WORKER)]
