"""What the plans' owner decided in the demonstration: ongoing, deferred, put off, and said beside the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from actionplans.history import keep_version
from actionplans.models import Action, ActionVersion
from actionplans.rag import RagRating
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


def _put_off(owner: _Owner, entry: Entry) -> None:
    action = owner.actions[entry["action"]]
    for time in range(entry["times"]):
        owner.change(
            {**entry, "days": entry["days"] - 20 * time},
            "due date put off",
            original_due=action.original_due or action.due,
            due=action.due + timedelta(days=entry["by"]),
            times_put_off=action.times_put_off + 1,
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
    "put_off": _put_off,
    "courses": _set_course,
    "overrides": _say,
}
