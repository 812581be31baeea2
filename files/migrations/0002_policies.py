"""Only the worker opens what is sealed."""

from django.db import migrations

from scope.policies import BY_WORKER, protect


class Migration(migrations.Migration):
    replaces = [
        ("files", "0002_row_level_security"),
        ("files", "0004_parts_and_pictures_are_protected"),
    ]
    dependencies = [
        ("files", "0001_tables"),
    ]

    operations = [
        protect("files_sealedfile", read=BY_WORKER),
        protect("files_sealedpart", read=BY_WORKER),
        protect("files_picture", read=BY_WORKER),
    ]
