"""Each second factor's secret is sealed for its person and kind: until now it was bound to the table alone.

What does not open stays as it is: it opened for nobody before either. A key that is missing stops the migration.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from vault.keys import keyring
from vault.sealing import CannotOpen, place_of

SECRETS = {"totp": "secret", "recovery_codes": "seed"}

Place = Callable[[Any], str]


def of_the_table(row: Any) -> str:
    return place_of("mfa_authenticator", "data", "secret")


def of_the_person(row: Any) -> str:
    return place_of("mfa_authenticator", f"data.{row.type}", row.user_id)


def bind(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    move_all(apps, schema_editor, before=of_the_table, after=of_the_person)


def unbind(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    move_all(apps, schema_editor, before=of_the_person, after=of_the_table)


def move_all(
    apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, *, before: Place, after: Place
) -> None:
    rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for row in rows.filter(type__in=SECRETS).select_for_update().order_by("pk"):
        name = SECRETS[row.type]
        try:
            secret = opened(before(row), row.data[name])
        except (CannotOpen, ValueError, KeyError, TypeError, AttributeError):
            continue
        row.data = {**row.data, name: sealed(after(row), secret)}
        row.save(update_fields=["data"])


def opened(place: str, text: str) -> bytes:
    key_id, _, value = text.partition(":")
    if not value:
        raise CannotOpen(f"What stands at {place} was never sealed.")
    return keyring().by_id(key_id).unseal(place, b64decode(value))


def sealed(place: str, secret: bytes) -> str:
    key = keyring().newest("wrap")
    return f"{key.id}:{b64encode(key.seal(place, secret)).decode()}"


class Migration(migrations.Migration):
    replaces = [("partners", "0009_second_factors_bound_to_their_person")]
    dependencies = [("partners", "0002_versions_are_kept"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(bind, unbind)]
