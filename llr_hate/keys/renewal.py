"""Encrypting reports anew: each report's data key takes a new secret, and all it sealed in any room is sealed again.

Some reports are renewed in one transaction. Whoever reads or writes meanwhile may hold the key or the rows as they were
before: so for a while the secret of before still opens. Settling comes last: it looks at every value once more, seals
again what somebody wrote with the secret of before, and only then forgets that secret.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, models
from psycopg2.errors import LockNotAvailable

from llr_hate.keys.places import sealed_models, write
from llr_hate.keys.rotation import Progress, Say
from scope.context import worker_scope
from vault.keys import Key, keyring
from vault.models import DataKey, SealedModel
from vault.sealing import CannotOpen

# Longer than any request or task may hold what it has read.
SETTLES_AFTER = timedelta(seconds=60)
REPORTS_A_STEP = 40
ROWS_A_LOOK = 5
COLUMNS = ("wrapped", "wrapped_by", "made_under", "previous", "renewed_at")
Act = Callable[[Sequence[UUID], datetime], int]


def count_to_renew() -> int:
    """Reports whose secret is older than the newest wrapping key."""
    with worker_scope():
        return _to_renew(keyring().newest("wrap")).count()


def count_to_settle() -> int:
    """Reports whose secret of before is still kept."""
    with worker_scope():
        return DataKey.objects.exclude(previous=None).count()


def renew_all(*, now: datetime, say: Say) -> int:
    """Renews every data key whose secret is older than the newest wrapping key; those that are in use wait for the next
    run. Gives how many were renewed."""
    progress = Progress("reports encrypted anew", count_to_renew(), say)
    for some in _in_steps(_to_renew(keyring().newest("wrap"))):
        progress.add(_those_not_busy(renew, some, now))
    return progress.done


def settle_all(*, now: datetime, say: Say, settles_after: timedelta = SETTLES_AFTER) -> int:
    """Forgets the secrets of before, where they were replaced long enough ago; gives how many."""
    progress = Progress("reports settled", count_to_settle(), say)
    due = DataKey.objects.exclude(previous=None).filter(renewed_at__lte=now - settles_after)
    for some in _in_steps(due):
        progress.add(_those_not_busy(settle, some, now))
    return progress.done


def renew(data_key_ids: Sequence[UUID], now: datetime) -> int:
    """Gives some data keys new secrets and seals everything under them anew; how many were not renewed already."""
    return _change(
        _to_renew(keyring().newest("wrap")).filter(pk__in=data_key_ids), lambda key: key.renew(now=now)
    )


def settle(data_key_ids: Sequence[UUID], _now: datetime) -> int:
    """Seals anew what is still under the secrets of before, and forgets them; how many still had one."""
    return _change(
        DataKey.objects.exclude(previous=None).filter(pk__in=data_key_ids), DataKey.settle, seal_first=True
    )


def _change(
    wanted: models.QuerySet[DataKey], change: Callable[[DataKey], None], *, seal_first: bool = False
) -> int:
    with worker_scope():
        keys = {key.pk: key for key in wanted.select_for_update(nowait=True)}
        if seal_first:
            _seal_anew(keys)
        for key in keys.values():
            change(key)
        if not seal_first:
            _seal_anew(keys)
        write(list(keys.values()), COLUMNS)
        return len(keys)


def _to_renew(newest: Key) -> models.QuerySet[DataKey]:
    return DataKey.objects.exclude(made_under=newest.id).filter(previous=None)


def _in_steps(keys: models.QuerySet[DataKey]) -> Iterator[list[UUID]]:
    """Their ids, a few at a time: nothing is held open while they are worked on."""
    after: UUID | None = None
    while True:
        with worker_scope():
            some = keys.order_by("pk") if after is None else keys.order_by("pk").filter(pk__gt=after)
            found = list(some.values_list("pk", flat=True)[:REPORTS_A_STEP])
        if not found:
            return
        yield found
        after = found[-1]


def _those_not_busy(act: Act, data_key_ids: Sequence[UUID], now: datetime) -> int:
    """All in one transaction; where somebody is writing to one of them, each in its own and that one not at all.

    We wait for nobody: so nobody can end up waiting for us in a circle.
    """
    try:
        return act(data_key_ids, now)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
    if len(data_key_ids) == 1:
        return 0
    return sum(_those_not_busy(act, [each], now) for each in data_key_ids)


def _seal_anew(keys: Mapping[UUID, DataKey]) -> None:
    for model in sealed_models():
        if model.way_to_data_key:
            rows = model._base_manager.filter(**{f"{model.way_to_data_key}__in": list(keys)})
            rows = rows.annotate(sealed_under=models.F(model.way_to_data_key))
            locked = rows.select_for_update(nowait=True, no_key=True, of=("self",))
            # A few at a time: a sealed file is as large as ten megabytes.
            for row in locked.iterator(chunk_size=ROWS_A_LOOK):
                _seal_row_anew(row, keys[row.sealed_under])


def _seal_row_anew(row: SealedModel, key: DataKey) -> None:
    changed = []
    for column in row.sealed_columns():
        sealed, place = getattr(row, column), row.place(column)
        if sealed and not key.opens_now(place, bytes(sealed)):
            try:
                setattr(row, column, key.seal(place, key.unseal(place, bytes(sealed))))
            except CannotOpen:
                # It was unreadable before, or belongs to another report of the same case: it stays as it is.
                continue
            changed.append(column)
    if changed:
        write([row], changed)
