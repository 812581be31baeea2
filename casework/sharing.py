"""Sharing a case with another organisation: on what basis, to whom it may never go, and what of it they see."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from casework.parts import ALL_PARTS
from partners.directory import directory
from partners.models import Organisation, SharingAgreement
from reporting.models import ConflictBar, Report
from reporting.receiving import organisations_for

if TYPE_CHECKING:
    from casework.models import Case


class LawfulBasis(models.TextChoices):
    """Why we may share; what the person chose is recorded beside it and is never the basis."""

    PUBLIC_TASK = "public_task", "Our public task, for reasons of substantial public interest"
    CRIME_AND_DISORDER = (
        "crime_and_disorder",
        "To prevent crime and disorder (Crime and Disorder Act 1998, section 115)",
    )
    SAFEGUARDING = "safeguarding", "To keep a child or an adult at risk safe"
    VITAL_INTERESTS = "vital_interests", "Somebody could be badly hurt"


class CannotShare(Exception):
    """Sharing is refused; the message says why in words for the officer."""


class BarredFromReport(CannotShare):
    """This organisation must not see the report: the person said so, or because of a conflict."""


class ReasonNeeded(CannotShare):
    """The person did not choose this organisation, so sharing needs a reason in words."""


class SecondPersonNeeded(CannotShare):
    """The person did not choose this organisation, so one officer proposes it and another decides."""


class SharedAlready(CannotShare):
    """They see it already."""


class NotTheirAgreement(CannotShare):
    """The organisation has not signed the agreement, or it was not in force on the day."""


def refuse_barred(organisation: Organisation, reports: list[Report]) -> None:
    """Raises BarredFromReport when one of the reports must be kept from the organisation."""
    if ConflictBar.objects.in_force().filter(report__in=reports, organisation=organisation).exists():
        raise BarredFromReport(
            f"{organisation.short_name} is kept from this because of a conflict. It cannot be shared with them."
        )
    if any(organisation.pk in report.barred_organisations() for report in reports):
        raise BarredFromReport(
            f"The person said that {organisation.short_name} must not see this. It cannot be shared with them."
        )


def refuse_agreement(agreement: SharingAgreement | None, organisation: Organisation, *, today: date) -> None:
    """Raises NotTheirAgreement unless there is none, or it is theirs and signed."""
    if agreement is None:
        return
    theirs = agreement.organisations.filter(pk=organisation.pk).exists()
    if not theirs or agreement.signed_on > today:
        raise NotTheirAgreement(
            f"{organisation.short_name} has not signed “{agreement}”. Choose another, or none."
        )


def was_chosen(organisation: Organisation, reports: list[Report]) -> bool:
    """Whether the person chose this organisation for every one of the reports, and has not taken it back."""
    return all(choice_for(organisation, report) for report in reports)


def chosen_by_all(reports: list[Report]) -> set[int]:
    """The organisations that the person chose for every one of the reports; asked once for each report."""
    known = directory().organisations
    covered = [
        {
            each.pk
            for each in organisations_for(
                list(report.preferences.filter(withdrawn_at=None).values_list("recipient", flat=True)),
                known,
                report.district,
                report.centre,
            )
        }
        for report in reports
    ]
    return set.intersection(*covered) if covered else set()


def choice_for(organisation: Organisation, report: Report) -> str:
    """The choice of the person that covers an organisation today, as they were asked for it; '' when none does. “My
    council” is the one of the area, and no other."""
    chosen = report.preferences.filter(withdrawn_at=None).values_list("recipient", flat=True)
    known = directory().organisations
    for recipient in chosen.order_by("recipient"):
        covered = organisations_for([recipient], known, report.district, report.centre)
        if organisation.pk in {each.pk for each in covered}:
            return recipient
    return ""


# What they see of it ------------------------------------------------------------------------------------------


def parts_of(report: Report, organisation_id: int | None) -> frozenset[str]:
    """The parts of a report that an organisation sees; none where it does not see the report."""
    if organisation_id not in report.visible_to:
        return frozenset()
    limited = report.parts_for(organisation_id)
    return ALL_PARTS if limited is None else limited


def parts_of_all(reports: list[Report], organisation_id: int | None) -> frozenset[str]:
    """The parts that it sees of each of these reports: what is said of a case as a whole may be about any of them."""
    if not reports:
        return frozenset()
    return frozenset.intersection(
        frozenset(ALL_PARTS), *(parts_of(report, organisation_id) for report in reports)
    )


def sees_all(reports: list[Report], organisation: Organisation, parts: Iterable[str]) -> bool:
    """Whether an organisation sees these parts of every one of the reports."""
    in_sight = all(organisation.pk in report.visible_to for report in reports)
    return in_sight and set(parts) <= parts_of_all(reports, organisation.pk)


def still_shared(case: "Case", organisation: Organisation) -> frozenset[str]:
    """The parts of a case that an organisation may see at this moment, asked anew; empty when it may see nothing.

    Reports of the case that it does not see at all are no part of what it was given.
    """
    reports = Report.objects.filter(case_report__case=case, visible_to__contains=[organisation.pk])
    seen = [report for report in reports if report.erased_at is None]
    return parts_of_all(seen, organisation.pk)
