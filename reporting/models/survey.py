"""The survey: whom we ask how we did, and what they said. No member of staff reads either; answers are only counted."""

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from partners.standards import standard
from reporting.models.report import Report
from scope.context import public_scope, worker_scope
from vault.keys import keyring
from vault.models import SealedField, SealedModel, Sealer


class SurveyInvitation(models.Model):
    """The person may be asked from `due_on`, once after the first contact and once after the end, if they agreed."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "four weeks after the first contact"
        CLOSED = "closed", "four weeks after we finished"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="surveys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_survey_of_a_kind")]

    def __str__(self) -> str:
        return f"survey {self.kind} from {self.due_on}"


class SurveyAnswer(SealedModel):
    """What one person answered: marks in clear, so that they can be counted; their own words sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invitation = models.OneToOneField(SurveyInvitation, on_delete=models.CASCADE, related_name="answer")
    marks = models.JSONField(default=dict)
    words = SealedField()
    answered_on = models.DateField()

    def __str__(self) -> str:
        return f"survey answered in {self.answered_on:%B %Y}"

    way_to_data_key = "invitation__report__data_key"

    def sealing_key(self) -> Sealer:
        return self.invitation.report.sealing_key()


KEY, SECRET_BYTES = "link", 16


class SurveyLink(models.Model):
    """The one survey that somebody may answer by the link in a message, and until when. What the link carries is not
    kept: `found_by` finds the row, and is of no use to whoever reads it here. No row, no link: it was never given, or
    was taken back.

    Who comes by a link is in a scope in which this row exists and no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invitation = models.OneToOneField(SurveyInvitation, on_delete=models.CASCADE, related_name="link")
    found_by = models.BinaryField(unique=True)
    ends_at = models.DateTimeField(db_index=True)
    # The key of the form that was sent: the same form sent again is thanked again, any other finds nothing.
    used_with = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"link until {self.ends_at:%d %B %Y}"

    @classmethod
    def give(cls, invitation: SurveyInvitation, *, now: datetime) -> str:
        """What the link of this survey carries: 128 bits, the same each time it is asked for. In the worker's scope."""
        secret = keyring().newest(KEY).digest(f"survey {invitation.pk}")[:SECRET_BYTES]
        token = base64.b32encode(secret).decode().rstrip("=").lower()
        until = now + timedelta(days=standard("survey_link").amount)
        cls.objects.update_or_create(
            invitation=invitation, defaults={"found_by": _found_by(token), "ends_at": until}
        )
        return token

    @classmethod
    def by_token(cls, token: str, *, form: UUID, now: datetime) -> "SurveyLink | None":
        """The link that somebody came by, unless it is over or was used with another form."""
        found_by = _found_by(token)
        not_used_otherwise = models.Q(used_with=None) | models.Q(used_with=form)
        with public_scope(receipt=found_by):
            return cls.objects.filter(not_used_otherwise, found_by=found_by, ends_at__gt=now).first()

    @classmethod
    def take_back(cls, **whose: Any) -> None:
        """The links of these surveys work no longer; one that was used is over anyway."""
        with worker_scope():
            cls.objects.filter(used_with=None, **whose).delete()

    @classmethod
    def erase_over(cls, *, now: datetime) -> int:
        """Deletes those that are too old; returns how many. In the worker's scope."""
        return cls.objects.filter(ends_at__lte=now).delete()[0]


def _found_by(token: str) -> bytes:
    # As good as random, so that a plain digest can't be turned round; and no key that goes takes links with it.
    return hashlib.sha256(token.encode()).digest()
