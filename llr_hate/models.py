"""What the database says about itself: whether it holds the invented world."""

from django.db import models


class DemoWorld(models.Model):
    """One row in a database of invented people and reports. Production refuses to serve such a database, and the
    demonstration refuses to be built in one without it that holds reports."""

    built_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"demonstration built {self.built_at:%d %B %Y}"
