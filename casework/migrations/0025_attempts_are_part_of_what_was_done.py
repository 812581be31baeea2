from django.db import migrations

from scope.only_parts import only_with_part
from scope.policies import through


class Migration(migrations.Migration):
    """Who was not given what was done on a case does not find who tried to reach the person either."""

    dependencies = [
        ("casework", "0024_who_is_said_to_have_done_it"),
        ("reporting", "0025_parts_and_requests_to_help"),
    ]

    operations = [
        only_with_part("casework_contactattempt", "done", before=through("casework_case", "case_id")),
    ]
