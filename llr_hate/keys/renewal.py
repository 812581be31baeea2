"""Encrypting reports anew: each report's data key takes a new secret, and all it sealed in any room is sealed again.

A report is renewed in one transaction. Whoever reads or writes meanwhile may hold the key or the rows as they were
before: so for a while the secret of before still opens. Settling comes last: it looks at every value once more, seals
again what somebody wrote with the secret of before, and only then forgets that secret.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, models
from psycopg2.errors import LockNotAvailable

from llr_hate.keys.places import sealed_models
from llr_hate.keys.rotation import Progress, Say
from scope.context import worker_scope
from vault.keys import Key, keyring
from vault.models import DataKey, SealedModel
from vault.sealing import CannotOpen

# Longer than any request or task may hold what it has read.
SETTLES_AFTER = timedelta(seconds=60)
KEYS_A_LOOK = 500


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
    for data_key_id in _ids(_to_renew(keyring().newest("wrap"))):
        progress.add(_unless_busy(renew, data_key_id, now))
    return progress.done


def settle_all(*, now: datetime, say: Say, settles_after: timedelta = SETTLES_AFTER) -> int:
    """Forgets the secrets of before, where they were replaced long enough ago; gives how many."""
    progress = Progress("reports settled", count_to_settle(), say)
    due = DataKey.objects.exclude(previous=None).filter(renewed_at__lte=now - settles_after)
    for data_key_id in _ids(due):
        progress.add(_unless_busy(settle, data_key_id, now))
    return progress.done


def renew(data_key_id: UUID, now: datetime) -> bool:
    """Gives one data key a new secret and seals everything under it anew; False when somebody else was quicker."""
    with worker_scope():
        key = (
            _to_renew(keyring().newest("wrap")).select_for_update(nowait=True).filter(pk=data_key_id).first()
        )
        if key is None:
            return False
        key.renew(now=now)
        _seal_anew(key)
        key.save()
        return True


def settle(data_key_id: UUID, now: datetime) -> bool:
    """Seals anew what is still under the secret of before, and forgets it."""
    with worker_scope():
        key = DataKey.objects.select_for_update(nowait=True).filter(pk=data_key_id).first()
        if key is None or key.previous is None:
            return False
        _seal_anew(key)
        key.settle()
        key.save()
        return True


def _to_renew(newest: Key) -> models.QuerySet[DataKey]:
    return DataKey.objects.exclude(made_under=newest.id).filter(previous=None)


def _ids(keys: models.QuerySet[DataKey]) -> Iterator[UUID]:
    """Their ids, a few at a time: nothing is held open while they are worked on."""
    after: UUID | None = None
    while True:
        with worker_scope():
            some = keys.order_by("pk") if after is None else keys.order_by("pk").filter(pk__gt=after)
            found = list(some.values_list("pk", flat=True)[:KEYS_A_LOOK])
        if not found:
            return
        yield from found
        after = found[-1]


def _unless_busy(act: Callable[[UUID, datetime], bool], data_key_id: UUID, now: datetime) -> int:
    try:
        return int(act(data_key_id, now))
    except OperationalError as error:
        # Somebody is writing to this report. We wait for nobody: so nobody can end up waiting for us in a circle.
        if isinstance(error.__cause__, LockNotAvailable):
            return 0
        raise


def _seal_anew(key: DataKey) -> None:
    for model in sealed_models():
        if model.way_to_data_key:
            rows = model._base_manager.filter(**{model.way_to_data_key: key})
            for row in rows.select_for_update(nowait=True, no_key=True, of=("self",)):
                _seal_row_anew(row, key)


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
        row.save(update_fields=changed)
