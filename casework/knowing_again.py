"""Knowing somebody again: once it is written down on a case to whom it happened, who may be the same person is shown
with the reason, and somebody says whether they are. Nothing is ever merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from casework.matching import BORN, OF_NOBODY, Tier, because, tier_of
from casework.models import Case, NobodyWrittenDown, Person, SamePerson
from partners.models import User
from scope.context import counting_scope

MOST_SHOWN = 20

# Looked up over all organisations, by digests alone: who shares a sign, of what kinds, and whether two days of birth
# are known and differ. Each step is kept apart from the next (MATERIALIZED, OFFSET 0, a LIMIT), so that each goes by an
# index even when the database has not counted its rows for long: joined at once, it would go through all signs.
SHARED = """
WITH mine AS MATERIALIZED (
  SELECT kind, digest FROM casework_personsign WHERE person_id = %(person)s
), alike AS MATERIALIZED (
  SELECT theirs.person_id, array_agg(DISTINCT theirs.kind) AS kinds
  FROM mine CROSS JOIN LATERAL (
    SELECT person_id, kind FROM casework_personsign WHERE digest = mine.digest OFFSET 0
  ) theirs
  WHERE mine.kind <> ALL(%(of_nobody)s) AND theirs.person_id <> %(person)s
  GROUP BY theirs.person_id ORDER BY count(DISTINCT theirs.kind) DESC
  LIMIT 200
)
SELECT alike.person_id, alike.kinds, coalesce(born.digest <> my_born.digest, false)
FROM alike
LEFT JOIN mine my_born ON my_born.kind = %(born)s
LEFT JOIN LATERAL (
  SELECT digest FROM casework_personsign WHERE person_id = alike.person_id AND kind = %(born)s LIMIT 1
) born ON true
"""
# Asked apart, of the few who were found: together with the above the database would at times go through all reports.
# Of whom the asker is barred from, nothing is found.
WHERE_THEY_ARE = """
SELECT person.id, found_case.reference, found_case.visible_to @> ARRAY[%(organisation)s]::int[], lead.short_name
FROM casework_person person
JOIN casework_casereport link ON link.report_id = person.report_id
JOIN casework_case found_case ON found_case.id = link.case_id
JOIN partners_organisation lead ON lead.id = found_case.lead_organisation_id
WHERE person.id = ANY(%(people)s::uuid[]) AND found_case.id <> %(case)s
  AND NOT EXISTS (
    SELECT 1 FROM reporting_reportbar bar
    WHERE bar.report_id = person.report_id AND bar.organisation_id = %(organisation)s)
  AND NOT EXISTS (
    SELECT 1 FROM reporting_conflictbar bar
    WHERE bar.report_id = person.report_id AND bar.organisation_id = %(organisation)s AND bar.lifted_at IS NULL)
  AND (found_case.barred_people IS NULL OR NOT found_case.barred_people @> ARRAY[%(user)s]::int[])
"""


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same person. `reference` is '' where the asker may not see the case: then only who leads
    it is said, so that they can be asked."""

    person_id: UUID
    tier: Tier
    kinds: tuple[str, ...]
    reference: str
    lead: str
    is_same: bool | None = None

    @property
    def is_sure(self) -> bool:
        return self.tier == Tier.SAME

    @property
    def because(self) -> str:
        """The strongest reason, in words."""
        return because(self.kinds)


def alike_on(case: Case, *, asked_by: User) -> list[Alike]:
    """Who may be the same person as the one written down on a case; nobody where none is."""
    try:
        return alike(case, case.person, asked_by=asked_by)
    except NobodyWrittenDown:
        return []


def alike(case: Case, person: Person, *, asked_by: User) -> list[Alike]:
    """Who may be the same person, the surest first. Of cases that the asker may not see, only the sure ones."""
    with counting_scope(), connection.cursor() as cursor:
        asked: dict[str, Any] = {"born": BORN, "of_nobody": list(OF_NOBODY), "person": person.pk}
        cursor.execute(SHARED, asked)
        shared = {other: (kinds, born_apart) for other, kinds, born_apart in cursor.fetchall()}
        if not shared:
            return []
        asker: dict[str, Any] = {"organisation": asked_by.organisation_id, "user": asked_by.pk}
        given = asker | {"case": case.pk, "people": list(map(str, shared))}
        cursor.execute(WHERE_THEY_ARE, given)
        rows = cursor.fetchall()
    decided = _decided(person)
    found = [
        _alike(other, *shared[other], reference if is_visible else "", lead, decided)
        for other, reference, is_visible, lead in rows
    ]
    shown = [each for each in found if each.reference or each.tier == Tier.SAME]
    return sorted(shown, key=lambda each: (each.tier, not each.reference, each.reference))[:MOST_SHOWN]


def _alike(
    other: UUID, kinds: list[str], born_apart: bool, reference: str, lead: str, decided: Mapping[UUID, bool]
) -> Alike:
    tier = tier_of(kinds, born_apart=born_apart)
    return Alike(other, tier, tuple(kinds), reference, lead, decided.get(other))


def _decided(person: Person) -> dict[UUID, bool]:
    """What was said about this person and others, by the other's id."""
    pairs = SamePerson.objects.filter(Q(one=person) | Q(other=person))
    return {
        other if one == person.pk else one: is_same
        for one, other, is_same in pairs.values_list("one_id", "other_id", "is_same")
    }
