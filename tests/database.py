"""The tests' database: the owner's role makes and migrates it, the serving role is held by its policies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from llr_hate.up.provision import provision

# Names a database that is migrated already: a copy of it takes a moment, where migrating takes seconds.
TEMPLATE = "LLR_TEST_TEMPLATE"


@contextmanager
def make_test_database(name: str) -> Iterator[None]:
    """A migrated database called `name` behind both aliases for the block, dropped afterwards."""
    template = os.environ.get(TEMPLATE)
    owner, served = connections["owner"], connections["default"]
    home = owner.settings_dict["NAME"]
    with owner.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    _point_at(name)
    try:
        if not template:
            provision(owner, served.settings_dict["USER"])
            call_command("migrate", database="owner", verbosity=0)
        yield
    finally:
        _point_at(home)
        with owner.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        owner.close()


def make_template(name: str) -> None:
    """A migrated database that `LLR_TEST_TEMPLATE` may name; it stays."""
    owner, served = connections["owner"], connections["default"]
    with owner.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    _point_at(name)
    provision(owner, served.settings_dict["USER"])
    call_command("migrate", database="owner", verbosity=0)
    owner.close()


def _point_at(name: str) -> None:
    for connection in (connections["owner"], connections["default"]):
        connection.close()
        connection.settings_dict["NAME"] = name


def empty_all_tables() -> None:
    """Deletes every row with the owner's role: after a test that had to commit."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} CASCADE")
