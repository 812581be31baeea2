"""The tests' database: the owner's role makes and migrates it, the serving role is held by its policies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from llr_hate.up.provision import provision


@contextmanager
def make_test_database(name: str) -> Iterator[None]:
    """A migrated database called `name` behind both aliases for the block, dropped afterwards."""
    owner = connections["owner"]
    home = owner.settings_dict["NAME"]
    try:
        make_database(name)
        yield
    finally:
        point_at(home)
        with owner.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.close()


def make_database(name: str) -> None:
    """Makes and migrates it, and leaves both aliases there."""
    owner, served = connections["owner"], connections["default"]
    with owner.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    point_at(name)
    provision(owner, served.settings_dict["USER"])
    call_command("migrate", database="owner", verbosity=0)


def point_at(name: str) -> None:
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
