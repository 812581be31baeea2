"""What the plans' owner decided in the demonstration: courses, requests, words beside the rule, next year's plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from actionplans import changing
from actionplans.history import keep_version
from actionplans.models import Action, ActionPlan, ActionVersion, ChangeKind
from actionplans.rag import RagRating
from actionplans.rolling import a_year_on, build_next, unfinished
from llr_hate.demo.staff import PEOPLE
from partners.data import Entry, entries, field, installed
from partners.models import User

PLANS = "demo/plans.toml"
IN_THE_PORTAL_FOR = timedelta(days=200)


@dataclass(frozen=True)
class _Owner:
    """Who decides, and what the folder's codes stand for."""

    people: dict[str, User]
    actions: dict[str, Action]
    by: User
    now: datetime

    def change(self, entry: Entry, act: str, **changed: Any) -> None:
        """Changes fields of an action, as somebody does who edits it: with its version and in the trail."""
        action, at = self.actions[entry["action"]], self.now - timedelta(days=entry["days"])
        for name, value in changed.items():
            setattr(action, name, value)
        action.save(update_fields=list(changed))
        keep_version(action, act, by=self.by, now=at)


@transaction.atomic
def leave_plans_steered(*, now: datetime) -> None:
    """Decisions of the last weeks, the oldest first, so that each action's versions stand in their order."""
    content = installed(PLANS)
    people = {each["code"]: each["email"] for each in entries(installed(PEOPLE), "people", file=PEOPLE)}
    known = {user.email: user for user in User.objects.all()}
    staff = {code: known[email] for code, email in people.items() if email in known}
    owner = _Owner(
        people=staff,
        actions={
            f"{each.plan.code} {each.ref}": each
            for each in Action.objects.with_what_rates().select_related("lead")
        },
        by=staff[field(content, "owner", file=PLANS)],
        now=now,
    )
    # They came into the portal before anybody changed them.
    ActionVersion.objects.filter(number=1).update(at=now - IN_THE_PORTAL_FOR)
    for kind, do in _ACTS.items():
        for entry in entries(content, kind, file=PLANS):
            do(owner, entry)


def _name(owner: _Owner, entry: Entry) -> None:
    deputy = owner.people[entry["deputy"]] if "deputy" in entry else None
    owner.change(entry, "owner named", owner=owner.people[entry["owner"]], deputy=deputy)


def _own_plan(owner: _Owner, entry: Entry) -> None:
    ActionPlan.objects.filter(code=entry["plan"]).update(owner=owner.by)
    for action in owner.actions.values():
        if action.plan.code == entry["plan"]:
            action.plan.owner = owner.by


def _ask(owner: _Owner, entry: Entry) -> None:
    """Somebody asks for a change; the owner decides, unless it waits."""
    action, asked_at = owner.actions[entry["action"]], owner.now - timedelta(days=entry["days"])
    action.refresh_from_db(fields=["due"])
    made = changing.ask(
        action, _wanted(action, entry), entry["reason"], by=owner.people[entry["by"]], now=asked_at
    )
    if decision := entry.get("decision"):
        decide = {"approved": changing.approve, "refused": changing.refuse}[decision]
        decide(made, entry["words"], by=owner.by, now=asked_at + timedelta(days=2))


def _wanted(action: Action, entry: Entry) -> changing.Wanted:
    if "later" in entry:
        return changing.Wanted(ChangeKind.DUE, due=action.due + timedelta(days=entry["later"]))
    return changing.Wanted(ChangeKind.TARGET, target=Decimal(entry["target"]))


def _build_next(owner: _Owner, entry: Entry) -> None:
    plan = ActionPlan.objects.get(code=entry["plan"])
    said = {"period_start": a_year_on(plan.period_start), "period_end": a_year_on(plan.period_end)}
    named = {name: entry[name] for name in ("code", "title")}
    build_next(
        plan, unfinished(plan), by=owner.by, now=owner.now - timedelta(days=entry["days"]), **named, **said
    )


def _set_course(owner: _Owner, entry: Entry) -> None:
    owner.change(entry, f"said to be {entry['course']}", course=entry["course"])


def _say(owner: _Owner, entry: Entry) -> None:
    at = owner.now - timedelta(days=entry["days"])
    owner.actions[entry["action"]].override_rating(
        RagRating(entry["rag"]), entry["reason"], by=owner.by, now=at
    )


_ACTS: dict[str, Callable[[_Owner, Entry], None]] = {
    "people": _name,
    "plans": _own_plan,
    "changes": _ask,
    "courses": _set_course,
    "overrides": _say,
    "next_plans": _build_next,
}
