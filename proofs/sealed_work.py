"""What the proof of rotation does inside the portal's own process: sealing many values, and opening every one of them.

Run with the portal's environment: `python -m proofs.sealed_work fill REPORTS DRAFTS PEOPLE` and `… open`.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from llr_hate.keys.places import sealed_models  # noqa: E402
from partners.models import User  # noqa: E402
from partners.sign_in import SecondFactorAdapter  # noqa: E402
from reporting.historic import HistoricRow, receive_historic  # noqa: E402
from reporting.models import Draft, Report  # noqa: E402
from scope.context import worker_scope  # noqa: E402
from tests.people import client_for, gwen  # noqa: E402
from vault.keys import MissingKey  # noqa: E402
from vault.models import DataKey, SealedModel  # noqa: E402
from vault.sealing import CannotOpen  # noqa: E402

ROWS_A_BATCH = 1000


def words(number: int) -> str:
    """What is sealed for the invented report or draft of this number; it comes back by the row's own id."""
    return f"Told as number {number}."


def fill(reports: int, drafts: int, people: int) -> dict[str, Any]:
    """Seals so many values by the portal's own acts, and lets an officer in who reads meanwhile."""
    now = timezone.now()
    rows = (
        HistoricRow(
            received_at=now - timedelta(days=30),
            strands=("race",),
            place_kind="street",
            words=words(number),
            answers={"Q19": "no"},
            key=UUID(int=number),
        )
        for number in range(1, reports + 1)
    )
    receive_historic(rows, now=now)
    for begin in range(1, drafts + 1, ROWS_A_BATCH):
        Draft.objects.bulk_create(
            _draft(number) for number in range(begin, min(begin + ROWS_A_BATCH, drafts + 1))
        )
    _second_factors(people)
    officer = gwen(now=now)
    session = client_for(officer).cookies[settings.SESSION_COOKIE_NAME].value
    return {"cookie": settings.SESSION_COOKIE_NAME, "session": session, **count()}


def _draft(number: int) -> Draft:
    draft = Draft(pk=UUID(int=number), expires_on=timezone.localdate() + timedelta(days=28))
    draft._write({"Q07": words(number)})
    return draft


def _second_factors(people: int) -> None:
    adapter = SecondFactorAdapter()
    users = User.objects.bulk_create(
        User(email=f"person{number}@example.example", name=f"Person {number}", date_joined=timezone.now())
        for number in range(people)
    )
    Authenticator.objects.bulk_create(
        Authenticator(
            user=user, type=Authenticator.Type.TOTP, data={"secret": adapter.encrypt(f"secret of {user.pk}")}
        )
        for user in users
    )


def count() -> dict[str, int]:
    """How many sealed values there are."""
    with worker_scope():
        cells = sum(
            model._base_manager.exclude(**{column: None}).count()
            for model in sealed_models()
            for column in model.sealed_columns()
        )
        factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP).count()
        return {"values": cells + DataKey.objects.count() + factors}


def open_all() -> dict[str, Any]:
    """Opens every value there is: how many opened, how many did not, how many said something else than was sealed."""
    found: Counter[str] = Counter()
    with worker_scope():
        for what, said in (*_cells(), *_keys(), *_factors()):
            found[what] += 1
            found["different"] += not said
    return {"opened": found["opened"], "unreadable": found["unreadable"], "different": found["different"]}


def _cells() -> Iterator[tuple[str, bool]]:
    for model in sealed_models():
        manager = model._base_manager
        rows = manager.select_related(model.way_to_data_key) if model is Report else manager.all()
        for row in rows.iterator(chunk_size=ROWS_A_BATCH):
            for column in row.sealed_columns():
                if getattr(row, column):
                    yield _opened(row, column)


def _opened(row: SealedModel, column: str) -> tuple[str, bool]:
    try:
        text = row.sealing_key().unseal(row.place(column), bytes(getattr(row, column)))
    except (CannotOpen, MissingKey):
        return "unreadable", True
    return "opened", _says_what_was_sealed(row, column, text.decode())


def _says_what_was_sealed(row: SealedModel, column: str, text: str) -> bool:
    """Only for the rows that `fill` made: what people send meanwhile is looked at in their own browsers."""
    if isinstance(row, Report) and column == "words" and row.idempotency_key.int < 10**9:
        return text == words(row.idempotency_key.int)
    if isinstance(row, Draft) and row.pk.int < 10**9:
        return bool(json.loads(text).get("Q07") == words(row.pk.int))
    return True


def _keys() -> Iterator[tuple[str, bool]]:
    for key in DataKey.objects.iterator(chunk_size=ROWS_A_BATCH):
        try:
            yield "opened", len(key.secret) == 32
        except (CannotOpen, MissingKey):
            yield "unreadable", True


def _factors() -> Iterator[tuple[str, bool]]:
    adapter = SecondFactorAdapter()
    for factor in Authenticator.objects.filter(type=Authenticator.Type.TOTP).iterator():
        try:
            yield "opened", adapter.decrypt(factor.data["secret"]) == f"secret of {factor.user_id}"
        except (CannotOpen, MissingKey):
            yield "unreadable", True


if __name__ == "__main__":
    act, *numbers = sys.argv[1:]
    print(json.dumps(fill(*map(int, numbers)) if act == "fill" else open_all()))
