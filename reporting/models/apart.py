"""What stands apart from a report: answers about equality, and who is said to have done it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction

from audit import trail
from partners.models import User
from reporting.models.report import Report
from vault.models import SealedField, SealedModel, Sealer

# Read by the policies of tables that stand apart: whose suspects the asker has opened, in this transaction only.
OPENED = "SELECT set_config('llr.opened', %s, true)"


@contextmanager
def opened(report: Report) -> Iterator[None]:
    """Lets an officer's scope reach what is known of who is said to have done it, of one report, within the block."""
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [str(report.pk)])
        yield
        # After an error the transaction is undone, and the setting with it.
        cursor.execute(OPENED, [""])


class SealedApart(SealedModel):
    """Answers of one report under its key, by question id, in a table of their own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answers = SealedField()

    class Meta:
        abstract = True

    way_to_data_key = "report__data_key"
    report: Any

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    def told(self) -> dict[str, Any]:
        """The answers, by question id."""
        return json.loads(self.unseal("answers") or "{}")


class EqualityAnswers(SealedApart):
    """Who the person is, as they said. No officer's scope reaches it: it is only counted, and gone with the report."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="equality")

    class Meta:
        verbose_name_plural = "equality answers"

    def __str__(self) -> str:
        return f"equality answers of {self.report_id}"


class Suspect(SealedApart):
    """Who is said to have done it. An officer's scope reaches it only while `opened_for` runs for that report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="suspects")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("said_at", "id")

    def __str__(self) -> str:
        return f"suspect of {self.report_id}"

    @classmethod
    @transaction.atomic
    def opened_for(cls, report: Report, *, by: User, now: datetime, **why: str) -> "list[Suspect]":
        """Those of one report, opened by somebody; that they did is in the trail, with a code of why, and the reporter
        can see that it was read. Whether they may is asked at the door."""
        trail.record("report.suspect_read", report, by=by, now=now, **why)
        report.note_read(by, now=now)
        with opened(report):
            return list(cls.objects.filter(report=report).select_related("report__data_key"))
