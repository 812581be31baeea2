"""Work to be done after commit. The row is written in the transaction of the act, so work is never lost and
never done for an act that did not happen; a worker delivers it at least once and every handler is idempotent."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.db import models, transaction

log = logging.getLogger("llr.outbox")

Handler = Callable[[dict[str, Any], datetime], None]
HANDLERS: dict[str, Handler] = {}
GIVES_UP: dict[str, Handler] = {}
# Three days: a mail server that is away for a weekend is waited for.
MAX_ATTEMPTS = 80


class NoHandler(Exception):
    """Nobody has said how to do this kind of work."""


class NotYet(Exception):
    """Nothing failed: this is not the hour. `until` is when to look again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers the decorated function (payload, now) as the one that does `kind`; it must be idempotent."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def when_given_up(kind: str) -> Callable[[Handler], Handler]:
    """Registers the decorated function as the one that hears that `kind` was tried too often."""

    def register(function: Handler) -> Handler:
        GIVES_UP[kind] = function
        return function

    return register


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Questions about work that waits."""

    def due(self, *, now: datetime) -> "OutboxQuerySet":
        """What is to be tried at `now`, the longest waiting first."""
        return self.filter(delivered_at=None, try_at__lte=now, attempts__lt=MAX_ATTEMPTS).order_by("try_at")

    def given_up(self) -> "OutboxQuerySet":
        """What was tried too often and waits for a person."""
        return self.filter(delivered_at=None, attempts__gte=MAX_ATTEMPTS)


class OutboxEntry(models.Model):
    """One piece of work. `payload` holds ids, never a person's words, names or addresses."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox entries"
        indexes = [
            models.Index(fields=["try_at"], condition=models.Q(delivered_at=None), name="outbox_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @classmethod
    def prepare(cls, kind: str, key: str, payload: dict[str, Any], *, now: datetime) -> "OutboxEntry":
        """The same as `put` for an act that adds it itself, unless its key is there; the sweep of the next minute
        finds it."""
        return cls(kind=kind, key=f"{kind}:{key}", payload=payload, created_at=now, try_at=now)

    @classmethod
    def put(cls, kind: str, key: str, payload: dict[str, Any], *, now: datetime) -> None:
        """Asks for `kind` to be done once for `key`; asking again changes nothing.

        A worker hears of it after commit; if the broker is down, the sweep of the next minute finds it.
        """
        OutboxEntry.objects.bulk_create([cls.prepare(kind, key, payload, now=now)], ignore_conflicts=True)
        # One word to the worker is enough for all that a transaction puts.
        if not any(function is _tell_worker for _, function, _ in transaction.get_connection().run_on_commit):
            transaction.on_commit(_tell_worker, robust=True)

    @classmethod
    def deliver_one(cls, entry_id: UUID, *, now: datetime) -> bool:
        """Does one piece of work under a row lock; False when another worker has it, or it is done."""
        with transaction.atomic():
            entry = (
                cls.objects.select_for_update(skip_locked=True).filter(pk=entry_id, delivered_at=None).first()
            )
            if entry is None:
                return False
            entry.attempts += 1
            entry._attempt(now)
            entry.save(update_fields=["attempts", "try_at", "delivered_at"])
            return entry.delivered_at is not None

    def _attempt(self, now: datetime) -> None:
        try:
            with transaction.atomic():
                _handler_of(self.kind)(self.payload, now)
            self.delivered_at = now
        except NotYet as later:
            self.attempts -= 1
            self.try_at = later.until
        except Exception:  # whatever the other side did, this entry waits longer and the others go on
            self.try_at = now + timedelta(seconds=min(2 ** min(self.attempts, 8) * 15, 3600))
            log.warning("not delivered", extra={"kind": self.kind, "attempts": self.attempts}, exc_info=True)
            if self.attempts >= MAX_ATTEMPTS and self.kind in GIVES_UP:
                self._give_up(now)

    def _give_up(self, now: datetime) -> None:
        try:
            with transaction.atomic():
                GIVES_UP[self.kind](self.payload, now)
        except Exception:  # the others go on; this entry still waits for a person
            log.exception("giving up failed", extra={"kind": self.kind})


def _handler_of(kind: str) -> Handler:
    try:
        return HANDLERS[kind]
    except KeyError:
        raise NoHandler(kind) from None


def _tell_worker() -> None:
    current_app.send_task("outbox.sweep", ignore_result=True, retry=False)
