"""Sharing a case with another organisation: on what basis, and to whom it may never go."""

from django.db import models

from partners.models import Organisation, OrganisationKind
from reporting.models import Report


class LawfulBasis(models.TextChoices):
    """Why we may share; what the person chose is recorded beside it and is never the basis."""

    PUBLIC_TASK = "public_task", "Our public task, for reasons of substantial public interest"
    CRIME_AND_DISORDER = (
        "crime_and_disorder",
        "To prevent crime and disorder (Crime and Disorder Act 1998, section 115)",
    )
    SAFEGUARDING = "safeguarding", "To keep a child or an adult at risk safe"
    VITAL_INTERESTS = "vital_interests", "Somebody could be badly hurt"


class BarredFromReport(Exception):
    """The person said that this organisation must not see their report."""


class ReasonNeeded(Exception):
    """The person did not choose this organisation, so sharing needs a reason in words."""


def refuse_barred(organisation: Organisation, reports: list[Report]) -> None:
    """Raises BarredFromReport when one of the reports must be kept from the organisation."""
    if any(organisation.pk in report.barred_organisations() for report in reports):
        raise BarredFromReport(
            f"The person said that {organisation.short_name} must not see this. It cannot be shared with them."
        )


def was_chosen(organisation: Organisation, reports: list[Report]) -> bool:
    """Whether the person chose this organisation for every one of the reports, and has not taken it back."""
    return all(_chose(organisation, report) for report in reports)


def _chose(organisation: Organisation, report: Report) -> bool:
    chosen = report.preferences.filter(withdrawn_at=None).values_list("recipient", flat=True)
    return recipient_for(organisation) in chosen


def recipient_for(organisation: Organisation) -> str:
    """The permission that covers an organisation, as the person is asked for it; '' when none does."""
    councils = {OrganisationKind.COUNTY_COUNCIL, OrganisationKind.DISTRICT_COUNCIL, OrganisationKind.UNITARY}
    covered = {OrganisationKind.POLICE: "police", OrganisationKind.CENTRE: "centre"}
    covered |= {OrganisationKind.VICTIM_SERVICE: "victim_first"} | dict.fromkeys(councils, "council")
    return covered.get(OrganisationKind(organisation.kind), "")
