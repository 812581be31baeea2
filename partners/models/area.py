"""Where: nine districts, and the community safety partnerships that cover them."""

from django.db import models

from partners.models.organisation import Organisation


class CommunitySafetyPartnership(models.Model):
    """A CSP; several districts may belong to one."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "community safety partnerships"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """One of the nine areas, always shown in `order`. Its `triage_organisation` reads new reports first."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    ons_code = models.CharField(max_length=9, unique=True)
    population = models.PositiveIntegerField()
    csp = models.ForeignKey(CommunitySafetyPartnership, on_delete=models.PROTECT, related_name="districts")
    triage_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="triages")
    order = models.PositiveSmallIntegerField(unique=True)
    tile_column = models.PositiveSmallIntegerField()
    tile_row = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["tile_column", "tile_row"], name="one_district_a_tile"),
        ]

    def __str__(self) -> str:
        return self.name
