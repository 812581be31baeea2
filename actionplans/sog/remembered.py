"""How the plans stood on two days, as this process remembers it: after a change, that plan alone is looked at again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from actionplans.boards import marks_of_plans
from actionplans.sog.standing import PlanStanding, plan_standings, with_paths


@dataclass
class _Known:
    """One plan: its mark (actionplans.boards), how it stood where it is shown at all, and with its path where drawn."""

    mark: Hashable
    standing: PlanStanding | None
    drawn: PlanStanding | None = None


def standings(*, on: date, before: date, names: str) -> list[PlanStanding]:
    """As `plan_standings`, in the order of the plans."""
    known, marks = _of(on, before, names), marks_of_plans()
    found = {pk: each for pk, mark in marks.items() if (each := known.get(pk)) and each.mark == mark}
    missing = [pk for pk in marks if pk not in found]
    made = {each.plan.pk: each for each in plan_standings(on=on, before=before, among=missing)}
    found |= {pk: _Known(marks[pk], made.get(pk)) for pk in missing}
    known.update(found)
    return [standing for pk in marks if (standing := found[pk].standing)]


def drawn(plans: Sequence[PlanStanding], *, on: date, before: date, names: str) -> list[PlanStanding]:
    """As `with_paths`, of plans that `standings` gave."""
    known = _of(on, before, names)
    # Another thread may have looked again meanwhile: a path belongs to the standing that it was drawn of.
    found = {
        plan.plan.pk: each for plan in plans if (each := known.get(plan.plan.pk)) and each.standing is plan
    }
    paths = {pk: each.drawn for pk, each in found.items() if each.drawn}
    missing = [plan for plan in plans if plan.plan.pk not in paths]
    for path in with_paths(missing, on=on) if missing else ():
        paths[path.plan.pk] = path
        if each := found.get(path.plan.pk):
            each.drawn = path
    return [paths[plan.plan.pk] for plan in plans if plan.plan.pk in paths]


def forget() -> None:
    """Looks at all of them again (tests, proofs)."""
    _of.cache_clear()


# This quarter and the last one, between which the dashboard leads to and fro; each set holds every action.
@lru_cache(maxsize=2)
def _of(on: date, before: date, names: str) -> dict[int, _Known]:
    """What is known of two days, and of what people and organisations are called."""
    return {}
