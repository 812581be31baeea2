"""Unfinished answers: one row of ciphertext, found only by its unguessable id."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DataError, models
from psycopg2.errorcodes import DIVISION_BY_ZERO

from partners.models import Organisation, User
from partners.retention import RecordClass, schedule
from reporting.journey.versions import ASKED_AS, as_asked_now, print_of_the_questions
from reporting.one_row import found
from reporting.practice_ids import is_of_practice, new_practice_id
from reporting.receipt_code import ReturnCode
from scope.context import Statement
from vault.keys import keyring
from vault.models import SealedField, SealedModel, Sealer

# Asked on every page of the journey, and written out because composing it takes longer than answering it.
ONE = "SELECT {columns} FROM reporting_draft WHERE id = %s AND recorded_by_id IS NOT DISTINCT FROM %s"

WHOEVERS = "SELECT {columns} FROM reporting_draft WHERE id = %s"

# Dividing by the number of rows is how plain SQL ends a transaction in which there was none.
END = """
WITH ended AS (DELETE FROM reporting_draft WHERE id = %s AND version = %s RETURNING id) SELECT 1 / count(*) FROM ended
"""


# What somebody practises on is gone a day later, finished or not.
PRACTICE_LASTS = timedelta(days=1)


class DraftGone(Exception):
    """There is no such draft: it was sent, erased, or never ours."""


class DraftChanged(Exception):
    """The draft was saved in another window in the meantime."""


def is_other_than_read(error: DataError) -> bool:
    """Whether a draft could not be ended because it was not there as it had been read."""
    return getattr(error.__cause__, "pgcode", "") == DIVISION_BY_ZERO


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about drafts."""

    def of_reports_at(self, centre: Organisation) -> "DraftQuerySet":
        """What was begun at a centre to be sent: not what is practised on there."""
        return self.filter(centre=centre, is_practice=False)

    def unfinished_of(self, volunteer: User, *, today: date) -> "DraftQuerySet":
        """What a volunteer began at the centre where they are now and has not sent; the newest first."""
        theirs = self.filter(recorded_by=volunteer, centre=volunteer.organisation, is_practice=False)
        return theirs.filter(expires_on__gte=today).order_by("-expires_on", "id")


class Draft(SealedModel):
    """Answers so far. `version` counts saves, so that two windows can't silently overwrite each other.

    It stands outside row-level security: all it holds is ciphertext, and its id is the key to it. A centre's
    draft also says whose it is. One of practice never becomes a report (`reporting.practice_ids`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    answers = SealedField()
    sealed_by = models.CharField(max_length=40)
    expires_on = models.DateField(db_index=True)
    # Of a draft that was saved to go on with later: what is kept of its code, and the key that it was made with.
    code_digest = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    code_key = models.CharField(max_length=40, blank=True, editable=False)
    centre = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    is_practice = models.BooleanField(default=False, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(is_practice=True, centre__isnull=False) & is_of_practice("id"))
                | (models.Q(is_practice=False) & ~is_of_practice("id")),
                name="draft_of_practice_has_its_own_ids",
            ),
            models.CheckConstraint(
                condition=models.Q(centre=None, recorded_by=None)
                | models.Q(centre__isnull=False, recorded_by__isnull=False),
                name="draft_centre_and_volunteer_together",
            ),
            models.CheckConstraint(
                condition=models.Q(code_digest=None, code_key="")
                | (models.Q(code_digest__isnull=False) & ~models.Q(code_key="")),
                name="draft_code_names_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"

    key_column = "sealed_by"

    def sealing_key(self) -> Sealer:
        return keyring().by_id(self.sealed_by)

    @classmethod
    def begin(
        cls,
        answers: dict[str, Any] | None = None,
        *,
        today: date,
        centre: Organisation | None = None,
        recorded_by: User | None = None,
    ) -> "Draft":
        """A new, saved draft with the first answers."""
        ends = schedule().rule(RecordClass.DRAFT).ends(today)
        return cls(expires_on=ends, centre=centre, recorded_by=recorded_by)._begun(answers or {})

    @classmethod
    def begin_practice(
        cls, answers: dict[str, Any], *, today: date, centre: Organisation, recorded_by: User
    ) -> "Draft":
        """A new, saved draft on which a volunteer practises."""
        draft = cls(id=new_practice_id(), is_practice=True, expires_on=today + PRACTICE_LASTS)
        draft.centre, draft.recorded_by = centre, recorded_by
        return draft._begun(answers)

    def _begun(self, answers: dict[str, Any]) -> "Draft":
        self._write(answers)
        self.save(force_insert=True)
        return self

    @classmethod
    def belonging_to(cls, recorded_by: User | None, *, draft_id: UUID) -> "Draft | None":
        """The draft with this id; one of a volunteer only for that volunteer, all others for nobody in particular."""
        return found(cls, ONE, [draft_id, recorded_by and recorded_by.pk])

    @classmethod
    def to_send(cls, draft_id: UUID) -> "Draft":
        """The draft with this id, whoever's it is; raises DraftGone."""
        draft = found(cls, WHOEVERS, [draft_id])
        if draft is None:
            raise DraftGone
        return draft

    @classmethod
    def saved_with(cls, code: ReturnCode, *, today: date) -> "Draft":
        """The draft that somebody saved with this code; raises DraftGone: sent, erased, over, or never there."""
        draft = cls.objects.filter(code_digest__in=code.digests, expires_on__gte=today).first()
        if draft is None:
            raise DraftGone
        return draft

    def return_code(self) -> ReturnCode:
        """Its code, given the first time that somebody asks for it and the same ever after; raises DraftGone."""
        if not self.code_key:
            self._give_code()
        return ReturnCode.under(keyring().by_id(self.code_key), self.pk)

    def _give_code(self) -> None:
        key = keyring().newest(ReturnCode.purpose)
        digest = key.digest(ReturnCode.under(key, self.pk).words)
        of_this = Draft.objects.filter(pk=self.pk)
        # Of two windows that ask at once one gives it, and both show that one.
        of_this.filter(code_digest=None).update(code_digest=digest, code_key=key.id)
        given = of_this.values_list("code_key", flat=True).first()
        if given is None:
            raise DraftGone
        self.code_key = given

    def ending(self) -> Statement:
        """A statement that removes the row. Where it is gone, or was saved since, it fails (`is_other_than_read`), and
        with it all that is done together with it; who removes it at the same moment is waited for."""
        return END, [self.pk, self.version]

    def read(self) -> dict[str, Any]:
        """The answers so far, by question id, as the questions are today."""
        return as_asked_now(json.loads(self.unseal("answers") or "{}"))

    def write(self, answers: dict[str, Any]) -> None:
        """Saves all answers in one statement; raises DraftChanged or DraftGone when the row is not as it was."""
        before = self.version
        self.version = before + 1
        self._write(answers)
        changed = Draft.objects.filter(pk=self.pk, version=before).update(
            answers=self.answers, sealed_by=self.sealed_by, version=self.version
        )
        if not changed:
            self.version = before
            raise DraftChanged if Draft.objects.filter(pk=self.pk).exists() else DraftGone

    def _write(self, answers: dict[str, Any]) -> None:
        self.sealed_by = keyring().newest("draft").id
        self.seal("answers", json.dumps({**answers, ASKED_AS: print_of_the_questions()}))

    @classmethod
    def erase_expired(cls, *, today: date) -> int:
        """Deletes drafts that nobody came back to; returns how many."""
        return cls.objects.filter(expires_on__lt=today).delete()[0]
