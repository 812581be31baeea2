"""Knowing somebody again: once it is written down on a case to whom it happened, or who is said to have done it, who
may be the same person is shown with the reason, and somebody says whether they are. Nothing is ever merged, and nobody
to whom it happened is ever compared with anybody who is said to have done it.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from casework.matching import BORN, OF_NOBODY, Tier, because, tier_of
from casework.models import Case, NobodyWrittenDown, Person, SamePerson, SameSuspect
from casework.models.comparing import Pair
from partners.models import User
from scope.context import counting_scope, worker_scope

MOST_SHOWN = 20

# Looked up over all organisations, by digests alone: who shares a sign, of what kinds, and whether two days of birth
# are known and differ. Each step is kept apart from the next (MATERIALIZED, OFFSET 0, a LIMIT), so that each goes by an
# index even when the database has not counted its rows for long: joined at once, it would go through all signs.
SHARED = """
WITH mine AS MATERIALIZED (
  SELECT {owner} AS me, kind, digest FROM {signs} WHERE {owner} = ANY(%(people)s::uuid[])
), alike AS MATERIALIZED (
  SELECT mine.me, theirs.{owner} AS they, array_agg(DISTINCT theirs.kind) AS kinds
  FROM mine CROSS JOIN LATERAL (
    SELECT {owner}, kind FROM {signs} WHERE digest = mine.digest OFFSET 0
  ) theirs
  WHERE mine.kind <> ALL(%(of_nobody)s) AND theirs.{owner} <> ALL(%(people)s::uuid[])
  GROUP BY mine.me, theirs.{owner} ORDER BY count(DISTINCT theirs.kind) DESC
  LIMIT 200
)
SELECT alike.me, alike.they, alike.kinds, coalesce(born.digest <> my_born.digest, false)
FROM alike
LEFT JOIN mine my_born ON my_born.me = alike.me AND my_born.kind = %(born)s
LEFT JOIN LATERAL (
  SELECT digest FROM {signs} WHERE {owner} = alike.they AND kind = %(born)s LIMIT 1
) born ON true
"""
# Asked apart, of the few who were found: together with the above the database would at times go through all reports.
# Of whom the asker is barred from, nothing is found.
WHERE_THEY_ARE = """
SELECT person.id, found_case.reference,
  found_case.visible_to @> ARRAY[%(organisation)s]::int[] AND {is_in_sight}, lead.short_name
FROM {people} person
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
# Whoever was given a case without this part of each of its reports does not hear that it has a suspect in common.
GIVEN_WITH_SUSPECTS = """NOT EXISTS (
    SELECT 1 FROM casework_casereport each_link
    JOIN reporting_report each_report ON each_report.id = each_link.report_id
    WHERE each_link.case_id = found_case.id AND (
      NOT each_report.visible_to @> ARRAY[%(organisation)s]::int[]
      OR (each_report.limited_to @> ARRAY[%(organisation)s || ':']::varchar[]
        AND NOT each_report.limited_to @> ARRAY[%(organisation)s || ':suspect']::varchar[])))"""


@dataclass(frozen=True)
class Compared:
    """Of whom signs are kept, in which tables, and in whose scope they are looked up."""

    people: str
    signs: str
    owner: str
    pairs: type[Pair]
    asked_in: Callable[[], AbstractContextManager[None]]
    is_in_sight: str = "true"


PEOPLE = Compared("casework_person", "casework_personsign", "person_id", SamePerson, counting_scope)
# For figures there are no suspects: these tables are the worker's alone.
SUSPECTS = Compared(
    "casework_suspectrecord",
    "casework_suspectsign",
    "record_id",
    SameSuspect,
    worker_scope,
    GIVEN_WITH_SUSPECTS,
)


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same person. `reference` is '' where the asker may not see the case: then only who leads
    it is said, so that they can be asked."""

    other_id: UUID
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
    return _alike_in(PEOPLE, case, [person.pk], asked_by=asked_by).get(person.pk, [])


def suspects_alike(case: Case, records: Collection[UUID], *, asked_by: User) -> dict[UUID, list[Alike]]:
    """Which records on other cases may be of the same person as each of these on a case, as `alike` says it; for who
    may open them. They are not opened for it."""
    return _alike_in(SUSPECTS, case, records, asked_by=asked_by)


def _alike_in(
    table: Compared, case: Case, people: Collection[UUID], *, asked_by: User
) -> dict[UUID, list[Alike]]:
    shared_question, where_question = _questions(table)
    with table.asked_in(), connection.cursor() as cursor:
        asked: dict[str, Any] = {"born": BORN, "of_nobody": list(OF_NOBODY), "people": list(map(str, people))}
        cursor.execute(shared_question, asked)
        shared = cursor.fetchall()
        if not shared:
            return {}
        asker: dict[str, Any] = {"organisation": asked_by.organisation_id, "user": asked_by.pk}
        given = asker | {"case": case.pk, "people": [str(they) for _me, they, *_ in shared]}
        cursor.execute(where_question, given)
        places = {
            they: (reference if is_visible else "", lead) for they, reference, is_visible, lead in cursor
        }
        said = table.pairs.said_of(people)
    found: dict[UUID, list[Alike]] = {}
    for me, they, kinds, born_apart in (row for row in shared if row[1] in places):
        tier = tier_of(kinds, born_apart=born_apart)
        is_same = said.get(frozenset((me, they)))
        found.setdefault(me, []).append(Alike(they, tier, tuple(kinds), *places[they], is_same))
    return {me: _shown(each) for me, each in found.items()}


def _shown(found: list[Alike]) -> list[Alike]:
    shown = [each for each in found if each.reference or each.is_sure]
    return sorted(shown, key=lambda each: (each.tier, not each.reference, each.reference))[:MOST_SHOWN]


@cache
def _questions(table: Compared) -> tuple[str, str]:
    names = {"people": table.people, "signs": table.signs, "owner": table.owner}
    return SHARED.format(**names), WHERE_THEY_ARE.format(**names, is_in_sight=table.is_in_sight)
