"""Bringing the strategy statement and the plans from the partnership's folder into the database.

Entries are found by their codes and refs: loading again brings them in line and changes nothing that already is.
What people reported through the portal is never touched; nothing is deleted. All dates move by `shift`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from actionplans.models import (
    Action,
    ActionPlan,
    Contribution,
    CountedBy,
    DefinitionAdoption,
    Measure,
    Milestone,
    Priority,
    ProgressUpdate,
    StrategyStatement,
)
from audit import trail
from partners.data import Entry, entries, field, known, read_toml, refuse_twice
from partners.models import District, Organisation

STRATEGY = "strategy.toml"
PLANS = "plans"
EVERYTHING = ["all"]


@dataclass(frozen=True)
class _Loading:
    """What every step of one loading needs."""

    shift: timedelta
    now: datetime
    organisations: Mapping[str, Organisation]
    districts: Mapping[str, District]

    def day(self, day: Any) -> Any:
        return day + self.shift if day else None

    def organisation(self, code: str, *, file: str, entry: Entry, role: str) -> Organisation:
        return known(self.organisations, code, file=file, entry=entry, role=role)


@transaction.atomic
def load_plans(folder: Path, shift: timedelta, now: datetime) -> int:
    """Loads strategy.toml and plans/*.toml with all dates moved by `shift`; the number of plans it found.

    Raises PartnershipDataError, in one sentence, and then has loaded nothing.
    """
    loading = _Loading(
        shift,
        now,
        {each.code: each for each in Organisation.objects.all()},
        {each.code: each for each in District.objects.all()},
    )
    _load_strategy(read_toml(folder, STRATEGY), loading)
    files = sorted(f"{PLANS}/{path.name}" for path in (folder / PLANS).glob("*.toml"))
    for file in files:
        _load_plan(read_toml(folder, file), file, loading)
    return len(files)


def _load_strategy(content: dict[str, Any], loading: _Loading) -> None:
    strategy = field(content, "strategy", file=STRATEGY)
    statement, _ = StrategyStatement.objects.update_or_create(
        code="strategy",
        defaults={
            "title": field(strategy, "title", file=STRATEGY),
            "period_start": loading.day(field(strategy, "starts", file=STRATEGY)),
            "period_end": loading.day(field(strategy, "ends", file=STRATEGY)),
            "is_illustrative": field(strategy, "illustrative", file=STRATEGY),
            "content": _as_json(content, loading),
        },
    )
    wanted = [
        {
            "organisation_id": loading.organisation(
                field(entry, "organisation", file=STRATEGY), file=STRATEGY, entry=entry, role="organisation"
            ).pk,
            "adopted_on": loading.day(entry.get("adopted")),
        }
        for entry in content.get("adoptions", [])
    ]
    _bring_in_line(DefinitionAdoption, {"statement_id": statement.pk}, ["organisation_id"], wanted)


def _as_json(value: Any, loading: _Loading) -> Any:
    """The same content with its dates moved and written as text."""
    if isinstance(value, dict):
        return {name: _as_json(inner, loading) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner, loading) for inner in value]
    return (value + loading.shift).isoformat() if isinstance(value, date) else value


def _load_plan(content: dict[str, Any], file: str, loading: _Loading) -> None:
    said = field(content, "plan", file=file)
    listed = entries(content, "actions", file=file)
    refuse_twice([field(entry, "ref", file=file) for entry in listed], file=file, what="ref")
    plan = _plan(said, file, loading)
    priorities = _priorities(plan, entries(content, "priorities", file=file), file)
    actions = _actions(plan, priorities, listed, file, loading)
    _supporting(actions, listed, file, loading)
    _milestones(actions, listed, loading)
    _measures(actions, listed, file, loading)
    _updates(actions, listed, file, loading)


def _plan(said: Entry, file: str, loading: _Loading) -> ActionPlan:
    values = {
        "title": field(said, "title", file=file),
        "appendix": said.get("appendix", ""),
        "period_start": loading.day(field(said, "starts", file=file)),
        "period_end": loading.day(field(said, "ends", file=file)),
        "is_illustrative": field(said, "illustrative", file=file),
        "notice": said.get("notice", ""),
        "about": said.get("about", ""),
        "source": said.get("source", ""),
        "order": field(said, "order", file=file),
    }
    plan, is_new = ActionPlan.objects.update_or_create(code=field(said, "code", file=file), defaults=values)
    if is_new:
        trail.record("plan.loaded", plan, by=None, now=loading.now, code=plan.code)
    return plan


def _priorities(plan: ActionPlan, listed: list[Entry], file: str) -> dict[str, Priority]:
    wanted = [
        {"code": field(entry, "code", file=file), "name": entry["name"], "order": entry["order"]}
        for entry in listed
    ]
    _bring_in_line(Priority, {"plan_id": plan.pk}, ["code"], wanted)
    return {priority.code: priority for priority in plan.priorities.all()}


def _actions(
    plan: ActionPlan, priorities: dict[str, Priority], listed: list[Entry], file: str, loading: _Loading
) -> dict[str, Action]:
    wanted = [
        {
            "ref": entry["ref"],
            "priority_id": known(
                priorities, field(entry, "priority", file=file), file=file, entry=entry, role="priority"
            ).pk,
            "title": field(entry, "title", file=file),
            "lead_id": loading.organisation(
                field(entry, "lead", file=file), file=file, entry=entry, role="lead organisation"
            ).pk,
            "supporting_text": entry.get("supporting_text", ""),
            "importance": field(entry, "importance", file=file),
            "starts": loading.day(field(entry, "starts", file=file)),
            "due": loading.day(field(entry, "due", file=file)),
            "why": entry.get("why", ""),
            "good_looks_like": entry.get("good_looks_like", ""),
            "strands": _unless_all(entry.get("strands", EVERYTHING)),
            "decision_needed": entry.get("decision_needed", ""),
            "order": order,
        }
        for order, entry in enumerate(listed, start=1)
    ]
    _bring_in_line(Action, {"plan_id": plan.pk}, ["ref"], wanted)
    return {action.ref: action for action in plan.actions.all()}


def _unless_all(codes: list[str]) -> list[str]:
    return [] if codes == EVERYTHING else codes


def _supporting(actions: dict[str, Action], listed: list[Entry], file: str, loading: _Loading) -> None:
    _links(
        Action.supporting.through,
        "organisation_id",
        actions,
        listed,
        lambda entry: [
            loading.organisation(code, file=file, entry=entry, role="supporting organisation").pk
            for code in entry.get("supporting", [])
        ],
    )
    _links(
        Action.districts.through,
        "district_id",
        actions,
        listed,
        lambda entry: [
            known(loading.districts, code, file=file, entry=entry, role="area").pk
            for code in _unless_all(entry.get("areas", EVERYTHING))
        ],
    )


def _links(
    through: type[models.Model],
    to: str,
    actions: dict[str, Action],
    listed: list[Entry],
    wanted_of: Callable[[Entry], list[int]],
) -> None:
    """Brings a many-to-many in line; here alone links go, because they carry nothing that somebody reported."""
    rows = through._default_manager.filter(action_id__in=[action.pk for action in actions.values()])
    there = {(link.action_id, getattr(link, to)): link.pk for link in rows}  # type: ignore[attr-defined]
    wanted = {(actions[entry["ref"]].pk, pk) for entry in listed for pk in wanted_of(entry)}
    loaded = {actions[entry["ref"]].pk for entry in listed}
    gone = [pk for (action, other), pk in there.items() if action in loaded and (action, other) not in wanted]
    rows.filter(pk__in=gone).delete()
    through._default_manager.bulk_create(
        through(action_id=action, **{to: other}) for action, other in sorted(wanted - there.keys())
    )


def _milestones(actions: dict[str, Action], listed: list[Entry], loading: _Loading) -> None:
    wanted = [
        {
            "action_id": actions[entry["ref"]].pk,
            "order": order,
            "title": milestone["title"],
            "due": loading.day(milestone.get("due")),
            "done_on": loading.day(milestone.get("done")),
        }
        for entry in listed
        for order, milestone in enumerate(entry.get("milestones", []), start=1)
    ]
    _bring_in_line(Milestone, _of(actions), ["action_id", "order"], wanted)


def _measures(actions: dict[str, Action], listed: list[Entry], file: str, loading: _Loading) -> None:
    wanted = [
        {
            "action_id": actions[entry["ref"]].pk,
            "text": measure["text"],
            "unit": measure["unit"],
            "baseline": _decimal(measure.get("baseline")),
            "target": _decimal(field(measure, "target", file=file)),
            "is_lower_better": measure.get("direction", "up") == "down",
            "counted_by": measure.get("counted_by", ""),
            "total": measure.get("total", "single"),
            "source": measure.get("source", ""),
            "note": entry.get("grid", {}).get("note", ""),
        }
        for entry in listed
        for measure in [field(entry, "measure", file=file)]
    ]
    _bring_in_line(Measure, _of(actions), ["action_id"], wanted)
    measures = {measure.action_id: measure for measure in Measure.objects.filter(**_of(actions))}
    cells = [
        {
            "measure_id": measures[actions[entry["ref"]].pk].pk,
            **_whose(entry, code, file, loading),
            "value": _decimal(value),
            "as_at": loading.day(entry["grid"]["as_at"]),
            "recorded_at": loading.now,
        }
        for entry in listed
        for code, value in entry.get("grid", {}).get("values", {}).items()
    ]
    _bring_in_line(
        Contribution,
        {"measure__in": list(measures.values()), "by": None},
        ["measure_id", "organisation_id", "district_id"],
        cells,
        only_new=["recorded_at"],
    )


def _whose(entry: Entry, code: str, file: str, loading: _Loading) -> dict[str, int | None]:
    if entry["measure"]["counted_by"] == CountedBy.DISTRICT:
        area = known(loading.districts, code, file=file, entry=entry, role="area of a figure")
        return {"organisation_id": None, "district_id": area.pk}
    partner = loading.organisation(code, file=file, entry=entry, role="partner of a figure")
    return {"organisation_id": partner.pk, "district_id": None}


def _updates(actions: dict[str, Action], listed: list[Entry], file: str, loading: _Loading) -> None:
    wanted = [
        {
            "action_id": actions[entry["ref"]].pk,
            "organisation_id": loading.organisation(
                said["by"], file=file, entry=entry, role="organisation that reported"
            ).pk,
            "as_at": loading.day(said["on"]),
            "recorded_at": loading.now,
            "percent_done": said["percent"],
            "what_changed": said["changed"],
            "next_step": said.get("next", ""),
            "risk": said.get("risk", ""),
            "confidence": said["confidence"],
        }
        for entry in listed
        for said in entry.get("updates", [])
    ]
    _bring_in_line(
        ProgressUpdate,
        {**_of(actions), "by": None},
        ["action_id", "organisation_id", "what_changed"],
        wanted,
        only_new=["recorded_at"],
    )


def _of(actions: dict[str, Action]) -> dict[str, Any]:
    return {"action__in": list(actions.values())}


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _bring_in_line(
    model: type[models.Model],
    among: dict[str, Any],
    key: list[str],
    wanted: list[dict[str, Any]],
    *,
    only_new: Iterable[str] = (),
) -> None:
    """Makes the rows that are missing among those found by `among`, and changes what differs in the others.

    Three statements at most, however many rows. `only_new` fields are set once and not compared.
    """
    made = {name: value for name, value in among.items() if not name.endswith("__in")}
    there = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.filter(**among)}
    new, changed = [], []
    for values in wanted:
        row = there.get(tuple(values[name] for name in key))
        if row is None:
            new.append(model(**made, **values))
        elif _take_over(row, {name: value for name, value in values.items() if name not in only_new}):
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        names = [name for name in wanted[0] if name not in key and name not in only_new]
        model._default_manager.bulk_update(changed, names)


def _take_over(row: models.Model, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
