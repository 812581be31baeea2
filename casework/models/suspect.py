"""Who is said to have done it, as officers write it down: apart from the case, and no longer than there is a ground."""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar
from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models import Report
from vault.models import SealedField, SealedModel, Sealer


class HowSure(models.TextChoices):
    """What stands behind a name."""

    SAID = "said", "Somebody said so"
    IDENTIFIED = "identified", "Identified by the police"


class WhyKept(models.TextChoices):
    """The grounds on which personal data of somebody who is said to have done it is kept; there is no other."""

    CRIME = "crime", "It is recorded as a crime, and is still looked into"
    RISK = "risk", "There is a real risk that somebody is harmed"


@dataclass(frozen=True)
class Known:
    """What is known of somebody, in the officer's words; '' is not known."""

    name: str = ""
    looks: str = ""
    relation: str = ""
    address: str = ""
    source: str = ""


class SuspectRecord(SealedModel):
    """One person who is said to have done it, sealed under the report's key. As with `reporting.Suspect` an officer's
    scope reaches a row only while the report is opened. It is never changed: it is erased, and written anew."""

    way_to_data_key: ClassVar[str] = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="suspect_records")
    known = SealedField()
    how_sure = models.CharField(max_length=12, choices=HowSure.choices)
    why_kept = models.CharField(max_length=12, choices=WhyKept.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # The day by which somebody has to say why it is still kept.
    review_on = models.DateField(db_index=True)

    class Meta:
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"suspect record of {self.report_id}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    def read(self) -> Known:
        """What was written down."""
        return Known(**json.loads(self.unseal("known") or "{}"))

    def write(self, known: Known) -> None:
        """Seals what is known."""
        self.seal("known", json.dumps(asdict(known)))
