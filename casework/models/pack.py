"""What was made for one other organisation to take out of the house: a pack of the parts shared with it, or a hand-off
to the police. No file is kept: a row says for whom, why and how long, and a sealed fingerprint of what it said."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casework.models.case import Case
from partners.models import Organisation, User
from vault.models import SealedField, SealedModel, Sealer


class PackKind(models.TextChoices):
    """What somebody takes with them: something to read, or something that a police system reads too."""

    PACK = "pack", "pack"
    POLICE = "police", "hand-off"


class PackPurpose(models.TextChoices):
    """Why it is made, as it stands on every page of it after “made for”."""

    SUPPORT = "support", "supporting the person"
    ACTION = "action", "acting on what happened"
    HOUSING = "housing", "a decision about a tenancy or housing"
    SAFEGUARDING = "safeguarding", "keeping a child or an adult at risk safe"
    MEETING = "meeting", "a meeting about the case"
    POLICE = "police", "policing"


class PackQuerySet(models.QuerySet["Pack"]):
    """Questions about packs."""

    def packs(self) -> "PackQuerySet":
        return self.filter(kind=PackKind.PACK)

    def hand_offs(self) -> "PackQuerySet":
        return self.filter(kind=PackKind.POLICE)

    def newest_first(self) -> "PackQuerySet":
        return self.order_by("-made_at", "-number")


class Pack(SealedModel):
    """One pack or hand-off. `content` is a print of what it said when it was made, sealed under the case's key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="packs")
    kind = models.CharField(max_length=8, choices=PackKind.choices)
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=PackPurpose.choices)
    parts = ArrayField(models.CharField(max_length=10), default=list)
    # The person's own words may name somebody else: then they stay here, and the pack says so.
    without_words = models.BooleanField(default=False)
    content = SealedField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "number"], name="a_pack_has_its_number"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_pack_says_by_whom",
            ),
        ]

    way_to_data_key = "case__case_reports__report__data_key"

    def __str__(self) -> str:
        return self.name

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()

    @property
    def name(self) -> str:
        """What it is called on paper and in other systems: “LLR-7KQ4-M2XD-P1”, or “-H1” for a hand-off."""
        letter = "H" if self.kind == PackKind.POLICE else "P"
        return f"{self.case.reference}-{letter}{self.number}"

    @property
    def maker(self) -> str:
        """Who made it, and where they work: who leads the case, or the police."""
        return f"{self.made_by}, {self.made_by.organisation or self.case.lead_organisation}"


class PackMedium(models.TextChoices):
    """In what form somebody took it."""

    PAGE = "page", "looked at on screen"
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    JSON = "json", "data"


class PackDownload(models.Model):
    """Somebody looked at a pack or took it, and in what form."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="downloads")
    medium = models.CharField(max_length=4, choices=PackMedium.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["pack", "-at"])]

    def __str__(self) -> str:
        return f"{self.medium} of {self.pack_id}"
