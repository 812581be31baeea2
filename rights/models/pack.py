"""What a person is given of one report: the passages, and what is covered in them because it is about somebody else."""

import json
from typing import ClassVar
from uuid import uuid4

from django.db import models

from partners.models import User
from reporting.models import Report
from rights.models.request import RightsRequest
from rights.redacting import Cover, Passage
from vault.models import SealedField, SealedModel, Sealer


class SubjectPack(SealedModel):
    """One pack, sealed under the report's key: it goes when the report is erased, and the database empties it then.

    The file itself is not kept: of the passages and the covers it is made anew, byte for byte, and `digest` says that
    it is the one that was released.
    """

    way_to_data_key: ClassVar[str] = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="packs")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=13)
    passages = SealedField()
    covers = SealedField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Somebody looked through all of it, and asks another to release it.
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    how_many_covered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "report"], name="one_pack_a_report"),
            models.CheckConstraint(
                condition=models.Q(released_at=None, released_by=None, digest="")
                | (
                    models.Q(released_at__isnull=False, released_by__isnull=False, proposed_by__isnull=False)
                    & ~models.Q(digest="")
                ),
                name="released_with_author_time_and_digest",
            ),
            models.CheckConstraint(
                condition=~models.Q(released_by=models.F("proposed_by")), name="two_people_release_a_pack"
            ),
        ]

    def __str__(self) -> str:
        return f"pack of {self.reference}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    @property
    def is_gone(self) -> bool:
        """Whether the report was erased, and what was in here with it."""
        return self.passages is None

    def read(self) -> list[Passage]:
        """The passages, in their order."""
        return [Passage(**each) for each in json.loads(self.unseal("passages") or "[]")]

    def write(self, passages: list[Passage]) -> None:
        """Seals the passages. Not saved."""
        self.seal("passages", json.dumps([each.as_data() for each in passages]))

    def covered(self) -> dict[int, Cover]:
        """What is covered, by the number of the passage."""
        found = json.loads(self.unseal("covers") or "{}")
        return {int(number): Cover.of(each) for number, each in found.items()}

    def cover(self, covers: dict[int, Cover]) -> None:
        """Seals what is covered. Not saved."""
        self.seal("covers", json.dumps({number: each.as_data() for number, each in covers.items()}))
