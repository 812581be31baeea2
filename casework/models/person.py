"""The person it happened to, as officers write them down, so that somebody to whom it happens again is known again."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models, transaction

from casework.matching import Details, signs
from casework.models.comparing import KeyedSign, Pair
from partners.models import Organisation, User
from reporting.models import Report
from vault.keys import Key, keyring
from vault.models import SealedField, SealedModel, Sealer


class NobodyWrittenDown(Exception):
    """No officer has written down to whom it happened."""


class Person(SealedModel):
    """Name, day of birth and how to reach them, sealed under the report's key; and keyed digests of the signs that
    they leave (`casework.matching`), by which nobody learns anything but that two are alike."""

    way_to_data_key: ClassVar[str] = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="person")
    details = SealedField()
    # The key of the digests.
    signed_with = models.CharField(max_length=40, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person of {self.report_id}"

    def sealing_key(self) -> Sealer:
        return self.report.sealing_key()

    def read(self) -> Details:
        """What was written down."""
        known = json.loads(self.unseal("details") or "{}")
        born = known.pop("born", None)
        return Details(**known, born=date.fromisoformat(born) if born else None)

    @classmethod
    @transaction.atomic
    def write_down(cls, report: Report, details: Details, *, by: User, now: datetime) -> "Person":
        """Writes the person of a report down, or anew; part of an act on its case."""
        assert by.organisation_id, "a permission comes with a workplace"
        person = cls.objects.filter(report=report).first() or cls(report=report)
        person.organisation_id, person.written_by, person.written_at = by.organisation_id, by, now
        person.seal("details", json.dumps(asdict(details) | {"born": str(details.born or "")}))
        key = keyring().newest("match")
        person.signed_with = key.id
        person.save()
        person.sign(details, key)
        return person

    def sign(self, details: Details, key: Key) -> None:
        """Leaves the signs of these details under this key, and no others."""
        PersonSign.leave(self, signs(details), key)


class PersonSign(KeyedSign):
    """One sign of a person, as a keyed digest."""

    owner = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="signs")

    class Meta:
        indexes = [models.Index(fields=["digest"], name="by_sign")]


class SamePerson(Pair):
    """Somebody compared two people who were written down, and said whether they are one."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_decided_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="a_pair_has_one_order"
            ),
        ]
