"""The signs that a report leaves, so that the same thing told twice is known again."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from casework.matching import Sign
from reporting.models import Report
from vault.keys import Key


class ReportSigns(models.Model):
    """Keyed digests, in hex, of who told a report and of the police reference that was given (`casework.duplicates`).
    Nobody lists them, not even of their own reports: they are compared, and that is all."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="signs")
    signed_with = models.CharField(max_length=40, db_index=True)
    digests = ArrayField(models.CharField(max_length=64))

    class Meta:
        indexes = [GinIndex(fields=["digests"], name="report_by_sign")]

    def __str__(self) -> str:
        return f"signs of {self.report_id}"

    def sign(self, signs: Iterable[Sign], key: Key) -> None:
        """Takes these signs under this key, and no others. Not saved."""
        self.signed_with = key.id
        self.digests = sorted({sign.digest(key).hex() for sign in signs})
