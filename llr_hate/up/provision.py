"""What the database must hold before the first migration; the tests' databases get the same."""

from typing import Any


def provision(connection: Any, app_role: str) -> None:
    """Let `app_role` use, never own, what the connected role will make in schema public; safe to repeat.

    `connection` is any DB-API or Django connection to that database, as the role that migrates.
    """
    role = '"' + app_role.replace('"', '""') + '"'
    with connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)


def statements(role: str) -> list[str]:
    """Default grants, for tables to come: a table that a migration has closed stays closed."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ]
