"""Whether the portal can do its work, for whatever watches it."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from vault.keys import MissingKey, keyring


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the keys are there. A broker or mail server that is down does not stop a
    report from being received, so it is not asked here."""
    faults = {name: fault for name, fault in (("database", _database()), ("keys", _keys())) if fault}
    return JsonResponse(
        {"status": "failing" if faults else "ok", "faults": faults}, status=503 if faults else 200
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever it is, the answer is the same
        return "The database does not answer."
    return ""


def _keys() -> str:
    try:
        keyring()
    except MissingKey as missing:
        return str(missing)
    return ""
