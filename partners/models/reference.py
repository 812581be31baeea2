"""Every version of what administrators keep: who worded it, when, and what it said before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from audit import trail
from partners import edited
from partners.models.person import User


class ReferenceKind(models.TextChoices):
    """What a version is a version of; the code beside it says which one."""

    ORGANISATION = edited.ORGANISATION, "organisation"
    DISTRICT = edited.DISTRICT, "area"
    CSP = edited.CSP, "community safety partnership"
    AGREEMENT = edited.AGREEMENT, "sharing agreement"
    STANDARD = edited.STANDARD, "service standard"
    BANK_HOLIDAY = edited.BANK_HOLIDAY, "bank holiday"
    WORDING = edited.WORDING, "wording"
    AWARENESS_WEEK = edited.AWARENESS_WEEK, "awareness week"
    LANGUAGE = edited.LANGUAGE, "language"
    CENTRE = edited.CENTRE, "reporting centre"


class ChangedMeanwhile(Exception):
    """Somebody else published a version after the one that this change was made from."""


class ReferenceVersionQuerySet(models.QuerySet["ReferenceVersion"]):
    """Questions about versions."""

    def of(self, kind: str, code: str) -> "ReferenceVersionQuerySet":
        """The history of one record, the newest first."""
        return self.filter(kind=kind, code=code).select_related("by").order_by("-version")

    def newest(self) -> "ReferenceVersionQuerySet":
        """The newest version of each record."""
        return self.order_by("kind", "code", "-version").distinct("kind", "code")

    def newest_of(self, kind: str) -> "dict[str, ReferenceVersion]":
        """The newest version of each record of one kind, by code."""
        return {each.code: each for each in self.filter(kind=kind).newest()}

    def number_of(self, kind: str, code: str) -> int:
        """The number of the newest version; 0 while nobody has edited the record."""
        return self.filter(kind=kind, code=code).aggregate(found=models.Max("version"))["found"] or 0

    def as_snapshot(self) -> edited.Snapshot:
        """All that this process has to know, in three statements."""
        generation = self.generation()
        known = self.filter(pk__lte=generation)
        said = known.filter(kind=ReferenceKind.WORDING, code=edited.SHARING).values_list("data", flat=True)
        return edited.Snapshot(
            generation=generation,
            newest={(each.kind, each.code): each.data for each in known.newest()},
            sharing={str(data["version"]): data for data in said},
        )

    def generation(self) -> int:
        """A number that grows with every version."""
        return self.aggregate(found=models.Max("pk"))["found"] or 0


class ReferenceVersion(models.Model):
    """One version of one record or wording. Rows are only ever added; the newest counts.

    Version 1 is what the partnership's folder said before the first edit; `by` is empty for what the folder said.
    """

    kind = models.CharField(max_length=20, choices=ReferenceKind.choices)
    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    data = models.JSONField(encoder=DjangoJSONEncoder)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReferenceVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "version"], name="one_reference_version"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}, version {self.version}"

    @property
    def called(self) -> str:
        """What it is a version of, as somebody knows it."""
        return str(self.data.get("name") or self.data.get("title") or self.code.replace("_", " "))

    @classmethod
    @transaction.atomic
    def publish(
        cls,
        kind: str,
        code: str,
        data: Mapping[str, Any],
        *,
        before: Mapping[str, Any] | None,
        seen: int | None,
        by: User | None,
        now: datetime,
        note: str = "",
    ) -> Self:
        """Adds the next version, which counts from then on; `by` is empty for what comes from the folder.

        `before` is what stood until now (kept as the first version where there is none), `seen` the number of the
        version that the change was made from, or None when it does not matter. Raises ChangedMeanwhile.
        """
        stands = cls.objects.number_of(kind, code)
        if seen is not None and stands != seen:
            raise ChangedMeanwhile
        first: list[Self] = []
        if not stands and before is not None:
            first = [cls(kind=kind, code=code, version=1, data=before, by=None, at=now)]
        number = stands + len(first) + 1
        newest = cls(kind=kind, code=code, version=number, data=data, note=note, by=by, at=now)
        try:
            with transaction.atomic():  # the constraint knows also what came in at the same moment
                cls.objects.bulk_create([*first, newest])
        except IntegrityError:
            raise ChangedMeanwhile from None
        facts = changed_facts(before or {}, data)
        trail.record(
            "reference.changed", newest, by=by, now=now, kind=kind, code=code, version=number, **facts
        )
        transaction.on_commit(refresh)
        return newest


def changed_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Which fields changed, and from what to what where that is a code, a number or a day; words stay in the
    version itself."""
    old, new = dict(edited.flat(before)), dict(edited.flat(after))
    changed = [name for name in new if old.get(name) != new[name]]
    plain = [name for name in changed if name.rpartition(".")[2] not in WORDY and _is_code(new[name])]
    return {
        "changed": changed,
        "before": {name: _as_code(old.get(name)) for name in plain},
        "after": {name: _as_code(new[name]) for name in plain},
    }


# Fields that hold words even where they happen to be one word long.
WORDY = {"name", "short_name", "title", "public", "label", "hint", "text", "next", "how", "when", "number"}


def _is_code(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_code(each) for each in value)
    return not isinstance(value, str) or (" " not in value and len(value) <= 60)


def _as_code(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def as_it_stands() -> Iterator[None]:
    """Within it standards, holidays and wording are read as they stand in the database at this moment."""
    with edited.using(ReferenceVersion.objects.as_snapshot()):
        yield


def refresh() -> None:
    """Reads what was edited into this process, if anything is new."""
    if ReferenceVersion.objects.generation() != edited.snapshot().generation:
        edited.take(ReferenceVersion.objects.as_snapshot())
