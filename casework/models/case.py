"""A case: one or more reports, worked on by one lead organisation, and every act on it as a verb.

A verb is one transaction: rows locked, state checked against the table in `casework.states`, an event on the
timeline and an entry in the audit trail. A refused act leaves nothing behind.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.utils.timezone import localdate

from audit import trail
from casework import clocks
from casework.deciding import refuse_to_record
from casework.ending import refuse_to_close
from casework.matching import Details
from casework.models.link import CaseReport
from casework.models.person import NobodyWrittenDown, Person, SamePerson
from casework.models.set_aside import StillSetAside
from casework.sharing import refuse_barred
from casework.states import ACT_DONE, ActNotAllowed, CaseState, state_after
from partners.models import Organisation, User
from partners.roles import Permission
from reporting.models import GrantBasis, Report, RiskAssessment
from reporting.models.report import ReportErased
from reporting.strands import PublicStatus, Strand
from scope.context import worker_scope
from vault.models import Sealer

if TYPE_CHECKING:
    from casework.models.event import CaseEvent


class AlreadyTaken(Exception):
    """Somebody else opened a case for this report first; `case` is None where its case may not be seen."""

    def __init__(self, case: "Case | None") -> None:
        super().__init__("Somebody has already opened a case for this report.")
        self.case = case


class ChangedMeanwhile(Exception):
    """Something happened on the case after the page was opened; the page shows what."""


class CannotBeAssigned(Exception):
    """The person is not at work in an organisation that may see the case."""


class Urgency(models.TextChoices):
    """How soon the first contact is due; the working days are service standards, loaded as data."""

    STANDARD = "standard", "standard"
    MEDIUM = "medium", "medium"
    HIGH = "high", "high"


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Those that the person's organisation may see, and from which they themselves are not barred; row-level
        security holds the same line."""
        seen = self.filter(visible_to__contains=[user.organisation_id])
        return seen.exclude(barred_people__contains=[user.pk])

    def not_closed(self) -> "CaseQuerySet":
        return self.exclude(state=CaseState.CLOSED)

    def assigned_to(self, user: User) -> "CaseQuerySet":
        return self.filter(assigned_to=user)

    def led_by(self, organisation_id: int | None) -> "CaseQuerySet":
        return self.filter(lead_organisation_id=organisation_id)

    def contact_overdue(self, *, now: datetime) -> "CaseQuerySet":
        """Nobody has told the person anything, and the time to do so is over."""
        return self.not_closed().filter(first_contact_at=None, contact_due_at__lt=now)


class Case(models.Model):
    """What is done about what was told. Opened by triage; its reference is its first report's.

    `visible_to` and `barred_people` are kept in step with its reports by the database itself (migration 0003).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=13, unique=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    lead_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices), default=list)
    recorded_as = models.CharField(max_length=30, blank=True)
    # What a partner thinks that it is, until those decide who may (`casework.deciding`).
    proposed_as = models.CharField(max_length=30, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.STANDARD)
    contact_due_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    # When the person must hear from us again, and when somebody must look at the risk again: None while no clock runs.
    update_due_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    # How support ended for the person (partners.dispositions), and what the police made of it: an outcome of the Home
    # Office's list by its number. Both are needed for closing (`casework.ending`).
    support = models.CharField(max_length=20, blank=True)
    police_outcome = models.CharField(max_length=5, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    visible_to = ArrayField(models.IntegerField(), default=list)
    barred_people = ArrayField(models.IntegerField(), null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["visible_to"]),
            models.Index(fields=["lead_organisation", "state", "contact_due_at"]),
            models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
            *clocks.INDEXES,
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=CaseState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=CaseState.CLOSED) & models.Q(closed_at=None)),
                name="closed_case_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(state=CaseState.CLOSED),
                name="erased_case_is_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_strands__contained_by=Strand.values),
                name="recorded_strands_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @cached_property
    def reports(self) -> list[Report]:
        """Its reports that the asker may see, the first one first."""
        reports = Report.objects.filter(case_report__case=self).select_related("data_key", "district")
        return list(reports.order_by("case_report__added_at"))

    def sealing_key(self) -> Sealer:
        """The key of its first report that was not erased: everything said on the case is sealed under it. When that
        report is erased, so are the notes (`casework.erasing`), and the next one's key seals what comes after."""
        kept = next((report for report in self.reports if report.erased_at is None), None)
        if kept is None or kept.reference != self.reference:
            kept = self._first_report
        if kept is None:
            raise LookupError(f"Case {self.pk} has no report whose key could seal a note.")
        return kept.sealing_key()

    @cached_property
    def _first_report(self) -> Report | None:
        """Also where the asker does not see it: what is said on a case is for everybody who sees the case."""
        with worker_scope():
            kept = Report.objects.filter(case_report__case=self, erased_at=None).select_related("data_key")
            return kept.order_by("case_report__added_at").first()

    # Opening and triage ---------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def open_for(cls, report: Report, *, by: User, now: datetime) -> "Case":
        """A case for a report of the queue, led by the officer's organisation; raises AlreadyTaken, StillSetAside or
        ReportErased."""
        found = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
        if found.erased_at:
            raise ReportErased(report.reference)
        if found.set_aside_at:
            raise StillSetAside
        taken = CaseReport.objects.filter(report=report).first()
        if taken:
            raise AlreadyTaken(cls.objects.filter(pk=taken.case_id).first())
        assert by.organisation_id, "a permission comes with a workplace"
        case = cls.objects.create(
            reference=report.reference,
            opened_at=now,
            lead_organisation_id=by.organisation_id,
            visible_to=report.visible_to,
            urgency=(urgency := _proposed(report)),
            contact_due_at=clocks.contact_due(report.received_at, urgency, now=now),
        )
        CaseReport.objects.create(case=case, report=report, added_at=now)
        case._happened("open", by=by, now=now)
        return case

    @transaction.atomic
    def triage(
        self,
        *,
        recorded_strands: list[str],
        recorded_as: str,
        urgency: str,
        lead: Organisation,
        note: str,
        by: User,
        now: datetime,
        proposed_as: str = "",
        seen: int | None = None,
    ) -> None:
        """Says what it is, or should be, how urgent, and who leads; starts the clock of first contact. Raises
        NotTheirsToDecide."""
        self.begin("triage", seen)
        refuse_to_record(recorded_as, proposed_as, before=self.recorded_as, by=by, on=localdate(now))
        self._let_see(lead, by=by, now=now)
        self.recorded_strands = recorded_strands
        self.recorded_as, self.proposed_as = recorded_as, proposed_as
        self.urgency = urgency
        self.lead_organisation = lead
        clocks.start(self, now=now)
        facts = {"urgency": urgency, "lead": lead.code, "recorded_as": recorded_as}
        proposed = {"proposed_as": proposed_as} if proposed_as else {}
        self.end("triage", by=by, now=now, note=note, **facts, **proposed)

    # Working on it --------------------------------------------------------------------------------------------

    @transaction.atomic
    def assign(self, *, to: User, by: User, now: datetime, seen: int | None = None) -> None:
        """Gives the case to a person at work in an organisation that may see it; raises CannotBeAssigned."""
        self.begin("assign", seen)
        if not to.is_active or to.organisation_id not in self.visible_to or not to.may(Permission.WORK_CASES):
            raise CannotBeAssigned(
                f"{to.name} does not work on cases in an organisation that may see this one."
            )
        if to.pk in (self.barred_people or ()):
            raise CannotBeAssigned(f"{to.name} is kept from this case because of a conflict.")
        self.assigned_to = to
        self.end("assign", by=by, now=now, to=to.pk)

    @transaction.atomic
    def tell_reporter(
        self, text: str, *, status: str, by: User, now: datetime, seen: int | None = None
    ) -> None:
        """Writes to the reporter's own page; the first time stops the clock of first contact."""
        self.begin("tell_reporter", seen)
        self._say(text, status, by=by, now=now)
        self.end("tell_reporter", by=by, now=now, note=text, status=status)

    @transaction.atomic
    def note(self, text: str, *, by: User, now: datetime) -> None:
        """An officer's own words, for officers."""
        self.begin("note", None)
        self.end("note", by=by, now=now, note=text)

    @transaction.atomic
    def write_down(self, details: Details, *, by: User, now: datetime, seen: int | None = None) -> Person:
        """Writes down to whom it happened. The timeline says that somebody did, and nothing of it."""
        self.begin("write_down", seen)
        report = next(report for report in self.reports if report.erased_at is None)
        person = Person.write_down(report, details, by=by, now=now)
        self.end("write_down", by=by, now=now)
        return person

    @transaction.atomic
    def compare(self, other: "Case", *, is_same: bool, by: User, now: datetime) -> None:
        """Somebody compared the people of two cases: whether they are one stands on both timelines, and can be said
        anew. Raises NobodyWrittenDown."""
        first, second = sorted((self, other), key=lambda case: case.pk)
        for case in (first, second):
            case.begin("compare", None)
        SamePerson.decide(first.person.pk, second.person.pk, is_same=is_same, by=by, now=now)
        for case, with_ in ((first, second), (second, first)):
            case.end("compare", by=by, now=now, is_same=is_same, case=with_.reference)

    @property
    def person(self) -> Person:
        """To whom it happened; raises NobodyWrittenDown."""
        people = Person.objects.filter(report__case_report__case=self).select_related("report__data_key")
        found = people.order_by("report__case_report__added_at").first()
        if found is None:
            raise NobodyWrittenDown(f"Nobody is written down on {self.reference}.")
        return found

    @transaction.atomic
    def wait(self, reason: str, *, by: User, now: datetime, seen: int | None = None) -> None:
        """Nothing can be done for now; the reason says what is waited for."""
        self.begin("wait", seen)
        self.end("wait", by=by, now=now, note=reason)

    @transaction.atomic
    def resume(self, *, by: User, now: datetime, note: str = "", seen: int | None = None) -> None:
        """Work goes on."""
        self.begin("resume", seen)
        self.end("resume", by=by, now=now, note=note)

    # Closing --------------------------------------------------------------------------------------------------

    @transaction.atomic
    def close(
        self,
        *,
        outcome: str,
        text: str,
        by: User,
        now: datetime,
        note: str = "",
        why_no_police_outcome: str = "",
        seen: int | None = None,
    ) -> None:
        """Ends the work with an outcome, and tells the reporter so in `text`, unless it is empty; raises
        NotReadyToClose."""
        self.begin("close", seen)
        refuse_to_close(self, why_no_police_outcome=why_no_police_outcome)
        self.outcome, self.closed_at = outcome, now
        if text:
            self._say(text, PublicStatus.FINISHED, by=by, now=now)
        clocks.stop(self)
        words = "\n".join(filter(None, (note or text, why_no_police_outcome)))
        self.end("close", by=by, now=now, note=words, outcome=outcome)

    @transaction.atomic
    def reopen(self, reason: str, *, by: User, now: datetime, seen: int | None = None) -> None:
        """Work begins again; the timeline keeps the outcome it had."""
        self.begin("reopen", seen)
        before, self.outcome, self.closed_at = self.outcome, "", None
        clocks.start_again(self, now=now)
        self.end("reopen", by=by, now=now, note=reason, outcome_before=before)

    # What every act is made of --------------------------------------------------------------------------------

    def acts_done(self) -> int:
        """How many things have happened on it: what a page says it has seen."""
        return self.events.count()

    def happened_since(self, seen: int) -> Iterable["CaseEvent"]:
        """What happened after a page that had seen so many."""
        return self.events.select_related("by", "organisation")[seen:]

    def begin(self, act: str, seen: int | None) -> None:
        """How every act begins, here and in the modules named for theirs: locks reports, then the case (a reporter's
        withdrawal takes them in the same order), and checks. Raises ActNotAllowed or ChangedMeanwhile."""
        reports = Report.objects.filter(case_report__case=self).order_by("pk")
        list(reports.select_for_update(of=("self",), no_key=True))
        self.refresh_from_db(from_queryset=Case.objects.select_for_update(no_key=True))
        self.__dict__.pop("reports", None)
        if self.erased_at:
            raise ActNotAllowed("This case was erased: only its numbers are left, and nothing can be added.")
        next_state = state_after(act, self.state)
        if seen is not None and self.acts_done() > seen:
            raise ChangedMeanwhile("Something happened on this case while you were writing.")
        self.state = next_state

    def end(self, act: str, *, by: User, now: datetime, note: str = "", **facts: Any) -> None:
        """How every act ends: what it changed is kept, and stands on the timeline and in the trail."""
        self.save(update_fields=KEPT_BY_ACTS)
        self._happened(act, by=by, now=now, note=note, **facts)

    def happened_by_itself(self, act: str, *, now: datetime, **facts: Any) -> None:
        """How what the portal itself does ends, such as when the time of something is over."""
        self._happened(act, by=None, now=now, **facts)

    def _happened(self, act: str, *, by: User | None, now: datetime, note: str = "", **facts: Any) -> None:
        event = self.events.model(
            case=self,
            number=self.acts_done() + 1,
            at=now,
            act=act,
            by=by,
            organisation_id=by.organisation_id if by else None,
            facts=facts,
        )
        event.seal("note", note)
        event.save(force_insert=True)
        trail.record(f"case.{ACT_DONE[act]}", self, by=by, now=now, **facts)

    def _let_see(self, organisation: Organisation, *, by: User, now: datetime) -> None:
        refuse_barred(organisation, self.reports)
        for report in self.reports:
            if organisation.pk not in report.visible_to or report.parts_for(organisation.pk) is not None:
                report.grant_to(organisation, basis=GrantBasis.CASE, by=by, now=now)

    def _say(self, text: str, status: str, *, by: User, now: datetime) -> None:
        for report in (each for each in self.reports if each.erased_at is None):
            report.tell_reporter(text, status=status, by=by, now=now)
        clocks.was_told(self, now=now)


def _proposed(report: Report) -> str:
    """The level of the risk questions, until an officer decides."""
    asked = RiskAssessment.objects.level_of(report) if report.centre_id else None
    return asked or Urgency.STANDARD


# Everything an act may change; `visible_to` is the database's own.
KEPT_BY_ACTS = [
    "state",
    "lead_organisation",
    "assigned_to",
    "recorded_strands",
    "recorded_as",
    "proposed_as",
    "urgency",
    "contact_due_at",
    "first_contact_at",
    "update_due_at",
    "review_due_at",
    "closed_at",
    "outcome",
    "support",
    "police_outcome",
]
