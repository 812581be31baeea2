"""A task for the tests alone: what raw SQL sees inside the worker's own process."""

import json
from pathlib import Path

from celery import shared_task
from django.db import connection

from scope.context import staff_scope, worker_scope
from tests.scope.tables import PROTECTED

NAME = "tests.scope.probe"


@shared_task(name=NAME)
def look(organisations: dict[str, int], path: str) -> None:
    """Writes how many rows of each protected table there are without a scope, and in each."""
    seen = {"no scope": rows()}
    for name, organisation in organisations.items():
        with staff_scope(organisation):
            seen[name] = rows()
    with worker_scope():
        seen["worker"] = rows()
    seen["no scope again"] = rows()
    written = Path(f"{path}.new")
    written.write_text(json.dumps(seen))
    written.rename(path)


def rows() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in PROTECTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts
