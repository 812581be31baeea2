"""The one list of places where something is sealed directly under a key of the key file. Rotation walks it, the
start-up check asks it, and a key is only retired when none of them holds it any more."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from casework.duplicates import signs_of
from casework.models import Person, PoliceAnswer, ReportSigns, SuspectRecord
from partners import second_factors
from partners.models.printed_code import LAST, PrintedCode
from reporting.models import Draft
from vault.keys import Key, MissingKey
from vault.models import DataKey, SealedModel
from vault.sealing import CannotOpen


@dataclass
class Batch:
    """What became of some rows: `last` is where the next batch goes on, None behind the last row."""

    last: Any = None
    done: int = 0
    unreadable: list[str] = field(default_factory=list)


class Place(ABC):
    """A table whose rows hold the id of the key that they are sealed under. Ask and act in the worker's scope."""

    name: str
    purpose: str
    model: type[models.Model]

    @abstractmethod
    def key_ids(self) -> set[str]:
        """The keys that are in use here."""

    @abstractmethod
    def count_under(self, key_id: str) -> int:
        """How many rows are sealed under one key."""

    @abstractmethod
    def waiting_for(self, key: Key) -> models.QuerySet[Any]:
        """The rows that are sealed under another key than this one, by primary key."""

    @abstractmethod
    def reseal(self, row: Any, key: Key) -> None:
        """Seals the row anew, not saved; raises CannotOpen, MissingKey."""

    @property
    @abstractmethod
    def columns(self) -> Sequence[str]:
        """What `reseal` changes."""

    def count_waiting_for(self, key: Key) -> int:
        return self.waiting_for(key).count()

    def reseal_some(self, key: Key, *, after: Any, at_most: int) -> Batch:
        """Seals some rows anew in one transaction of the caller's.

        A row that somebody else is writing is left for the next pass: nobody waits for us and we wait for nobody.
        """
        waiting = self.waiting_for(key).order_by("pk")
        if after is not None:
            waiting = waiting.filter(pk__gt=after)
        rows = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))[:at_most])
        batch = Batch(last=rows[-1].pk if rows else None)
        opened = [row for row in rows if self._could_reseal(row, key, batch)]
        write(opened, self.columns)
        batch.done = len(opened)
        return batch

    def _could_reseal(self, row: Any, key: Key, batch: Batch) -> bool:
        try:
            self.reseal(row, key)
        except (CannotOpen, MissingKey):
            batch.unreadable.append(str(row.pk))
            return False
        return True


class DataKeys(Place):
    """The data keys of reports, wrapped."""

    name, purpose, model = "data keys", "wrap", DataKey
    columns = ("wrapped", "previous", "wrapped_by")

    def key_ids(self) -> set[str]:
        return distinct(DataKey, "wrapped_by")

    def count_under(self, key_id: str) -> int:
        return DataKey.objects.filter(wrapped_by=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[DataKey]:
        return DataKey.objects.exclude(wrapped_by=key.id)

    def reseal(self, row: DataKey, key: Key) -> None:
        row.rewrap(key)


class SealedRows(Place):
    """Rows of a sealed model that names its key itself, as drafts do."""

    def __init__(self, model: type[SealedModel], purpose: str) -> None:
        self.model = model
        self.purpose = purpose
        self.name = str(model._meta.verbose_name_plural)
        self._column = model.key_column
        self._sealed = model.sealed_columns()

    @property
    def columns(self) -> Sequence[str]:
        return (*self._sealed, self._column)

    def key_ids(self) -> set[str]:
        return set(self._rows().order_by().values_list(self._column, flat=True).distinct())

    def count_under(self, key_id: str) -> int:
        return self._rows().filter(**{self._column: key_id}).count()

    def waiting_for(self, key: Key) -> models.QuerySet[Any]:
        return self._rows().exclude(**{self._column: key.id})

    def reseal(self, row: SealedModel, key: Key) -> None:
        before = row.sealing_key()
        for column in self._sealed:
            sealed = getattr(row, column)
            if sealed:
                text = before.unseal(row.place(column), sealed)
                setattr(row, column, key.seal(row.place(column), text))
        setattr(row, self._column, key.id)

    def _rows(self) -> models.QuerySet[Any]:
        return self.model._base_manager.all()


class SecondFactors(Place):
    """The secrets of authenticator apps and recovery codes: a text inside JSON, with its key's id before it."""

    name, purpose, model = "second factors", "wrap", Authenticator
    columns = ("data",)

    def key_ids(self) -> set[str]:
        return {key_id for _, key_id in self._all()}

    def count_under(self, key_id: str) -> int:
        return sum(key_id == each for _, each in self._all())

    def waiting_for(self, key: Key) -> models.QuerySet[Authenticator]:
        return Authenticator.objects.filter(pk__in=[pk for pk, key_id in self._all() if key_id != key.id])

    def reseal(self, row: Authenticator, key: Key) -> None:
        second_factors.reseal(row, key)

    def _all(self) -> Iterator[tuple[Any, str]]:
        rows = Authenticator.objects.filter(type__in=second_factors.SECRETS).values_list("pk", "type", "data")
        for pk, kind, data in rows.iterator():
            if key_id := second_factors.key_id_of(kind, data):
                yield pk, key_id


def write(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Writes these columns of the rows in one statement; Django's own way composes a branch a row, and takes longer
    over it than the sealing takes."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [meta.pk, *(field for field in meta.concrete_fields if field.name in columns)]
    quoted = [connection.ops.quote_name(str(field.column)) for field in fields]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    changes = ", ".join(f"{name} = fresh.{name}" for name in quoted[1:])
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} FROM unnest({arrays}) AS fresh({', '.join(quoted)})"
            f" WHERE {table}.{quoted[0]} = fresh.{quoted[0]}",
            [
                [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
                for field in fields
            ],
        )


def distinct(model: type[models.Model], column: str) -> set[str]:
    """The different values of an indexed text column: one look into the index for each of them, however many rows."""
    table, name = (connection.ops.quote_name(each) for each in (model._meta.db_table, column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE each AS (SELECT min({name}) AS value FROM {table} UNION ALL"
            f" SELECT (SELECT min({name}) FROM {table} WHERE {name} > value) FROM each WHERE value IS NOT NULL)"
            " SELECT value FROM each WHERE value IS NOT NULL"
        )
        return {value for (value,) in cursor.fetchall()}


class PrintedCodes(Place):
    """Printed one-time codes: only their digests are kept, so they can't be made anew. They run out by themselves."""

    name, purpose, model = "printed codes", "link", PrintedCode
    columns = ()

    def key_ids(self) -> set[str]:
        return set(self._good().values_list("digested_with", flat=True).distinct())

    def count_under(self, key_id: str) -> int:
        return self._good().filter(digested_with=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[PrintedCode]:
        return PrintedCode.objects.none()

    def reseal(self, row: PrintedCode, key: Key) -> None:
        raise AssertionError("a digest can't be made anew")

    def _good(self) -> models.QuerySet[PrintedCode]:
        return PrintedCode.objects.filter(used_at=None, printed_at__gt=timezone.now() - LAST)


class ReturnCodes(Place):
    """Codes of saved drafts: only their digests are kept, and they end with the draft."""

    name, purpose, model = "codes of unfinished answers", "return", Draft
    columns = ()

    def key_ids(self) -> set[str]:
        return set(self._with_code().values_list("code_key", flat=True).distinct())

    def count_under(self, key_id: str) -> int:
        return self._with_code().filter(code_key=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[Draft]:
        return Draft.objects.none()

    def reseal(self, row: Draft, key: Key) -> None:
        raise AssertionError("a digest can't be made anew")

    def _with_code(self) -> models.QuerySet[Draft]:
        return Draft.objects.exclude(code_digest=None)


class Signs(Place):
    """The digests by which people are known again: made anew from the details, which the report's own key opens."""

    name, purpose = "people to be known again", "match"
    model: type[Person | SuspectRecord] = Person
    columns = ("signed_with",)

    def key_ids(self) -> set[str]:
        # What was written down before there were signs has none yet, and waits for them.
        return distinct(self.model, "signed_with") - {""}

    def count_under(self, key_id: str) -> int:
        return self._rows().filter(signed_with=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[Any]:
        return self._rows().exclude(signed_with=key.id).select_related("report__data_key")

    def reseal(self, row: Any, key: Key) -> None:
        row.sign(row.read(), key)
        row.signed_with = key.id

    def _rows(self) -> models.QuerySet[Any]:
        return self.model._base_manager.all()


class SignsOfSuspects(Signs):
    """The digests by which somebody is known again who is said to have done it."""

    name, model = "suspects to be known again", SuspectRecord


class SignsOfReports(Place):
    """The digests by which the same thing told twice is known again: made anew from what the report's key opens."""

    name, purpose, model = "reports to be known again", "match", ReportSigns
    columns = ("signed_with",)

    def key_ids(self) -> set[str]:
        return distinct(ReportSigns, "signed_with")

    def count_under(self, key_id: str) -> int:
        return ReportSigns.objects.filter(signed_with=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[ReportSigns]:
        return ReportSigns.objects.exclude(signed_with=key.id).select_related("report__data_key")

    def reseal(self, row: ReportSigns, key: Key) -> None:
        row.sign(signs_of(row.report), key)
        # A row at a time: `write` takes one value a column, and these are many.
        ReportSigns.objects.filter(pk=row.pk).update(digests=row.digests)


class SignsOfPoliceNumbers(Place):
    """The digests by which a case is found by its police number: made anew from the number itself."""

    name, purpose, model = "police numbers", "match", PoliceAnswer
    columns = ("signed_with",)

    def key_ids(self) -> set[str]:
        return distinct(PoliceAnswer, "signed_with") - {""}

    def count_under(self, key_id: str) -> int:
        return PoliceAnswer.objects.filter(signed_with=key_id).count()

    def waiting_for(self, key: Key) -> models.QuerySet[PoliceAnswer]:
        return PoliceAnswer.objects.exclude(signed_with__in=("", key.id)).select_related("case")

    def reseal(self, row: PoliceAnswer, key: Key) -> None:
        row.sign(key)
        row.signed_with = key.id


# For what purpose a sealed model is sealed that names its key itself.
PURPOSE_OF = {"reporting.Draft": "draft", "partners.KeptForm": "draft", "partners.SignInProvider": "wrap"}


def sealed_models() -> list[type[SealedModel]]:
    """Every table with a sealed column."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel) and model.sealed_columns()]


def places() -> list[Place]:
    """Where something is sealed under a key of the key file."""
    direct = [model for model in sealed_models() if model.key_column]
    return [
        DataKeys(),
        SecondFactors(),
        PrintedCodes(),
        ReturnCodes(),
        Signs(),
        SignsOfSuspects(),
        SignsOfPoliceNumbers(),
        SignsOfReports(),
        *(SealedRows(model, PURPOSE_OF[model._meta.label]) for model in direct),
    ]
