"""Listing by the rule: what is linked is looked at, and whatever the rule asks for stands on its district's list, once.

Done each few minutes and after each word about who or what is the same. Done again, nothing changes: a case is in one
open item at most, which the database holds too.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from audit import trail
from casework.models import Case, CaseReport, SamePerson, Urgency
from casework.states import CaseState
from partners.dispositions import outcomes
from partners.jag import letters_of
from partners.models import District, Organisation
from partners.standards import standard
from reporting.models import Report
from reviews.groups import Pair, groups_of
from reviews.models import CaseReviewRequest, JagCase, JagIncident, JagItem, SamePlace
from reviews.models.item import TO_DECIDE
from reviews.repeat import Rule, Told, Why, level_of, rule_of_today, why_listed
from scope.context import worker_scope
from vault.models import DataKey

# Two who list at once wait for each other here; the number says nothing.
ONE_AT_A_TIME = 7_202_032


@dataclass(frozen=True)
class Linked:
    """One report of a case that counts: what the rule asks of it, and what an item shows of it."""

    told: Told
    district_id: int | None
    lead_id: int
    strands: tuple[str, ...]
    place_kind: str


def bring_up_to_date(*, now: datetime) -> int:
    """Lists what the rule asks for, and adds to what is listed; returns how many items are new."""
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        rule = rule_of_today()
        groups = groups_of(links(), _alone())
        known = _linked({case for group in groups for case in group}, now=now)
        return sum(_look_at(group, known, rule, now=now) for group in sorted(groups, key=min))


def links() -> list[Pair]:
    """Every two cases of which somebody said that they are of one person, household or place."""
    people = SamePerson.objects.filter(is_same=True).values_list(
        "one__report__case_report__case", "other__report__case_report__case"
    )
    places = SamePlace.objects.filter(is_same=True).values_list("one", "other")
    return [(one, other) for one, other in [*people, *places] if one and other]


def group_of(case: Case) -> frozenset[UUID]:
    """The cases that are linked with this one, and itself."""
    with worker_scope():
        return next(group for group in groups_of(links(), [case.pk]) if case.pk in group)


def told_of(cases: Iterable[UUID], *, now: datetime) -> list[Told]:
    """What the rule asks of these cases."""
    with worker_scope():
        return [each.told for rows in _linked(set(cases), now=now).values() for each in rows]


def _alone() -> set[UUID]:
    """The cases that count although nothing links them: where the risk is high, or a review was accepted."""
    at_work = Case.objects.not_closed().filter(urgency=Urgency.HIGH, erased_at=None)
    reviewed = CaseReviewRequest.objects.accepted().filter(case__erased_at=None)
    return {*at_work.values_list("pk", flat=True), *reviewed.values_list("case", flat=True)}


def _linked(cases: set[UUID], *, now: datetime) -> dict[UUID, list[Linked]]:
    """The reports of these cases by case, without what was erased or was not hate after all."""
    not_counted = [outcome.code for outcome in outcomes() if not outcome.keeps_in_counts]
    rows = CaseReport.objects.filter(case__in=cases, case__erased_at=None, report__erased_at=None)
    rows = rows.filter(report__received_at__lte=now)
    rows = rows.exclude(case__state=CaseState.CLOSED, case__outcome__in=not_counted)
    accepted = CaseReviewRequest.objects.accepted().filter(case__in=cases)
    reviewed = set(accepted.values_list("case", flat=True))
    found: dict[UUID, list[Linked]] = defaultdict(list)
    for row in rows.select_related("case", "report").order_by("report__received_at"):
        found[row.case_id].append(_of(row.case, row.report, row.case_id in reviewed))
    return found


def _of(case: Case, report: Report, has_review: bool) -> Linked:
    told = Told(
        case.pk, report.received_at, case.urgency, case.state != CaseState.CLOSED, has_review=has_review
    )
    return Linked(
        told,
        report.district_id,
        case.lead_organisation_id,
        tuple(case.recorded_strands or report.perceived_strands),
        report.place_kind,
    )


def _look_at(group: frozenset[UUID], known: dict[UUID, list[Linked]], rule: Rule, *, now: datetime) -> bool:
    """Lists one group, or adds to its open item; True where an item is new."""
    found = [each for case in group for each in known.get(case, ())]
    reasons = why_listed([each.told for each in found], rule=rule, today=timezone.localdate(now))
    if not reasons:
        return False
    cases = {each.told.case for each in found}
    items = list(JagItem.objects.filter(jag_cases__case__in=cases).distinct().order_by("listed_at", "number"))
    open_item = next((item for item in items if item.state in TO_DECIDE), None)
    if open_item:
        _add_to(open_item, cases, found, reasons, now=now)
        return False
    if items and not _is_news(cases, reasons, items):
        return False
    _list(cases, found, reasons, now=now)
    return True


def _is_news(cases: set[UUID], reasons: list[Why], items: list[JagItem]) -> bool:
    """Whether it happened again, or for another reason, since it was decided about."""
    before = set(JagCase.objects.filter(item__in=items).values_list("case", flat=True))
    said = {reason for item in items for reason in item.reasons}
    return bool(cases - before) or bool(set(reasons) - said)


@transaction.atomic
def _list(cases: set[UUID], found: list[Linked], reasons: list[Why], *, now: datetime) -> JagItem:
    district, council = _where(found)
    item = JagItem.objects.create(
        number=_next_number(district, now),
        district=district,
        council=council,
        reasons=list(reasons),
        level=level_of(each.told for each in found),
        listed_at=now,
        due_on=timezone.localdate(now) + timedelta(days=standard("repeat_review").amount),
        data_key=DataKey.create(),
    )
    JagCase.objects.bulk_create(JagCase(item=item, case_id=case) for case in sorted(cases))
    _show(item, found)
    facts = {"number": item.number, "reasons": list(reasons), "cases": len(cases)}
    trail.record("jag_item.listed", item, by=None, now=now, **facts)
    return item


def _add_to(
    item: JagItem, cases: set[UUID], found: list[Linked], reasons: list[Why], *, now: datetime
) -> None:
    """What happened since it was listed stands in it too; what another open item has stays there."""
    taken = set(JagCase.objects.filter(case__in=cases, is_open=True).values_list("case", flat=True))
    fresh = cases - taken
    JagCase.objects.bulk_create(JagCase(item=item, case_id=case) for case in sorted(fresh))
    own = set(item.jag_cases.values_list("case", flat=True))
    _show(item, [each for each in found if each.told.case in own])
    level, all_reasons = (
        level_of(each.told for each in found),
        [why for why in Why if why in reasons or why in item.reasons],
    )
    if fresh or (level, all_reasons) != (item.level, item.reasons):
        item.level, item.reasons = level, list(all_reasons)
        item.save(update_fields=["level", "reasons"])
        facts = {"number": item.number, "reasons": list(all_reasons), "new_cases": len(fresh)}
        trail.record("jag_item.grew", item, by=None, now=now, **facts)


def _show(item: JagItem, found: list[Linked]) -> None:
    """What a chair may know of each incident."""
    JagIncident.objects.bulk_create(
        [
            JagIncident(
                item=item,
                case_id=each.told.case,
                month=timezone.localdate(each.told.at).replace(day=1),
                strands=list(each.strands),
                place_kind=each.place_kind,
            )
            for each in found
        ],
        # A case is one incident: the first report that told of it.
        ignore_conflicts=True,
    )


def _where(found: list[Linked]) -> tuple[District | None, Organisation]:
    """The district of the newest incident that has one; else that of who leads; else none, and who reads the rest."""
    newest_first = sorted(found, key=lambda each: each.told.at, reverse=True)
    districts = District.objects.select_related("triage_organisation")
    for each in newest_first:
        if each.district_id:
            district = districts.get(pk=each.district_id)
            return district, district.triage_organisation
    led = districts.filter(triage_organisation=newest_first[0].lead_id).first()
    if led:
        return led, led.triage_organisation
    return None, Organisation.objects.get(is_fallback_triage=True)


def _next_number(district: District | None, now: datetime) -> str:
    """Such as JAG-CHW-2026-014."""
    start = f"JAG-{letters_of(district.code if district else None)}-{timezone.localdate(now).year}-"
    taken = JagItem.objects.filter(number__startswith=start).values_list("number", flat=True)
    last = max((int(number.removeprefix(start)) for number in taken), default=0)
    return f"{start}{last + 1:03}"
