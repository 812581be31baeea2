"""Who is said to have done it, as officers write it down: apart from the case, and no longer than there is a ground."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models

from casework.matching import Details, Sign, signs
from casework.models.comparing import KeyedSign, Pair
from partners.models import Organisation, User
from reporting.models import Report
from vault.keys import Key, keyring
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
    born: date | None = None
    phone: str = ""


# Beside their kind: no sign of a suspect is ever one of somebody to whom it happened.
SUSPECT = "suspect"
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}\b")


def signs_of(known: Known) -> Iterator[Sign]:
    """The signs that somebody leaves who is said to have done it, by what is known of them."""
    for sign in signs(_details(known)):
        yield replace(sign, of=SUSPECT)


def _details(known: Known) -> Details:
    """As an officer writes it: “Ray Nettle”, or “NETTLE, Ray”; a postcode somewhere in the address."""
    family, comma, given = known.name.partition(",")
    if not comma:
        given, _, family = known.name.strip().partition(" ")
    postcode = POSTCODE.search(known.address)
    return Details(given, family, known.born, postcode[0] if postcode else "", known.phone)


class SuspectRecord(SealedModel):
    """One person who is said to have done it, sealed under the report's key. As with `reporting.Suspect` an officer's
    scope reaches a row only while the report is opened. It is never changed: it is erased, and written anew. Of its
    signs (`casework.matching`) keyed digests are kept, by which nobody learns anything but that two are alike."""

    way_to_data_key: ClassVar[str] = "report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="suspect_records")
    known = SealedField()
    # The key of the digests; '' until they are made.
    signed_with = models.CharField(max_length=40, blank=True, db_index=True)
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
        known = json.loads(self.unseal("known") or "{}")
        born = known.pop("born", None)
        return Known(**known, born=date.fromisoformat(born) if born else None)

    def keep(self, known: Known) -> None:
        """Seals what is known, and saves the row with the signs that it leaves; while its report is opened."""
        key = keyring().newest("match")
        self.seal("known", json.dumps(asdict(known) | {"born": str(known.born or "")}))
        self.signed_with = key.id
        self.save(force_insert=True)
        self.sign(known, key)

    def sign(self, known: Known, key: Key) -> None:
        """Leaves the signs of this under this key, and no others."""
        SuspectSign.leave(self, signs_of(known), key)


class SuspectSign(KeyedSign):
    """One sign of somebody who is said to have done it, as a keyed digest."""

    owner = "record"

    record = models.ForeignKey(SuspectRecord, on_delete=models.CASCADE, related_name="signs")

    class Meta:
        indexes = [models.Index(fields=["digest"], name="suspect_by_sign")]


class SameSuspect(Pair):
    """Somebody compared two records of who is said to have done it, and said whether they are of one person."""

    one = models.ForeignKey(SuspectRecord, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(SuspectRecord, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_suspects_are_decided_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="two_suspects_have_one_order"
            ),
        ]
