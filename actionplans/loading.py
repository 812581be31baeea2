"""Bringing the strategy statement and the plans from the partnership's folder into the database.

Entries are found by their codes and refs: loading again brings them in line and changes nothing that already is.
What people reported through the portal is never touched, nor an action that somebody changed there; nothing is deleted.
All dates move by `shift`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from actionplans.bringing_in_line import bring_in_line
from actionplans.computed import NotCounted, computed
from actionplans.figures import keep_figures
from actionplans.history import keep_versions
from actionplans.models import (
    Action,
    ActionPlan,
    ActionVersion,
    Contribution,
    CountedBy,
    Course,
    DefinitionAdoption,
    Measure,
    Milestone,
    Priority,
    ProgressUpdate,
    StrategyStatement,
)
from audit import trail
from partners.data import Entry, PartnershipDataError, called, entries, field, known, read_toml, refuse_twice
from partners.models import District, Organisation

STRATEGY = "strategy.toml"
PLANS = "plans"
EVERYTHING = ["all"]
LOADED = "loaded from the partnership’s folder"


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
    contents = [(file, read_toml(folder, file)) for file in files]
    for file, content in contents:
        _load_plan(content, file, loading)
    _links_between_actions(contents, loading)
    _keep(loading)
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
    bring_in_line(DefinitionAdoption, {"statement_id": statement.pk}, ["organisation_id"], wanted)


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
    changed = _changed_by_people(plan)
    ours = [entry for entry in listed if entry["ref"] not in changed]
    actions = _actions(plan, priorities, ours, file, loading)
    _supporting(actions, ours, file, loading)
    _milestones(actions, ours, loading)
    _measures(actions, ours, file, loading)
    _updates(actions, ours, file, loading)


def _changed_by_people(plan: ActionPlan) -> set[str]:
    """The refs of actions whose newest version is somebody's: what they decided stands, whatever the folder says."""
    newest = ActionVersion.objects.filter(action=OuterRef("pk")).order_by("-number")
    actions = plan.actions.annotate(changed_by=Subquery(newest.values("by")[:1]))
    return set(actions.filter(changed_by__isnull=False).values_list("ref", flat=True))


def _links_between_actions(contents: Iterable[tuple[str, dict[str, Any]]], loading: _Loading) -> None:
    """What waits for what, also in another plan: once all are there."""
    there = {f"{action.plan.code} {action.ref}": action for action in Action.objects.select_related("plan")}
    through = Action.blocked_by.through
    wanted = set()
    for file, content in contents:
        plan = content["plan"]["code"]
        changed = _changed_by_people(ActionPlan.objects.get(code=plan))
        for entry in content["actions"]:
            for name in [] if entry["ref"] in changed else entry.get("blocked_by", []):
                other = known(there, name, file=file, entry=entry, role="action that it waits for")
                wanted.add((there[f"{plan} {entry['ref']}"].pk, other.pk))
    known_links = set(through.objects.values_list("from_action_id", "to_action_id"))
    through.objects.bulk_create(
        through(from_action_id=waits, to_action_id=other) for waits, other in sorted(wanted - known_links)
    )


def _keep(loading: _Loading) -> None:
    """What the files made is the first version of each action, and the figure on each measure."""
    keep_figures(Measure.objects.filter(indicator=""))
    keep_versions(Action.objects.all(), LOADED, by=None, now=loading.now)


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
    bring_in_line(Priority, {"plan_id": plan.pk}, ["code"], wanted)
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
            "course": _one_of(Course, entry.get("course", ""), file=file, entry=entry, what="course"),
            "blocked_by_text": entry.get("blocked_by_text", ""),
            "order": order,
        }
        for order, entry in enumerate(listed, start=1)
    ]
    bring_in_line(Action, {"plan_id": plan.pk}, ["ref"], wanted)
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
    bring_in_line(Milestone, _of(actions), ["action_id", "order"], wanted)


def _measures(actions: dict[str, Action], listed: list[Entry], file: str, loading: _Loading) -> None:
    wanted = [
        {
            "action_id": actions[entry["ref"]].pk,
            "text": measure["text"],
            "unit": measure["unit"],
            "baseline": _decimal(measure.get("baseline")),
            "target": _decimal(measure.get("target")),
            "is_lower_better": measure.get("direction", "up") == "down",
            "counted_by": measure.get("counted_by", ""),
            "total": measure.get("total", "single"),
            "source": measure.get("source", ""),
            "note": entry.get("grid", {}).get("note", ""),
            "indicator": _indicator(measure, file, entry),
            "indicator_facts": measure.get("indicator_facts", {}),
            "trajectory": _trajectory(measure.get("trajectory", []), file, entry, loading),
        }
        for entry in listed
        for measure in [field(entry, "measure", file=file)]
    ]
    bring_in_line(Measure, _of(actions), ["action_id"], wanted)
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
    bring_in_line(
        Contribution,
        {"measure__in": list(measures.values()), "by": None},
        ["measure_id", "organisation_id", "district_id"],
        cells,
        only_new=["recorded_at"],
    )


def _indicator(measure: Entry, file: str, entry: Entry) -> str:
    """The portal's own count that the measure names, which must be one that can be made."""
    key = measure.get("indicator", "")
    if key:
        try:
            computed(key, measure.get("indicator_facts", {}), measure.get("counted_by", ""))
        except NotCounted as why:
            raise PartnershipDataError(f"{file}, {called(entry)}: {why}") from None
    return key


def _trajectory(points: list[Entry], file: str, entry: Entry, loading: _Loading) -> list[dict[str, Any]]:
    """Where the measure should be by when: points of different days, the earliest first."""
    days = [field(point, "on", file=file) for point in points]
    refuse_twice([f"{entry['ref']} {day}" for day in days], file=file, what="day of a trajectory")
    return [
        {"on": loading.day(point["on"]).isoformat(), "value": point["value"]}
        for point in sorted(points, key=lambda point: point["on"])
    ]


def _one_of(choices: type[models.TextChoices], value: str, *, file: str, entry: Entry, what: str) -> str:
    return known({each: each for each in choices.values}, value, file=file, entry=entry, role=what)


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
    bring_in_line(
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
