"""Postcodes of the area, and which others are known to lie outside it."""

from django.db import models

from partners.models.area import District


class Postcode(models.Model):
    """A postcode without its space, and the district it lies in; none for one outside the area.

    All postcodes are here that begin like one of the area's; of the rest of the country only the beginnings ("SW1A").
    Loaded as a whole by `partners.postcodes`; ended postcodes stay, because people go on saying them.
    """

    code = models.CharField(primary_key=True, max_length=7)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code
