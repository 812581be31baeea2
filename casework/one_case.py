"""One case by its reference, with who leads it and who works on it: what `Case.objects.visible_to` says, written out
because every page of a case begins with it, and composing it takes longer than answering it (docs/adr/0026)."""

from functools import cache
from typing import Any

from django.db import connection, models

from casework.models import Case
from partners.models import Organisation, User
from scope.planned import PLAN_AT_ONCE, run_planned

QUESTION = """
SELECT {columns} FROM casework_case found
JOIN partners_organisation lead ON lead.id = found.lead_organisation_id
LEFT JOIN partners_user worker ON worker.id = found.assigned_to_id
WHERE found.reference = %s AND found.visible_to @> ARRAY[%s]::int[]
  AND (found.barred_people IS NULL OR NOT found.barred_people @> ARRAY[%s]::int[])
"""
TABLES: tuple[tuple[str, type[models.Model]], ...] = (
    ("found", Case),
    ("lead", Organisation),
    ("worker", User),
)


def visible_case(user: User, reference: str) -> Case | None:
    """The case with this reference, if this person may see it."""
    with connection.cursor() as cursor:
        run_planned(cursor, [(_question(), [reference, user.organisation_id, user.pk])], under=[PLAN_AT_ONCE])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    case, lead, worker = (_made(model, values) for _alias, model in TABLES)
    case.lead_organisation, case.assigned_to = lead, worker if worker.pk else None
    return case


def _made(model: type[models.Model], values: Any) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, [next(values) for _name in names])


@cache
def _question() -> str:
    columns = (
        f'{alias}."{field.column}"' for alias, model in TABLES for field in model._meta.concrete_fields
    )
    return QUESTION.format(columns=", ".join(columns))
