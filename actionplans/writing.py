"""Writing a plan: its title and period, priorities and actions while it is a draft, until it is started."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from actionplans.history import keep_version, keep_versions
from actionplans.models import Action, ActionPlan, NotThePlansOwner, Priority
from audit import trail
from partners.models import User
from partners.roles import Permission

# What stands where a plan's code would: no plan may be called so (tests compare this with the addresses).
# The last line is kept free for pages to come.
NO_CODES = frozenset(
    ("calendar", "evidence", "import", "log", "materials", "meetings", "new", "requests", "sessions", "steering",
     "strategy", "updates", "waiting",
     "training", "contacts", "export", "cycle", "cycles", "public", "next", "exceptions")
)  # fmt: skip
# What stands where an action's ref would.
NO_REFS = frozenset({"add", "discard", "export", "next", "owner", "priorities", "publish", "start"})


class NotADraft(Exception):
    """The plan runs: it is no longer written."""


class NotReady(Exception):
    """The plan lacks something that a running one needs; `missing` says what, in words."""

    def __init__(self, missing: list["Lack"]) -> None:
        self.missing = missing
        super().__init__("The plan can’t start yet.")


@dataclass(frozen=True)
class Lack:
    """What is missing, and the action it is missing from."""

    words: str
    action: Action | None = None


@transaction.atomic
def write_plan(*, by: User, now: datetime, **said: Any) -> ActionPlan:
    """Begins a plan as a draft of one's own; `said` are its fields. Its code is never one of NO_CODES."""
    assert said["code"] not in NO_CODES
    last = ActionPlan.objects.aggregate(found=models.Max("order"))["found"] or 0
    plan = ActionPlan.objects.create(
        owner=by, is_draft=True, is_published=False, publishes_progress=False, order=last + 1, **said
    )
    trail.record("plan.written", plan, by=by, now=now, code=plan.code)
    return plan


@transaction.atomic
def change_plan(plan: ActionPlan, *, by: User, now: datetime, **said: Any) -> bool:
    """Sets what differs of its title, words, period and owner; whether anything did. Raises NotThePlansOwner."""
    locked = _own(plan, by, may_take_over=set(said) <= {"owner"})
    changed = [name for name, value in said.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, said[name])
    if changed:
        locked.save(update_fields=changed)
        trail.record("plan.changed", locked, by=by, now=now, code=locked.code, changed=changed)
    return bool(changed)


@transaction.atomic
def add_priority(plan: ActionPlan, name: str, code: str, *, by: User, now: datetime) -> Priority:
    """Adds a priority behind the others. Raises NotThePlansOwner, NotADraft."""
    locked = _own_draft(plan, by)
    last = locked.priorities.aggregate(found=models.Max("order"))["found"] or 0
    made = locked.priorities.create(name=name, code=code, order=last + 1)
    trail.record("plan.priority_added", locked, by=by, now=now, code=locked.code, priority=code)
    return made


@transaction.atomic
def add_action(
    plan: ActionPlan, said: dict[str, Any], links: dict[str, Any], *, by: User, now: datetime
) -> Action:
    """Adds an action behind the others. Raises NotThePlansOwner, NotADraft."""
    locked = _own_draft(plan, by)
    last = locked.actions.aggregate(found=models.Max("order"))["found"] or 0
    made = Action.objects.create(plan=locked, order=last + 1, **said)
    for name, wanted in links.items():
        getattr(made, name).set(wanted)
    keep_version(made, "written", by=by, now=now)
    trail.record("action.added", made, by=by, now=now, plan=locked.code, ref=made.ref)
    return made


@transaction.atomic
def remove_action(action: Action, *, by: User, now: datetime) -> None:
    """Takes an action out of a draft for good. Raises NotThePlansOwner, NotADraft."""
    locked = _own_draft(action.plan, by)
    trail.record("action.removed", action, by=by, now=now, plan=locked.code, ref=action.ref)
    action.delete()


@transaction.atomic
def discard(plan: ActionPlan, *, by: User, now: datetime) -> None:
    """Throws a draft away with all that is in it. Raises NotThePlansOwner, NotADraft."""
    locked = _own_draft(plan, by)
    trail.record("plan.discarded", locked, by=by, now=now, code=locked.code, actions=locked.actions.count())
    locked.actions.all().delete()
    locked.delete()


@transaction.atomic
def start_plan(plan: ActionPlan, *, by: User, now: datetime) -> None:
    """From now on it is reported on, rated and counted. Raises NotThePlansOwner, NotADraft, NotReady."""
    locked = _own_draft(plan, by)
    if missing := what_is_missing(locked):
        raise NotReady(missing)
    locked.is_draft = False
    locked.save(update_fields=["is_draft"])
    keep_versions(locked.actions.all(), "plan started", by=by, now=now)
    trail.record("plan.started", locked, by=by, now=now, code=locked.code, actions=locked.actions.count())


def what_is_missing(plan: ActionPlan) -> list[Lack]:
    """Why it can't start, in words: every action needs a lead that is a partner, dates within the plan, a measure."""
    actions = list(plan.actions.select_related("lead", "measure", "plan"))
    lacks = [] if actions else [Lack("The plan has no action yet.")]
    for action in actions:
        lacks += [Lack(words, action) for words in _lacks(action, plan)]
    return lacks


def may_name_owner(user: User, plan: ActionPlan) -> bool:
    """Whether this person says who owns the plan: whoever does, and others where the owner no longer can."""
    owner = plan.owner
    has_gone = owner is not None and not (owner.is_active and owner.may(Permission.OWN_PLANS))
    return plan.is_owned_by(user) or (has_gone and user.may(Permission.OWN_PLANS))


def _lacks(action: Action, plan: ActionPlan) -> list[str]:
    found = []
    if action.lead.retired_on:
        found.append(f"{action.lead} leads it, and is no longer a partner.")
    if not _within(plan, action.starts, action.due):
        found.append("Its dates lie outside the plan’s period.")
    if getattr(action, "measure", None) is None:
        found.append("It has no measure.")
    return found


def _within(plan: ActionPlan, starts: date, due: date) -> bool:
    return plan.period_start <= starts and due <= plan.period_end


def _own(plan: ActionPlan, by: User, *, may_take_over: bool = False) -> ActionPlan:
    locked = ActionPlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if not (locked.is_owned_by(by) or (may_take_over and may_name_owner(by, locked))):
        raise NotThePlansOwner(f"{by} does not own {locked.title}.")
    return locked


def _own_draft(plan: ActionPlan, by: User) -> ActionPlan:
    locked = _own(plan, by)
    if not locked.is_draft:
        raise NotADraft(f"{locked.title} runs already.")
    return locked
