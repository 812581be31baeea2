"""The register of what was told to others, outside sharing between partners. It is only added to."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partners.models import Organisation, User
from reporting.models import Report
from rights.models.request import RightsRequest
from vault.models import DataKey, SealedField, SealedModel, Sealer


class ToWhom(models.TextChoices):
    """To what kind of asker something was told."""

    POLICE = "police", "Police"
    COURT = "court", "Court or solicitor"
    FOI = "foi", "Freedom of information"
    SOCIAL_CARE = "social_care", "Social care or health"
    OMBUDSMAN = "ombudsman", "Regulator or ombudsman"
    OTHER = "other", "Somebody else"


class DisclosureBasis(models.TextChoices):
    """On what basis."""

    COURT_ORDER = "court_order", "An order of a court"
    LAW = "law", "A law requires it"
    CRIME = "crime", "To prevent or detect crime (Data Protection Act 2018, schedule 2)"
    LEGAL_CLAIM = "legal_claim", "For legal proceedings or advice"
    SAFEGUARDING = "safeguarding", "To keep a child or an adult at risk safe"
    VITAL = "vital", "Somebody could be badly hurt"
    FOI = "foi", "Freedom of information law: figures and records without personal data"
    CONSENT = "consent", "The person agreed"


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Questions about the register."""

    def of_desk(self, user: User) -> "DisclosureQuerySet":
        """Those of the person's own desk; row-level security holds the same line."""
        return self.filter(organisation_id=user.organisation_id)


class Disclosure(SealedModel):
    """One entry, never changed and never removed: the database refuses both. Sealed under a key of its own: `recipient`
    names who got it, `reason` why it was decided so."""

    way_to_data_key: ClassVar[str] = "data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.PositiveIntegerField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        RightsRequest, null=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=13, blank=True)
    to_whom = models.CharField(max_length=12, choices=ToWhom.choices)
    basis = models.CharField(max_length=14, choices=DisclosureBasis.choices)
    # Codes of `casework.parts`; none where figures or records without personal data were given.
    parts = ArrayField(models.CharField(max_length=12), default=list)
    told_on = models.DateField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    recipient = SealedField()
    reason = SealedField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_number_an_entry")]

    def __str__(self) -> str:
        return f"disclosure {self.number}"

    def sealing_key(self) -> Sealer:
        return self.data_key
