"""Who lives where it happened before: the same house number and postcode, by keyed digests alone. Suggested, and said
by a person; of cases that the officer does not see, only who leads them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from casework.matching import HOME
from casework.models import Case, CaseReport, PersonSign, SamePerson
from partners.models import User
from reviews.models import SamePlace
from scope.context import counting_scope, worker_scope


@dataclass(frozen=True)
class SameHome:
    """References of cases that the officer sees, and who leads those that they do not."""

    references: list[str]
    elsewhere: list[str]


def same_home(case: Case, *, asked_by: User) -> SameHome:
    """The cases at the same home of which nobody has said yet whether they are one household or person."""
    with worker_scope():
        known = _decided(case)
    with counting_scope():
        mine = PersonSign.objects.filter(kind=HOME, person__report__case_report__case=case).values("digest")
        alike = PersonSign.objects.filter(kind=HOME, digest__in=mine).values("person__report")
        links = CaseReport.objects.filter(report__in=alike).exclude(case=case).exclude(case__in=known)
        links = links.exclude(report__bars__organisation=asked_by.organisation_id)
        links = links.exclude(
            report__conflict_bars__organisation=asked_by.organisation_id,
            report__conflict_bars__lifted_at=None,
        ).exclude(report__barred_people__contains=[asked_by.pk])
        found = list(
            links.values_list("case__reference", "case__visible_to", "case__lead_organisation__short_name")
        )
    seen = {reference for reference, visible_to, _lead in found if asked_by.organisation_id in visible_to}
    others = {lead for reference, _visible_to, lead in found if reference not in seen}
    return SameHome(sorted(seen), sorted(others))


def _decided(case: Case) -> set[UUID]:
    """The cases about which somebody has said something."""
    places = SamePlace.objects.filter(Q(one=case) | Q(other=case)).values_list("one", "other")
    one, other = "one__report__case_report__case", "other__report__case_report__case"
    people = SamePerson.objects.filter(Q(**{one: case}) | Q(**{other: case})).values_list(one, other)
    return {each for pair in (*places, *people) for each in pair if each} - {case.pk}
