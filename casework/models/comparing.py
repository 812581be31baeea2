"""What tables of people who are compared have in common: signs that were left, and what somebody said of two."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from casework.matching import Sign
from partners.models import User
from scope.context import worker_scope
from vault.keys import Key

# Of every table of pairs.
COLUMNS: tuple[str, ...] = ("one_id", "other_id", "is_same")


class KeyedSign(models.Model):
    """One sign of somebody, as a keyed digest. `owner` names the column that says whose."""

    owner: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} of {getattr(self, f'{self.owner}_id')}"

    @classmethod
    def leave(cls, whose: models.Model, signs: Iterable[Sign], key: Key) -> None:
        """Leaves these signs of somebody under this key, and no others."""
        with worker_scope():
            cls._default_manager.filter(**{cls.owner: whose}).delete()
        left: Iterable[Any] = (
            cls(**{cls.owner: whose}, kind=sign.kind, digest=sign.digest(key)) for sign in signs
        )
        cls._default_manager.bulk_create(left)


class Pair(models.Model):
    """Somebody compared two who were written down, and said whether they are one. `one` and `other` are columns of the
    table itself; the smaller id stands first, so that a pair is one row."""

    one_id: UUID
    other_id: UUID

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    is_same = models.BooleanField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    @classmethod
    def decide(cls, one: UUID, other: UUID, *, is_same: bool, by: User, now: datetime) -> None:
        """Keeps the newest word about a pair; part of an act on both cases."""
        said = {"is_same": is_same, "decided_by": by, "decided_at": now}
        cls._default_manager.update_or_create(**_in_order(one, other), defaults=said)

    @classmethod
    def take_back(cls, one: UUID, other: UUID) -> None:
        """Nobody said anything about a pair, as before; in the worker's scope."""
        cls._default_manager.filter(**_in_order(one, other)).delete()

    @classmethod
    def said_of(cls, some: Collection[UUID]) -> dict[frozenset[UUID], bool]:
        """What was said about some and whoever they were compared with."""
        pairs = cls._default_manager.filter(Q(one__in=some) | Q(other__in=some))
        return {frozenset((one, other)): is_same for one, other, is_same in pairs.values_list(*COLUMNS)}


def _in_order(one: UUID, other: UUID) -> dict[str, Any]:
    first, second = sorted((one, other))
    return {"one_id": first, "other_id": second}
