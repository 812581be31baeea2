"""Erasing one report for good: its key, its tokens and the words about it in every room; its numbers stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from audit import trail
from casework.models import (
    Case,
    CaseEvent,
    ContactAttempt,
    Keeping,
    LegalHold,
    Override,
    Pack,
    Person,
    PoliceAnswer,
    PoliceNumberSign,
    Referral,
    ReportSigns,
    SetAside,
    SuspectRecord,
    Task,
)
from partners.models import User
from partners.retention import schedule
from reporting.erasing import erase_told, files_of
from reporting.models import CentreRecord, Report
from scope.context import worker_scope


class WhyErased(models.TextChoices):
    """Why a person erases a report; the nightly job gives the class of the schedule instead."""

    PERSON_ASKED = "person_asked", "The person asked us to erase it"
    ORDERED = "ordered", "A court or the regulator ordered it"
    NOT_A_REPORT = "not_a_report", "It was never a report, such as a test"
    REVIEWED = "reviewed", "Its time is over and nobody needs it any more"


def why_in_words(code: str) -> str:
    """What is said of a reason, also of one that the schedule gave."""
    if code in WhyErased.values:
        return str(WhyErased(code).label)
    rule = next((rule for rule in schedule().rules.values() if rule.code == code), None)
    return f"Its time was over: {rule.in_words}" if rule else "Its time was over"


class CannotErase(Exception):
    """The report is not erased; the message says why, and what to do."""


class IsHeld(CannotErase):
    """A legal hold is in force on it, or on another report of its case."""


class CaseIsOpen(CannotErase):
    """Officers still work on its case."""


class ErasedAlready(CannotErase):
    """There is nothing left to erase."""


@dataclass(frozen=True)
class Contents:
    """What there is of a report to erase: numbers, never words."""

    messages: int
    notes: int
    files: int
    permissions: int
    has_code: bool
    has_contact: bool
    of_a_centre: bool
    others_in_case: int

    @property
    def in_words(self) -> list[str]:
        """One line a kind of thing, only those that are there."""
        lines = [
            "what the person told us, word for word",
            "their name and how to reach them" if self.has_contact else "",
            "the notes of the centre, and the answers about risk" if self.of_a_centre else "",
            "their receipt code: their own page will not open any more" if self.has_code else "",
            _counted(self.messages, "message to them", "messages to them"),
            _counted(self.permissions, "permission that they gave", "permissions that they gave"),
            _counted(self.notes, "note of officers on the case", "notes of officers on the case"),
            _counted(self.files, "file that they sent", "files that they sent"),
        ]
        if self.others_in_case and self.notes:
            lines.append(
                "the case has another report, which stays: but its notes cannot be told apart, and go too"
            )
        return [line for line in lines if line]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def contents(report: Report) -> Contents:
    """What would go with the report; in the worker's scope."""
    case = _case_of(report)
    return Contents(
        messages=report.messages.exclude(text=None).count(),
        notes=CaseEvent.objects.filter(case=case).exclude(note=None).count() if case else 0,
        files=files_of(report).count(),
        permissions=report.preferences.count(),
        has_code=report.receipt_code_digest is not None,
        has_contact=report.contact is not None,
        of_a_centre=CentreRecord.objects.filter(report=report).exists(),
        others_in_case=_left_in(case).exclude(pk=report.pk).count() if case else 0,
    )


def refusal(report: Report) -> CannotErase | None:
    """Why the report may not be erased now, or None; in the worker's scope."""
    if report.erased_at:
        day = timezone.localdate(report.erased_at)
        return ErasedAlready(f"{report.reference} was erased on {day:%-d %B %Y}.")
    case = _case_of(report)
    if LegalHold.objects.in_force().filter(report__in=_together(report, case)).exists():
        return IsHeld(f"{report.reference} is under a legal hold. Lift the hold first.")
    if case and case.closed_at is None:
        return CaseIsOpen(
            f"Case {case.reference} is still open. {case.lead_organisation.name} has to close it first."
        )
    return None


def erase(report: Report, *, why: str, by: User | None, now: datetime, **facts: Any) -> None:
    """Erases the report in one transaction; raises CannotErase and leaves everything as it was.

    The notes on its case go too: they are sealed together, and nobody can tell which of them are about this report.
    `why` is a code of WhyErased or of the schedule; `facts` are codes that the trail keeps beside it.
    """
    with worker_scope():
        found, case = locked(report)
        refused = refusal(found)
        if refused:
            raise refused
        erased = erase_told(found, why=why, now=now)
        notes = CaseEvent.objects.filter(case=case).exclude(note=None).update(note=None) if case else 0
        Task.objects.filter(case=case).update(words=None)
        Referral.objects.filter(case=case).update(asked=None, answer=None, result=None)
        Override.objects.filter(case=case).update(reason=None)
        ContactAttempt.objects.filter(report=found).update(words=None)
        LegalHold.objects.filter(report=found).update(note=None)
        Keeping.objects.filter(report=found).delete()
        Person.objects.filter(report=found).delete()
        _erase_of_the_police(case)
        SuspectRecord.objects.filter(report=found).delete()
        found.conflict_bars.update(reason=None, why_lifted=None)
        ReportSigns.objects.filter(report=found).delete()
        SetAside.objects.filter(report=found).update(reason=None, kept_because=None)
        if case and not _left_in(case).exists():
            Case.objects.filter(pk=case.pk).update(erased_at=now)
        facts |= {"why": why, "messages": erased.messages, "notes": notes, "files": erased.files}
        trail.record("report.erased", found, by=by, now=now, **facts)


def _erase_of_the_police(case: Case | None) -> None:
    """What was made for others and the numbers of the police go; how it ended stays, because it is counted."""
    Pack.objects.filter(case=case).delete()
    PoliceNumberSign.objects.filter(answer__case=case).delete()
    PoliceAnswer.objects.filter(case=case).update(police_number=None, number_kind="", signed_with="")


def locked(report: Report) -> tuple[Report, Case | None]:
    """The report and its case, locked in the order in which every act on a case locks them."""
    case = _case_of(report)
    rows = _together(report, case).order_by("pk").select_for_update(of=("self",))
    found = next(each for each in rows if each.pk == report.pk)
    return found, Case.objects.select_for_update(of=("self",)).get(pk=case.pk) if case else None


def _case_of(report: Report) -> Case | None:
    return Case.objects.filter(case_reports__report=report).select_related("lead_organisation").first()


def _together(report: Report, case: Case | None) -> models.QuerySet[Report]:
    return Report.objects.filter(case_report__case=case) if case else Report.objects.filter(pk=report.pk)


def _left_in(case: Case) -> models.QuerySet[Report]:
    return Report.objects.filter(case_report__case=case, erased_at=None)
