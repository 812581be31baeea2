"""Everything that somebody works on, given to others at once: when they leave, move on, or have too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

from django.db import models, transaction

from audit import trail
from audit.models import AuditEvent
from casework.models import Case, CaseEvent, Task
from casework.models.case import CannotBeAssigned, CaseQuerySet
from casework.states import ACT_DONE
from partners.models import User
from partners.roles import Permission
from reporting.models import Report
from scope.context import worker_scope

CASES_AT_ONCE = 1_000


class Then(models.TextChoices):
    """What becomes of the person once their work is in other hands."""

    STAYS = "stays", "They stay, and go on working here"
    LEAVES = "leaves", "They leave this organisation"
    SUSPENDED = "suspended", "Their access is suspended"


@dataclass(frozen=True)
class HandedOver:
    """How many cases got somebody, and how many nobody could be given."""

    given: int
    left_open: int


def held_by(person: User) -> CaseQuerySet:
    """The cases that a person still works on, the oldest clock first."""
    cases = Case.objects.assigned_to(person).not_closed()
    return cases.order_by(models.F("contact_due_at").asc(nulls_last=True), "opened_at", "id")


def movable(person: User, only_of: int | None) -> CaseQuerySet:
    """What of a person's open cases may be given to others: all of it, or what is one organisation's business. That is
    of its own people what it sees, and of people who work elsewhere by now what it leads."""
    held = held_by(person)
    if only_of is None:
        return held
    seen = held.filter(visible_to__contains=[only_of])
    return seen if person.organisation_id == only_of else seen.led_by(only_of)


def left_behind(organisation_id: int | None) -> CaseQuerySet:
    """Open cases of an organisation, given to somebody who no longer works on cases anywhere it could matter: whose
    access is suspended, or who left or moved."""
    at_work = User.objects.filter(
        is_active=True,
        memberships__left_at=None,
        memberships__organisation=models.OuterRef("lead_organisation"),
    )
    cases = Case.objects.led_by(organisation_id).not_closed().exclude(assigned_to=None)
    return cases.filter(~models.Exists(at_work.filter(pk=models.OuterRef("assigned_to"))))


@transaction.atomic
def hand_over(
    person: User,
    *,
    to: Sequence[User],
    then: str,
    by: User,
    now: datetime,
    only_of: int | None = None,
) -> HandedOver:
    """Gives every open case of `person` to the people in `to`, in turn; what none of them may see gets nobody.

    `only_of` limits it to what is this organisation's business. One transaction with what becomes of the person, an
    event and an entry in the trail for each case; a few questions to the database for each thousand of them. Raises
    CannotBeAssigned, NotYoursToChange, LastAdministrator or HasLeft, and then nothing has happened.
    """
    _refuse_takers(person, to)
    held = movable(person, only_of)  # asked before they go: afterwards they work nowhere
    _go(person, then, by, now)
    # Who lets people out need not see their cases: the work is moved without anybody reading it.
    with worker_scope():
        cases = _locked(held)
        given = _in_turn(cases, to)
        for start in range(0, len(cases), CASES_AT_ONCE):
            _write(cases[start : start + CASES_AT_ONCE], given, person, by, now)
        _leave_tasks(person, only_of)
    found = sum(taker is not None for taker in given.values())
    return HandedOver(found, len(cases) - found)


def _leave_tasks(person: User, only_of: int | None) -> None:
    """What they were to do is for anybody at the organisation that was asked: the case may be with somebody who knows
    nothing of it, and the list of tasks shows it."""
    tasks = Task.objects.open().given_to(person)
    (tasks.of(only_of) if only_of else tasks).update(for_person=None)


def _refuse_takers(person: User, to: Sequence[User]) -> None:
    for taker in to:
        if taker.pk == person.pk or not taker.is_active or not taker.may(Permission.WORK_CASES):
            raise CannotBeAssigned(f"{taker.name} can’t take these cases over.")


def _go(person: User, then: str, by: User, now: datetime) -> None:
    if then == Then.LEAVES and person.membership:
        person.membership.end(by=by, now=now)
    if then == Then.SUSPENDED:
        person.suspend(by=by, now=now)


def _locked(held: CaseQuerySet) -> list[Case]:
    """The cases, locked in the order in which every act locks: reports first."""
    wanted = list(held.values_list("pk", flat=True))
    reports = Report.objects.filter(case_report__case__in=wanted).order_by("pk")
    list(reports.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    # Somebody may have closed one or given it away while this waited for it.
    mine = held.filter(pk__in=wanted).order_by("pk")
    return list(
        mine.select_for_update(no_key=True).only("pk", "visible_to", "barred_people", "contact_due_at")
    )


def _in_turn(cases: list[Case], to: Sequence[User]) -> dict[Any, User | None]:
    """Who gets each case: everybody in turn, among those whose organisation may see it."""
    turns = cycle(to)
    return {case.pk: _next_for(case, turns, len(to)) for case in cases}


def _next_for(case: Case, turns: Iterator[User], takers: int) -> User | None:
    tried = (next(turns) for _ in range(takers))
    return next((taker for taker in tried if _may_take(taker, case)), None)


def _may_take(taker: User, case: Case) -> bool:
    return taker.organisation_id in case.visible_to and taker.pk not in (case.barred_people or ())


def _write(cases: list[Case], given: dict[Any, User | None], person: User, by: User, now: datetime) -> None:
    numbers = _acts_done(cases)
    events, trails = [], []
    for case in cases:
        taker = given[case.pk]
        act = "assign" if taker else "release"
        facts: dict[str, Any] = {"held_before": person.pk} | ({"to": taker.pk} if taker else {})
        number = numbers.get(case.pk, 0) + 1
        events.append(_event(case, number, act, facts, by, now))
        trails.append(trail.prepare(f"case.{ACT_DONE[act]}", case, by=by, now=now, **facts))
    for taker in {given[case.pk] for case in cases}:
        theirs = [case.pk for case in cases if given[case.pk] == taker]
        Case.objects.filter(pk__in=theirs).update(assigned_to=taker)
    CaseEvent.objects.bulk_create(events)
    AuditEvent.objects.bulk_create(trails)


def _event(case: Case, number: int, act: str, facts: dict[str, Any], by: User, now: datetime) -> CaseEvent:
    organisation_id = by.organisation_id
    return CaseEvent(
        case=case, number=number, at=now, act=act, by=by, organisation_id=organisation_id, facts=facts
    )


def _acts_done(cases: list[Case]) -> dict[Any, int]:
    counted = CaseEvent.objects.filter(case__in=cases).order_by().values_list("case")
    return dict(counted.annotate(models.Count("pk")))
