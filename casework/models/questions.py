"""Questions about cases."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from casework.states import CaseState
from partners.models import User

if TYPE_CHECKING:
    pass


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Those that the person's organisation may see; row-level security holds the same line."""
        return self.filter(visible_to__contains=[user.organisation_id])

    def not_closed(self) -> "CaseQuerySet":
        return self.exclude(state=CaseState.CLOSED)

    def assigned_to(self, user: User) -> "CaseQuerySet":
        return self.filter(assigned_to=user)

    def led_by(self, organisation_id: int | None) -> "CaseQuerySet":
        return self.filter(lead_organisation_id=organisation_id)

    def contact_overdue(self, *, now: datetime) -> "CaseQuerySet":
        """Nobody has told the person anything, and the time to do so is over."""
        return self.not_closed().filter(first_contact_at=None, contact_due_at__lt=now)
