"""Who is asking, read anew for each request of staff: the person, where they work and in which roles, in one question.

It is written out because composing three takes longer than answering one, and everybody waits for it on every page.
"""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as SessionsInDatabase
from django.db import connection, models
from django.utils import timezone

from partners.models import Membership, Organisation, User

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
PERSON = """
SELECT {columns} FROM partners_user person
LEFT JOIN partners_membership work ON work.user_id = person.id AND work.left_at IS NULL
LEFT JOIN partners_organisation place ON place.id = work.organisation_id
WHERE person.id = %s
"""
TABLES: tuple[tuple[str, type[models.Model]], ...] = (
    ("person", User),
    ("work", Membership),
    ("place", Organisation),
)


class SessionStore(SessionsInDatabase):
    """Django's own sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What the session holds; one that has ended, or never was, is a new one."""
        row = _one(SESSION, [self.session_key, timezone.now()])
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


class StaffBackend(AuthenticationBackend):
    """Lets in as allauth does; whoever is in already comes with their work of today."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with this id; nobody where they are not there any more or must not come in."""
        row = _one(_person(), [user_id])
        if row is None:
            return None
        user = _with_work(iter(row))
        return user if self.user_can_authenticate(user) else None


def _with_work(values: Any) -> User:
    user, work, place = (_made(model, values) for _alias, model in TABLES)
    if work.pk is None:
        work = None
    else:
        work.user, work.organisation = user, place
    # Where `User.membership` keeps what it has looked up.
    user.__dict__["membership"] = work
    return user


def _made(model: type[models.Model], values: Any) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, [next(values) for _name in names])


@cache
def _person() -> str:
    columns = (
        f'{alias}."{field.column}"' for alias, model in TABLES for field in model._meta.concrete_fields
    )
    return PERSON.format(columns=", ".join(columns))


def _one(question: str, given: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()
