"""Finding what somebody rings up about: by their reference, or by what they say of themselves.

Each search is in the trail: by what it was searched, and how many were found, not the words.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit import trail
from casework.matching import OF_NOBODY, Details, Sign, because, signs
from casework.models import Case, CaseReport, Person, PersonSign, PoliceNumberSign
from casework.models.police_answer import police_number_sign
from partners.models import User
from reporting.models import Report
from scope.context import counting_scope
from vault.keys import keyring

MOST_FOUND = 25


@dataclass(frozen=True)
class Found:
    """A report that the searcher may see; `because` says how it was found, '' by its reference."""

    report: Report
    case: Case | None
    because: str = ""


def by_reference(reference: str, *, by: User, now: datetime) -> list[Found]:
    """The report of this reference, if the searcher may see it."""
    reports = list(Report.objects.visible_to(by).filter(reference=reference))
    _note(by, now, by_what="reference", found=len(reports))
    return _found([(report, "") for report in reports])


def by_person(details: Details, *, by: User, now: datetime) -> list[Found]:
    """The reports of people who left the same signs, where an officer wrote them down and the searcher may see it."""
    left = [sign for sign in signs(details) if sign.kind not in OF_NOBODY]
    kinds = _who_left(left)
    people = Person.objects.filter(pk__in=kinds, report__in=Report.objects.visible_to(by))
    visible = list(people.select_related("report").order_by("-report__received_at")[:MOST_FOUND])
    _note(by, now, by_what=sorted({sign.kind for sign in left}), found=len(visible))
    return _found([(person.report, because(kinds[person.pk])) for person in visible])


def by_police_number(number: str, *, by: User, now: datetime) -> list[Found]:
    """The cases of which the police gave this number, where the searcher may see them; however it is written."""
    sign = police_number_sign(number)
    digests = [sign.digest(key) for key in keyring().of("match")] if sign else []
    with counting_scope():
        answers = list(PoliceNumberSign.objects.filter(digest__in=digests).values_list("answer", flat=True))
    left = CaseReport.objects.filter(case__police_answers__in=answers)
    reports = Report.objects.visible_to(by).filter(case_report__in=left).order_by("-received_at")
    visible = list(reports.distinct()[:MOST_FOUND])
    _note(by, now, by_what="police_number", found=len(visible))
    return _found([(report, "its police number") for report in visible])


def can_be_searched(details: Details) -> bool:
    """Whether what is known of somebody is enough: a name alone is not."""
    return any(sign.kind not in OF_NOBODY for sign in signs(details))


def _who_left(left: list[Sign]) -> dict[UUID, set[str]]:
    """The people who left any of these signs, by id, and of what kind."""
    digests = [sign.digest(key) for sign in left for key in keyring().of("match")]
    found: dict[UUID, set[str]] = {}
    with counting_scope():
        for person, kind in PersonSign.objects.filter(digest__in=digests).values_list("person", "kind"):
            found.setdefault(person, set()).add(kind)
    return found


def _found(reports: list[tuple[Report, str]]) -> list[Found]:
    taken_up = CaseReport.objects.filter(report__in=[report for report, _ in reports]).select_related("case")
    cases = {link.report_id: link.case for link in taken_up}
    return [Found(report, cases.get(report.pk), because) for report, because in reports]


def _note(by: User, now: datetime, **facts: object) -> None:
    trail.record("people.searched", by, by=by, now=now, **facts)
