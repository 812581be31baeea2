"""The bodies that act on reports and plans, and what they agreed."""

from django.db import models


class OrganisationKind(models.TextChoices):
    """What kind of body it is; decides which permission to share covers it."""

    COUNTY_COUNCIL = "county_council", "county council"
    DISTRICT_COUNCIL = "district_council", "district or borough council"
    UNITARY = "unitary", "unitary council"
    POLICE = "police", "police"
    OPCC = "opcc", "Office of the Police and Crime Commissioner"
    VICTIM_SERVICE = "victim_service", "victim service"
    NHS = "nhs", "NHS trust"
    CENTRE = "centre", "reporting centre"


class Organisation(models.Model):
    """One body. Its `code` is its stable name in the partnership's data."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    is_one_of_eleven = models.BooleanField(default=False)
    # Reads first what no district can be named for.
    is_fallback_triage = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    # From then on it is offered nowhere; what it did keeps its name.
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_fallback_triage"],
                condition=models.Q(is_fallback_triage=True),
                name="one_organisation_reads_the_rest",
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class OrganisationGroup(models.Model):
    """Words for several organisations at once, such as 'all 11 partners'."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Organisation, related_name="groups")

    def __str__(self) -> str:
        return self.name


class SharingAgreement(models.Model):
    """An information sharing agreement between organisations."""

    title = models.CharField(max_length=160)
    organisations = models.ManyToManyField(Organisation, related_name="sharing_agreements")
    signed_on = models.DateField()
    review_on = models.DateField()

    def __str__(self) -> str:
        return self.title
