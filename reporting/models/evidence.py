"""Evidence: photos, documents, videos and sound that came with a report, before it was sent or later."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files.models import SealedFile
from reporting.practice_ids import is_of_practice
from vault.models import DataKey, SealedField, SealedModel, Sealer

if TYPE_CHECKING:
    from reporting.models.report import Report

LONGEST_NAME = 80
# For one report: a phone's photos of a street, and a video of it.
MOST_FILES = 20
MOST_BYTES = 250 * 1024 * 1024


class EvidenceState(models.TextChoices):
    """How it stands with a file, in words for everybody."""

    HELD = "held", _("waiting for a check")
    CLEAN = "clean", _("checked")
    INFECTED = "infected", _("harmful, so we cannot open it")
    UNREADABLE = "unreadable", _("damaged, so we cannot open it")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Questions about evidence."""

    def of_draft(self, draft_id: UUID) -> "EvidenceQuerySet":
        """What was added to a draft, in the order in which it came."""
        return self.filter(told_with=draft_id).order_by("received_at", "number")

    def of(self, *reports: "Report") -> "EvidenceQuerySet":
        """What came with these reports, before they were sent and since."""
        keys = [report.idempotency_key for report in reports if report.erased_at is None]
        return self.filter(told_with__in=keys).order_by("received_at", "number")


class Evidence(SealedModel):
    """One file. Its `file` is a sealed original that exists for the worker alone; what everybody who sees the report
    may know of it stands here, and the name that the person's device gave it is sealed for the person.

    `told_with` is the id of the draft that it was added to. The report that the draft becomes keeps that id as its
    idempotency key: so sending moves nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    told_with = models.UUIDField(db_index=True)
    # Files of one report are told apart by it: "photo 2".
    number = models.PositiveSmallIntegerField()
    file = models.OneToOneField(SealedFile, on_delete=models.CASCADE, related_name="+")
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL, related_name="+")
    name = SealedField()
    family = models.CharField(max_length=8)
    ending = models.CharField(max_length=5)
    byte_count = models.PositiveIntegerField()
    pictures = models.PositiveSmallIntegerField(default=0)
    # Beside sealed words no exact time is kept.
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=EvidenceState.HELD)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["told_with", "number"], name="one_evidence_a_number"),
            models.CheckConstraint(
                condition=~is_of_practice("told_with"), name="no_evidence_comes_with_practice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.number}"

    @classmethod
    def note(cls, file: SealedFile, name: str, *, told_with: UUID, number: int, now: datetime) -> "Evidence":
        """A row for a file that was just sealed; saved."""
        made = cls(
            told_with=told_with,
            number=number,
            file=file,
            data_key=file.data_key,
            family=file.kind.family,
            ending=file.kind.ending,
            byte_count=file.byte_count,
            received_at=now.replace(second=0, microsecond=0),
        )
        made.seal("name", PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:])
        made.save(force_insert=True)
        return made

    @property
    def received_on(self) -> date:
        return timezone.localdate(self.received_at)

    @property
    def is_clean(self) -> bool:
        return self.state == EvidenceState.CLEAN

    @property
    def is_refused(self) -> bool:
        return self.state in (EvidenceState.INFECTED, EvidenceState.UNREADABLE)

    @property
    def own_name(self) -> str:
        """What the person's device called it; shown to nobody else."""
        return self.unseal("name")

    way_to_data_key = "data_key"

    def sealing_key(self) -> Sealer:
        assert self.data_key is not None
        return self.data_key


def bytes_of(evidence: Iterable[Evidence]) -> int:
    """How large they are together."""
    return sum(each.byte_count for each in evidence)
