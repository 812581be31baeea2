"""What the person said after sending, from their own page: to the officer, more of what happened, and what they ask.

The first words stay as they were. Everything is sealed under the report's own key; `key` comes with the form, so that
what is pressed twice is said once.
"""

import json
from typing import Any
from uuid import uuid4

from django.db import models

from partners.models import Organisation, User
from reporting.models.report import Report
from vault.models import SealedField, SealedModel, Sealer


class SaidLater(SealedModel):
    """One thing said later. `read_at` is when somebody who works on it first opened it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="%(class)ss")
    key = models.UUIDField(default=uuid4, editable=False)
    said_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="%(class)s_said_once")]

    way_to_data_key = "report__data_key"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()


class MessageFromReporter(SaidLater):
    """A message to whoever works on it."""

    text = SealedField()

    def __str__(self) -> str:
        return f"message from the reporter of {self.report_id}"


class Addition(SaidLater):
    """More of what happened, answered like a page of the journey, or a correction of what was said before."""

    class Kind(models.TextChoices):
        MORE = "more", "told us more"
        CORRECTION = "correction", "corrected something"
        WORDS = "words", "added in their own words"
        CONTACT = "contact", "changed how to reach them"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    answers = SealedField()

    def __str__(self) -> str:
        return f"{self.kind} on {self.report_id}"

    def said(self) -> dict[str, Any]:
        """The answers, by question id."""
        return json.loads(self.unseal("answers") or "{}")


class ReporterRequest(SaidLater):
    """Something that the person asks for and is answered by a day: to erase it, to stop, or to look at it again.

    Those who may look at it again are not those it is about: with `to_organisation` only that organisation sees it.
    """

    class Kind(models.TextChoices):
        ERASE = "erase", "asks us to erase the report"
        STOP = "stop", "asks us to stop working on it"
        LOOK_AGAIN = "look_again", "asks for another look at what was done"
        COMPLAINT = "complaint", "complains about how they were treated"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Yes"
        PARTLY = "partly", "In part"
        REFUSED = "refused", "No"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = SealedField()
    about = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = SealedField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(SaidLater.Meta):
        constraints = [
            *SaidLater.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, outcome="")
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(outcome="")),
                name="an_answer_has_its_author_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.report_id}"
