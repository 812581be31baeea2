"""A database that somebody else runs: used as it is given, with a role of its own to serve with."""

import contextlib
import secrets
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

import psycopg2

from llr_hate.up import postgres
from llr_hate.up.datafolder import DataFolder
from llr_hate.up.problem import StartProblem
from llr_hate.up.provision import provision


def addresses(folder: DataFolder, outside: Mapping[str, str]) -> dict[str, str]:
    """The serving and the migrating address; the serving role is made where only one strong address is given."""
    given, owner = outside[postgres.APP_KEY], outside.get(postgres.OWNER_KEY)
    if owner:
        serving, owning = given, owner
    else:
        serving, owning = own_role(folder, given), given
    with reached(owning) as connection:
        provision(connection, unquote(urlsplit(serving).username or ""))
    return {postgres.APP_KEY: serving, postgres.OWNER_KEY: owning}


def own_role(folder: DataFolder, given: str) -> str:
    """The address of llr_app on the given server, made or refreshed with a password kept in the data folder."""
    parts = urlsplit(given)
    known = urlsplit(folder.settings().get(postgres.APP_KEY, ""))
    password = unquote(known.password or "") if known.username == postgres.APP else ""
    host = (parts.netloc.rpartition("@")[2]) or "127.0.0.1"
    login = f"{postgres.APP}:{quote(password or secrets.token_urlsafe(24), safe='')}"
    serving = parts._replace(netloc=f"{login}@{host}").geturl()
    with reached(given) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        (may_make_roles,) = cursor.fetchone() or (False,)
        if not may_make_roles:
            raise StartProblem(
                "The role in DATABASE_URL may not create roles: give DATABASE_URL for the serving role and"
                " DATABASE_OWNER_URL for the role that owns the database."
            )
        postgres.make_role(cursor, serving, "")
    return serving


def reached(url: str) -> contextlib.AbstractContextManager[psycopg2.extensions.connection]:
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.Error as error:
        where = urlsplit(url).hostname or "the given address"
        raise StartProblem(
            f"The database at {where} can't be reached: {str(error).strip().splitlines()[0]}."
        ) from error
    return postgres.connected(url)
