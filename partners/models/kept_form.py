"""What somebody was typing when they had to sign in again: sealed, theirs alone, and soon gone."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import models

from vault.keys import keyring
from vault.models import SealedField, SealedModel, Sealer

if TYPE_CHECKING:
    from partners.models.person import User

KEPT_FOR = timedelta(hours=8)
MOST_A_PERSON = 5
Typed = dict[str, list[str]]


class KeptForm(SealedModel):
    """The fields of one form that was sent too late. Its id is unguessable, and it opens for its writer alone.

    It stands outside row-level security like a draft: all it holds is ciphertext.
    """

    key_column = "sealed_by"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey("partners.User", on_delete=models.CASCADE, related_name="+")
    path = SealedField()
    fields = SealedField()
    sealed_by = models.CharField(max_length=40)
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"kept form {self.id}"

    def sealing_key(self) -> Sealer:
        return keyring().by_id(self.sealed_by)

    @classmethod
    def keep(cls, typed: Typed, *, path: str, user: "User", now: datetime) -> "KeptForm":
        """Keeps what was typed on the page at `path`; of one person only the newest few."""
        form = cls(user=user, kept_at=now, sealed_by=keyring().newest("draft").id)
        form.seal("path", path)
        form.seal("fields", json.dumps(typed))
        older = cls.objects.filter(user=user).order_by("-kept_at").values_list("pk", flat=True)
        cls.objects.filter(pk__in=list(older[MOST_A_PERSON - 1 :])).delete()
        form.save(force_insert=True)
        return form

    @classmethod
    def of(cls, user: "User", form_id: str, *, path: str, now: datetime) -> "KeptForm | None":
        """The person's own form with this id, if it was typed at `path` not too long ago."""
        try:
            found = cls.objects.filter(pk=UUID(form_id), user=user, kept_at__gt=now - KEPT_FOR).first()
        except ValueError:
            return None
        return found if found and found.unseal("path") == path else None

    @classmethod
    def drop_unless_of(cls, user: "User", form_id: str) -> None:
        """Somebody else signs in where it was typed: nobody gets it any more."""
        cls.objects.filter(pk=form_id).exclude(user=user).delete()

    @classmethod
    def erase_expired(cls, *, now: datetime) -> int:
        """Deletes what nobody came back to; returns how many there were."""
        return cls.objects.filter(kept_at__lte=now - KEPT_FOR).delete()[0]

    def read(self) -> Typed:
        """The fields by name."""
        return json.loads(self.unseal("fields") or "{}")
