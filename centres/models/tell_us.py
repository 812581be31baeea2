"""Links by which schools and landlords tell what they notice: no account, no names."""

import base64
import hashlib
from datetime import date, datetime
from uuid import uuid4

from django.db import models, transaction

from audit import trail
from outbox.models import OutboxEntry
from partners.models import District, User
from partners.retention import add_months
from vault.keys import keyring

LASTS_MONTHS = 13
# A school's link ends with its year; one that is made in the last weeks of a year lasts through the next.
END_OF_SCHOOL_YEAR = (8, 31)
LAST_WEEKS_BEGIN = (6, 1)
SECRET_BYTES = 16
MAIL = "centres.tell_us_link"


class PlaceKind(models.TextChoices):
    """What kind of place it is."""

    SCHOOL = "school", "School"
    COLLEGE = "college", "College or university"
    HOUSING = "housing", "Housing provider"
    OTHER = "other", "Another place"


class LinkNotValid(Exception):
    """The link was ended, renewed, is too old, or was never ours."""


class LinkEnded(Exception):
    """The link was ended: there is nothing left to end."""


def usual_end(kind: str, today: date) -> date:
    """The last day of a new link: of a school's the end of its year, of others' a day thirteen months away."""
    if kind not in (PlaceKind.SCHOOL, PlaceKind.COLLEGE):
        return add_months(today, LASTS_MONTHS)
    year = today.year + (today >= date(today.year, *LAST_WEEKS_BEGIN))
    return date(year, *END_OF_SCHOOL_YEAR)


class TellUsLinkQuerySet(models.QuerySet["TellUsLink"]):
    """Questions about links."""

    def open(self, *, today: date) -> "TellUsLinkQuerySet":
        """Those that work."""
        return self.filter(ended_at=None, expires_on__gte=today)


class TellUsLink(models.Model):
    """One place's link. Its secret is derived from the id and a key outside the database, and is not stored: what is
    kept finds it, and is of no use to whoever reads it here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    # The office or the desk that it was sent to, if it was.
    sent_to = models.EmailField(blank=True)
    found_by = models.BinaryField(unique=True)
    derived_under = models.CharField(max_length=40)
    # Renewed, it is another link.
    turn = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TellUsLinkQuerySet.as_manager()

    class Meta:
        ordering = ["district__order", "place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_link_is_ended_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.place

    @classmethod
    @transaction.atomic
    def make(
        cls, place: str, *, kind: str, district: District, sent_to: str, by: User, now: datetime, today: date
    ) -> "TellUsLink":
        """A new link; with an address the outbox sends it there."""
        link = cls(place=place, kind=PlaceKind(kind), district=district, sent_to=sent_to)
        link._begin(by=by, now=now, today=today)
        link.save(force_insert=True)
        trail.record("tell_us_link.made", link, by=by, now=now, kind=link.kind, area=district.code)
        link._send(now=now)
        return link

    @transaction.atomic
    def renew(self, *, by: User, now: datetime, today: date) -> None:
        """Another link in the place of this one, which stops working at once; an ended one works again."""
        self._lock()
        self.turn += 1
        self.ended_at = self.ended_by = None
        self._begin(by=by, now=now, today=today)
        self.save()
        trail.record("tell_us_link.renewed", self, by=by, now=now, turn=self.turn)
        self._send(now=now)

    @transaction.atomic
    def end(self, *, by: User, now: datetime) -> None:
        """The link stops working at once; what was told by it stays. Raises LinkEnded."""
        self._lock()
        if self.ended_at:
            raise LinkEnded
        self.ended_at, self.ended_by = now, by
        self.save(update_fields=["ended_at", "ended_by"])
        trail.record("tell_us_link.ended", self, by=by, now=now)

    @classmethod
    def by_token(cls, token: str, *, today: date) -> "TellUsLink":
        """The link that somebody came by; raises LinkNotValid."""
        found = cls.objects.open(today=today).filter(found_by=_found_by(token)).select_related("district")
        link = found.first()
        if link is None:
            raise LinkNotValid
        return link

    @property
    def token(self) -> str:
        """What the link carries: 128 bits. Raises MissingKey once its key is gone."""
        secret = keyring().by_id(self.derived_under).digest(f"tell us {self.pk} {self.turn}")[:SECRET_BYTES]
        return base64.b32encode(secret).decode().rstrip("=").lower()

    def is_open(self, *, today: date) -> bool:
        """Whether it works."""
        return self.ended_at is None and self.expires_on >= today

    def _begin(self, *, by: User, now: datetime, today: date) -> None:
        self.made_by, self.made_at = by, now
        self.expires_on = usual_end(self.kind, today)
        self.derived_under = keyring().newest("link").id
        self.found_by = _found_by(self.token)

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=TellUsLink.objects.select_for_update(of=("self",)))

    def _send(self, *, now: datetime) -> None:
        if self.sent_to:
            OutboxEntry.put(
                MAIL, f"{self.pk}:{self.turn}", {"link": str(self.pk), "turn": self.turn}, now=now
            )


def _found_by(token: str) -> bytes:
    # As good as random, so that a plain digest can't be turned round; and no key that goes takes links with it.
    return hashlib.sha256(token.encode()).digest()
