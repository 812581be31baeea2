"""Keeping an officer or an organisation from a case because of a conflict: they know the people, or are complained of.

Apart from what the person said themselves (`reporting.ReportBar`), which no officer lifts. To whoever is kept out the
case is not there; the timeline says that something was decided, and neither who nor why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit import trail
from casework.models import Case
from partners.models import Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.models import ConflictBar, Report

Who = Organisation | User


class ConflictRefused(Exception):
    """The conflict can't be written down or lifted so; the message says why, and what to do."""


@dataclass(frozen=True)
class Conflict:
    """One conflict in force, as those see it who may know of it. `id` is that of one of its rows: a case has one for
    each of its reports."""

    id: UUID
    name: str
    reason: str
    barred_by: User
    barred_at: datetime

    def can_be_lifted_by(self, user: User) -> bool:
        """Four eyes: whoever wrote it down does not lift it."""
        return user.pk != self.barred_by.pk


@transaction.atomic
def bar(case: Case, who: Who, *, reason: str, by: User, now: datetime, seen: int | None = None) -> None:
    """Keeps an officer or an organisation from a case and from all its reports, at once; raises ConflictRefused. Who
    works on it and is kept out has it no longer."""
    case.begin("bar", seen)
    reports = [report for report in case.reports if report.erased_at is None]
    _refuse(who, reports, case.lead_organisation)
    if case.assigned_to and who in (case.assigned_to, case.assigned_to.organisation):
        case.assigned_to = None
    # First the end of the act: whoever bars themselves sees the case no longer afterwards.
    bars = [_prepared(report, who, reason, by, now) for report in reports]
    case.end("bar", by=by, now=now)
    _put(bars, by=by, now=now)


@transaction.atomic
def bar_from_report(report: Report, who: Who, *, reason: str, by: User, now: datetime) -> None:
    """The same for a report that nobody has taken up yet; raises ConflictRefused."""
    locked = Report.objects.select_for_update(of=("self",), no_key=True).select_related("data_key")
    found = locked.get(pk=report.pk)
    if found.taken_up_at:
        raise ConflictRefused("Somebody has opened a case for this report. Say it on the case.")
    assert by.organisation, "a permission comes with a workplace"
    _refuse(who, [found], by.organisation)
    _put([_prepared(found, who, reason, by, now)], by=by, now=now)


@transaction.atomic
def lift(
    case: Case, conflict: UUID, *, reason: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Ends a conflict; raises ConflictRefused for whoever wrote it down, or where it has been lifted."""
    case.begin("lift_bar", seen)
    bars = _together(case, conflict)
    if any(each.barred_by_id == by.pk for each in bars):
        raise ConflictRefused("You wrote this conflict down, so somebody else has to lift it.")
    case.end("lift_bar", by=by, now=now)
    for each in bars:
        each.lifted_by, each.lifted_at = by, now
        each.seal("why_lifted", reason)
        each.save(update_fields=["lifted_by", "lifted_at", "why_lifted"])
        each.report.recompute_visibility()
        trail.record("report.conflict_lifted", each.report, by=by, now=now, **_fact(each))


def conflicts_on(case: Case) -> list[Conflict]:
    """The conflicts in force on a case, the oldest first; opens the reasons. Who may know of them is the door's
    question."""
    shown: dict[tuple[int | None, int | None], Conflict] = {}
    for each in _in_force(case.reports):
        named = each.officer or each.organisation
        conflict = Conflict(
            each.pk, named.name if named else "", each.unseal("reason"), each.barred_by, each.barred_at
        )
        shown.setdefault((each.officer_id, each.organisation_id), conflict)
    return list(shown.values())


def said_in_words(reports: Sequence[Report]) -> list[str]:
    """Whom people named in their own words as somebody who must not see their report."""
    named = [bar.unseal("person") for report in reports for bar in report.bars.exclude(person=None)]
    return [words for words in named if words]


def who_could_be_kept_out(visible_to: Sequence[int]) -> list[tuple[int, str]]:
    """Everybody at work in organisations that see it whose role would open it: their id, name and organisation."""
    people = holders_of(Permission.SEE_QUEUE).filter(memberships__organisation__in=visible_to)
    rows = people.values_list("pk", "name", "memberships__organisation__short_name").order_by("name")
    return [(pk, f"{name}, {organisation}") for pk, name, organisation in rows]


def _refuse(who: Who, reports: list[Report], lead: Organisation) -> None:
    if any(each.officer == who or each.organisation == who for each in _in_force(reports)):
        raise ConflictRefused(f"{who} is kept from this already.")
    if who == lead:
        raise ConflictRefused(f"{who} leads this. Let another organisation lead it first.")
    left = _who_could_work(reports, lead)
    if isinstance(who, User) and who.pk in left and left == {who.pk}:
        raise ConflictRefused(
            f"Then nobody at {lead.name} could work on this. Let another organisation lead it first."
        )


def _who_could_work(reports: list[Report], lead: Organisation) -> set[int]:
    kept_out = {pk for report in reports for pk in report.barred_people or ()}
    workers = holders_of(Permission.WORK_CASES).filter(memberships__organisation=lead)
    return set(workers.values_list("pk", flat=True)) - kept_out


def _in_force(reports: Sequence[Report]) -> list[ConflictBar]:
    bars = ConflictBar.objects.in_force().filter(report__in=reports)
    related = bars.select_related("organisation", "officer", "barred_by", "report__data_key")
    return list(related.order_by("barred_at", "id"))


def _together(case: Case, conflict: UUID) -> list[ConflictBar]:
    """The rows of one conflict: one for each report of the case."""
    bars = _in_force(case.reports)
    one = next((each for each in bars if each.pk == conflict), None)
    if one is None:
        raise ConflictRefused("This conflict has been lifted.")
    who = (one.officer_id, one.organisation_id)
    return [each for each in bars if (each.officer_id, each.organisation_id) == who]


def _prepared(report: Report, who: Who, reason: str, by: User, now: datetime) -> ConflictBar:
    named = {"officer": who} if isinstance(who, User) else {"organisation": who}
    made = ConflictBar(report=report, barred_by=by, barred_at=now, **named)
    made.seal("reason", reason)
    return made


def _put(bars: list[ConflictBar], *, by: User, now: datetime) -> None:
    for each in bars:
        trail.record("report.conflict_barred", each.report, by=by, now=now, **_fact(each))
        each.save(force_insert=True)
        if each.organisation_id:
            each.report.recompute_visibility()


def _fact(bar: ConflictBar) -> dict[str, str | int]:
    return {"organisation": bar.organisation.code} if bar.organisation else {"person": bar.officer_id or 0}
