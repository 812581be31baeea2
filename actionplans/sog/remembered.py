"""How the plans stood on two days, as this process remembers it: after a change, that plan alone is looked at again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.boards import marks_of_plans
from actionplans.sog.standing import PlanStanding, plan_standings, with_paths

# What everything depends on: the two days, and what people and organisations are called.
Asked = tuple[date, date, str]


@dataclass
class _Known:
    """One plan: its mark (actionplans.boards), how it stood where it is shown at all, and with its path where drawn."""

    mark: Hashable
    standing: PlanStanding | None
    drawn: PlanStanding | None = None


# One set, because it holds every action.
_known: tuple[Asked, dict[int, _Known]] | None = None


def standings(*, on: date, before: date, names: str) -> list[PlanStanding]:
    """As `plan_standings`, in the order of the plans."""
    known, marks = _of((on, before, names)), marks_of_plans()
    missing = [pk for pk, mark in marks.items() if pk not in known or known[pk].mark != mark]
    made = {each.plan.pk: each for each in plan_standings(on=on, before=before, among=missing)}
    known |= {pk: _Known(marks[pk], made.get(pk)) for pk in missing}
    return [standing for pk in marks if (standing := known[pk].standing)]


def drawn(plans: Sequence[PlanStanding], *, on: date, before: date, names: str) -> list[PlanStanding]:
    """As `with_paths`, of plans that `standings` gave."""
    known = _of((on, before, names))
    missing = [each for each in plans if _path_of(known, each) is None]
    for each in with_paths(missing, on=on) if missing else ():
        known[each.plan.pk].drawn = each
    return [path for each in plans if (path := _path_of(known, each))]


def forget() -> None:
    """Looks at all of them again (tests, proofs)."""
    global _known
    _known = None


def _of(asked: Asked) -> dict[int, _Known]:
    global _known
    if _known is None or _known[0] != asked:
        _known = (asked, {})
    return _known[1]


def _path_of(known: dict[int, _Known], plan: PlanStanding) -> PlanStanding | None:
    return known[plan.plan.pk].drawn
