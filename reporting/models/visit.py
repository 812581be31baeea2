"""A visit by somebody who came back with their code: that it is going on, and until when at the latest."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models

# Long enough to write in peace; whoever finds the device tomorrow finds nothing open.
AT_MOST = timedelta(hours=4)


class Visit(models.Model):
    """It says nothing of whose visit it is: which report it is for stands in the visitor's own signed cookie.

    Ending it ends every copy of that cookie too.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"visit until {self.ends_at:%H:%M}"

    @classmethod
    def begin(cls, *, now: datetime) -> "Visit":
        """A new visit, saved."""
        return cls.objects.create(ends_at=now + AT_MOST)

    @classmethod
    def erase_ended(cls, *, now: datetime) -> int:
        """Deletes those that lasted as long as a visit may; returns how many."""
        return cls.objects.filter(ends_at__lte=now).delete()[0]
