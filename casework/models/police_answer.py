"""What the police said of a case: their number for it, what they recorded it as, how it ended."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from casework.matching import Sign
from casework.models.case import Case
from partners.models import Organisation, User
from scope.context import worker_scope
from vault.keys import Key, keyring
from vault.models import SealedField, SealedModel, Sealer

POLICE_NUMBER = "police_number"


class NumberKind(models.TextChoices):
    """What kind of number the police gave."""

    CRIME = "crime", "crime number"
    OCCURRENCE = "occurrence", "occurrence number"


class AnswerSource(models.TextChoices):
    """How the answer came to us."""

    POLICE = "police", "entered by the police"
    LEAD = "lead", "noted by who leads the case, as the police told them"
    FILE = "file", "read from a file of the police"


def police_number_sign(number: str) -> Sign | None:
    """The sign that a police number leaves, however it is spaced and spelt; None of nothing."""
    plain = "".join(letter for letter in number.upper() if letter.isalnum())
    return Sign(POLICE_NUMBER, plain) if plain else None


class PoliceAnswer(SealedModel):
    """One answer; the newest counts, and those before it stay. The number identifies somebody, so it is sealed; by its
    sign an officer finds the case (`casework.finding`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="police_answers")
    number = models.PositiveSmallIntegerField()
    number_kind = models.CharField(max_length=10, choices=NumberKind.choices, blank=True)
    police_number = SealedField()
    # The key of the sign's digest; '' where there is no number.
    signed_with = models.CharField(max_length=40, blank=True, db_index=True)
    recorded_as = models.CharField(max_length=30, blank=True)
    outcome = models.CharField(max_length=5, blank=True)
    outcome_on = models.DateField(null=True)
    source = models.CharField(max_length=6, choices=AnswerSource.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_police_answer_has_its_number"),
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_on=None)
                | (~models.Q(outcome="") & models.Q(outcome_on__isnull=False)),
                name="a_police_outcome_has_its_day",
            ),
        ]

    way_to_data_key: ClassVar[str] = "case__case_reports__report__data_key"

    def __str__(self) -> str:
        return f"police answer {self.number} on {self.case_id}"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()

    def keep_number(self, number: str) -> None:
        """Seals the number and saves the row with the sign that it leaves."""
        key = keyring().newest("match") if police_number_sign(number) else None
        self.seal("police_number", number)
        self.signed_with = key.id if key else ""
        self.save(force_insert=True)
        if key:
            self.sign(key)

    def sign(self, key: Key) -> None:
        """Leaves the sign of its number under this key, and no other."""
        sign = police_number_sign(self.unseal("police_number"))
        with worker_scope():
            PoliceNumberSign.objects.filter(answer=self).delete()
        if sign:
            PoliceNumberSign.objects.create(answer=self, digest=sign.digest(key))


class PoliceNumberSign(models.Model):
    """The sign of one police number, as a keyed digest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(PoliceAnswer, on_delete=models.CASCADE, related_name="signs")
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="by_police_number")]

    def __str__(self) -> str:
        return f"number of {self.answer_id}"
