"""Each time that somebody tried to reach the person, and how that went."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casework.models.case import Case
from partners.models import Organisation, User
from reporting.models import Report
from vault.models import SealedField, SealedModel, Sealer


class ContactWay(models.TextChoices):
    """How somebody was reached for; the first four are those of a safe-contact plan."""

    PHONE = "phone", "by phone"
    TEXT = "text", "by text message"
    EMAIL = "email", "by e-mail"
    LETTER = "letter", "by letter"
    IN_PERSON = "in_person", "in person"
    CENTRE = "centre", "through their reporting centre"


class ContactAttempt(SealedModel):
    """One attempt to reach the person of one report. It is kept as it happened, and never rewritten.

    `outcome` is a code of the partnership's (`contact.toml`). `against_plan` names what their safe-contact plan did
    not allow (`casework.contact_plan`); it is never hidden. `at` is to the minute, and `words` are the officer's.
    """

    way_to_data_key: ClassVar[str] = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contact_attempts")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=ContactWay.choices)
    outcome = models.CharField(max_length=20)
    reached = models.BooleanField()
    at = models.DateTimeField()
    against_plan = ArrayField(models.CharField(max_length=10), default=list)
    words = SealedField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="contact_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way__in=ContactWay.values), name="way_of_contact_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(at__lte=models.F("written_at")), name="no_contact_before_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} for {self.case_id}: {self.outcome}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()
