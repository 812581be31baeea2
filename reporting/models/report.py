"""The report: what was told, word for word, never edited."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction

from audit import trail
from outbox.models import OutboxEntry
from partners.languages import name_of_language
from partners.models import District, Organisation, User
from reporting.limits import limits_of, parts_in
from reporting.practice_ids import is_of_practice
from reporting.strands import Channel, PublicStatus, ReporterRole, Strand, Whereabouts
from vault.models import DataKey, SealedField, SealedModel, Sealer

if TYPE_CHECKING:
    from reporting.models.message import ReporterMessage


# Records of earlier years were dealt with in their time: they do not wait for anybody. Nor does what was erased.
WAITS = models.Q(taken_up_at=None, set_aside_at=None, erased_at=None) & ~models.Q(channel=Channel.HISTORIC)
# What must be empty on an erased report; the database holds it.
NOTHING_LEFT = dict.fromkeys(("data_key", "receipt_code_digest", "words", "contact", "answers"))
# The work of letting the person know that there is something to read.
WORD = "reporting.word_to_reporter"


class ReportErased(Exception):
    """The report's key was erased, and with it what it said."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Those that the person's organisation may see, and from which they themselves are not barred; row-level
        security holds the same line."""
        seen = self.filter(visible_to__contains=[user.organisation_id])
        return seen.exclude(barred_people__contains=[user.pk])

    def recorded_at(self, centre: Organisation) -> "ReportQuerySet":
        """Those that a reporting centre recorded."""
        return self.filter(centre=centre)

    def waiting(self) -> "ReportQuerySet":
        """Those that nobody has taken up: first what must be looked at the same day, then the longest waiting."""
        return self.filter(WAITS).order_by("-needs_same_day_look", "received_at", "id")

    def newest_first(self) -> "ReportQuerySet":
        return self.order_by("-received_at", "-id")


class Report(SealedModel):
    """One report. In clear stands only what queues, figures and scopes need; all that a person said is sealed
    under a data key of the report's own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=13, unique=True)
    receipt_code_digest = models.BinaryField(max_length=32, unique=True, null=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL)
    received_at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    centre = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reporter_role = models.CharField(max_length=10, choices=ReporterRole.choices)
    perceived_strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices))
    whereabouts = models.CharField(max_length=10, choices=Whereabouts.choices)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    place_kind = models.CharField(max_length=20)
    # Whether a link came with what happened online, so that it can be counted without opening anything; None where
    # nothing happened online or nobody was asked. The link itself is sealed.
    gave_link = models.BooleanField(null=True, editable=False)
    is_anonymous = models.BooleanField()
    needs_same_day_look = models.BooleanField(default=False)
    # The language in which the person was asked, so that somebody who reads it can be found, and answers in it.
    language = models.CharField(max_length=12, default="en-gb", editable=False)
    public_status = models.CharField(
        max_length=20, choices=PublicStatus.choices, default=PublicStatus.RECEIVED
    )
    visible_to = ArrayField(models.IntegerField(), default=list)
    # Which organisations of these see only parts of it, as `reporting.limits` writes them; None where all see all.
    limited_to = ArrayField(models.CharField(max_length=24), null=True, editable=False)
    # Members of staff to whom it does not exist because of a conflict; None where there is none. The database keeps it
    # in line with `ConflictBar`.
    barred_people = ArrayField(models.IntegerField(), null=True, editable=False)
    # When somebody began to work on it. Set by the database together with the row that ties it to its case, so that
    # the queue of what still waits is one small index and never asks about cases.
    taken_up_at = models.DateTimeField(null=True, editable=False)
    # Since when it is set aside as doubtful. Set by the database together with the row that says why.
    set_aside_at = models.DateTimeField(null=True, editable=False)
    # When the person last said something from their own page, and whether nobody who works on it has read it yet: so
    # that lists can say so without opening anything.
    heard_at = models.DateTimeField(null=True, editable=False)
    has_unread_word = models.BooleanField(default=False, editable=False)
    # Written by `reporting.erasing`: what was told is gone, and the row only counts.
    erased_at = models.DateTimeField(null=True, editable=False)
    erased_why = models.CharField(max_length=30, blank=True, editable=False)

    words = SealedField()
    contact = SealedField()
    answers = SealedField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["visible_to"]),
            models.Index(fields=["district", "received_at"]),
            models.Index(
                fields=["centre", "-received_at"], condition=models.Q(centre__isnull=False), name="by_centre"
            ),
            models.Index(fields=["-received_at", "-id"], name="report_newest_first"),
            models.Index(
                fields=["-needs_same_day_look", "received_at", "id"], condition=WAITS, name="report_waits"
            ),
            # What the person said that nobody has read: few of a million.
            models.Index(fields=["id"], condition=models.Q(has_unread_word=True), name="report_unread"),
            models.Index(
                fields=["set_aside_at"],
                condition=models.Q(set_aside_at__isnull=False),
                name="report_set_aside",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(whereabouts=Whereabouts.DISTRICT, district__isnull=False)
                | (~models.Q(whereabouts=Whereabouts.DISTRICT) & models.Q(district=None)),
                name="district_where_one_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(perceived_strands__contained_by=Strand.values), name="strands_are_known"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None, erased_why="")
                | (models.Q(erased_at__isnull=False, **NOTHING_LEFT) & ~models.Q(erased_why="")),
                name="nothing_is_left_of_an_erased_report",
            ),
            models.CheckConstraint(
                condition=~is_of_practice("idempotency_key"), name="no_report_begins_in_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_up_at=None) | models.Q(set_aside_at=None),
                name="nobody_works_on_what_is_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    way_to_data_key = "data_key"

    def sealing_key(self) -> Sealer:
        if self.data_key is None:
            raise ReportErased(self.reference)
        return self.data_key

    def told(self) -> dict[str, Any]:
        """All answers but the words and the contact details, by question id."""
        return json.loads(self.unseal("answers") or "{}")

    def contact_details(self) -> dict[str, Any]:
        """Name and the safe-contact plan, by question id; empty for an anonymous report."""
        return json.loads(self.unseal("contact") or "{}")

    @property
    def may_get_word(self) -> bool:
        """Whether there may be a way to let the person know of something: who gave no name can still hear through the
        centre that recorded it."""
        return not self.is_anonymous or self.centre_id is not None

    @property
    def told_in(self) -> str:
        """The English name of the language in which it was told; empty where that was English."""
        return "" if self.language == settings.LANGUAGE_CODE else name_of_language(self.language)

    # Who may see it -------------------------------------------------------------------------------------------

    @transaction.atomic
    def grant_to(
        self, organisation: Organisation, *, basis: str, by: User | None, now: datetime, **how: Any
    ) -> None:
        """Lets an organisation see this report, or parts of it; granting twice changes nothing. A bar is stronger than
        a grant. `how` is what else stands on `ReportGrant`: which parts, on what basis, until when."""
        _, is_new = self.grants.get_or_create(
            organisation=organisation,
            basis=basis,
            withdrawn_at=None,
            defaults={"granted_at": now, "granted_by": by, **how},
        )
        if is_new:
            trail.record("report.granted", self, by=by, now=now, to=organisation.code, basis=basis)
            self.recompute_visibility()

    @transaction.atomic
    def withdraw_from(
        self, organisation: Organisation, *, by: User | None, now: datetime, basis: str | None = None
    ) -> None:
        """Takes an organisation's sight of this report away at once: on whatever basis it had it, or on one."""
        grants = self.grants.filter(organisation=organisation, withdrawn_at=None)
        if basis is not None:
            grants = grants.filter(basis=basis)
        if grants.update(withdrawn_at=now):
            trail.record("report.withdrawn", self, by=by, now=now, organisation=organisation.code)
            self.recompute_visibility()

    def recompute_visibility(self) -> None:
        """Brings the arrays that row-level security reads in line with grants and bars."""
        for_officers = self.grants.filter(withdrawn_at=None).exclude(basis="rights")
        granted = list(for_officers.values_list("organisation_id", "parts"))
        barred = set(self.barred_organisations())
        self.visible_to = sorted({organisation for organisation, _ in granted} - barred)
        self.limited_to = limits_of(granted)
        self.save(update_fields=["visible_to", "limited_to"])

    def parts_for(self, organisation_id: int | None) -> frozenset[str] | None:
        """The parts that an organisation which sees it is limited to; None is all of it."""
        return parts_in(self.limited_to, organisation_id)

    def barred_organisations(self) -> Iterable[int]:
        """Ids of the organisations that must not see it: because the person said so, or because of a conflict."""
        said = self.bars.exclude(organisation=None).values_list("organisation_id", flat=True)
        conflicts = self.conflict_bars.in_force().exclude(organisation=None)
        return said.union(conflicts.values_list("organisation_id", flat=True))

    # What is read and told ------------------------------------------------------------------------------------

    def note_read(self, user: User, *, now: datetime) -> None:
        """Records that somebody read the person's words: in the trail each time, for the reporter once a day."""
        self.accesses.model.note([self], by=user, now=now)

    @transaction.atomic
    def tell_reporter(self, text: str, *, status: str, by: User, now: datetime) -> "ReporterMessage":
        """Writes to the reporter's own page; nothing else of a case ever shows there. A word that there is something
        to read may follow, as their safe contact allows (`reporting/words_out.py`)."""
        message = self.messages.model(
            report=self, organisation=_workplace_of(by), author=by, status=status, said_at=now
        )
        message.seal("text", text)
        message.save(force_insert=True)
        self.public_status = status
        self.save(update_fields=["public_status"])
        trail.record("report.reporter_told", self, by=by, now=now, status=status)
        if self.may_get_word:
            OutboxEntry.put(WORD, str(message.pk), {"message": str(message.pk)}, now=now)
        return message

    @transaction.atomic
    def was_looked_at(self, *, now: datetime) -> None:
        """The person has their own page before them: what was written to them is read, and nobody has to tell them."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.messages.filter(read_at=None).update(read_at=hour):
            open_words = self.words_out.filter(state__in=("failed", "waits"))
            open_words.update(state="done", done_at=hour)

    @transaction.atomic
    def brought_word(self, *, by: User, now: datetime) -> None:
        """Somebody of ours told the person themselves that there is something to read."""
        done = {"state": "done", "done_by": by, "done_at": now}
        if self.words_out.filter(state__in=("failed", "waits")).update(**done):
            trail.record("report.word_brought", self, by=by, now=now)


def _workplace_of(user: User) -> Organisation:
    if user.organisation is None:
        raise LookupError("Somebody without a workplace reads and tells nothing.")
    return user.organisation
