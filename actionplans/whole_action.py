"""One action with all that its own page shows, in statements that are composed once."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404

from actionplans.models import (
    Action,
    ActionPlan,
    ChangeRequest,
    Contribution,
    Evidence,
    Milestone,
    ProgressUpdate,
    RagOverride,
)
from actionplans.statements import WANTED, Objects, Slot, among, bring
from partners.directory import directory
from partners.models import User
from partners.roles import Permission

MOST_CHANGES = 10
CODE, REF = Slot("code"), Slot("ref")


def action_seen_by(user: User, code: str, ref: str) -> Action:
    """The action of an address with all that its page shows; missing where its plan is somebody else's draft."""
    found = _seen_by(user.pk if user.may(Permission.OWN_PLANS) else None).all(code=code, ref=ref)
    if not found:
        raise Http404
    action: Action = found[0]
    _bring_linked(action, "supporting", directory().organisations.values())
    _bring_linked(action, "districts", directory().districts.values())
    for name, which in _belonging().items():
        bring(action, name, which.all([action.pk]))
    measure = getattr(action, "measure", None)
    if measure:
        bring(measure, "contributions", _cells().all([measure.pk]))
    return action


def changes_of(action: Action) -> list[ChangeRequest]:
    """What was asked to change in it last."""
    found: list[ChangeRequest] = _changes().all([action.pk])
    for each in found:
        each.action = action  # its measure is at hand
    return found


def updates_of(action: Action) -> list[ProgressUpdate]:
    """All that was told about it, the newest first."""
    found: list[ProgressUpdate] = _updates().all([action.pk])
    return found


def links_of(action: Action) -> dict[str, list[Action]]:
    """What it waits for, and what waits for it: one statement for both ways."""
    links: list[Any] = _links().all([action.pk])
    return {
        "blocked_by": [each.to_action for each in links if each.from_action_id == action.pk],
        "blocks": [each.from_action for each in links if each.to_action_id == action.pk],
    }


@lru_cache(maxsize=64)
def _seen_by(owner: int | None) -> Objects:
    found = Action.objects.select_related(
        *("plan__owner", "priority", "lead", "original_lead", "measure", "owner", "deputy", "closed_by"),
        *("rolled_from__plan", "rolled_into__plan"),
    ).defer(*(f"{other}__{words}" for other in ("rolled_from", "rolled_into") for words in _WORDS))
    linked = {f"{name}_ids": ArraySubquery(_linked(name)) for name in ("supporting", "districts")}
    plans = ActionPlan.objects.but_drafts_of_others(owner)
    seen = found.with_who_could_tell().annotate(**linked).filter(plan__in=plans)
    return Objects(seen.filter(plan__code=CODE, ref=REF))


_WORDS = ("why", "good_looks_like", "closing_words", "supporting_text")


@lru_cache(maxsize=1)
def _belonging() -> dict[str, Objects]:
    by_name: dict[str, Any] = {
        "milestones": Milestone.objects.order_by("order"),
        "overrides": RagOverride.objects.select_related("by", "ended_by"),
        "evidence": Evidence.objects.select_related("by").order_by("-added_at"),
    }
    return {
        name: Objects(among(found, f"{found.model._meta.db_table}.action_id"))
        for name, found in by_name.items()
    }


@lru_cache(maxsize=1)
def _cells() -> Objects:
    cells = Contribution.objects.order_by("-as_at", "-id")
    return Objects(among(cells, "actionplans_contribution.measure_id"))


@lru_cache(maxsize=1)
def _updates() -> Objects:
    told = ProgressUpdate.objects.select_related("organisation", "by")
    return Objects(among(told, "actionplans_progressupdate.action_id"))


@lru_cache(maxsize=1)
def _changes() -> Objects:
    asked = ChangeRequest.objects.select_related("asked_by", "decided_by", "old_lead", "new_lead")
    return Objects(among(asked, "actionplans_changerequest.action_id")[:MOST_CHANGES])


@lru_cache(maxsize=1)
def _links() -> Objects:
    both = Action.blocked_by.through.objects.select_related(
        "from_action__plan", "from_action__lead", "to_action__plan", "to_action__lead"
    )
    either = " OR ".join(f"actionplans_action_blocked_by.{end}_action_id = ANY(%s)" for end in ("from", "to"))
    return Objects(both.extra(where=[f"({either})"], params=[WANTED, WANTED]).order_by("pk"))


def _linked(name: str) -> Any:
    """The ids of what an action is linked with."""
    links = getattr(Action, name).through.objects.filter(action=OuterRef("pk"))
    return links.values(f"{getattr(Action, name).rel.model._meta.model_name}_id")


def _bring_linked(action: Any, name: str, known: Iterable[Any]) -> None:
    """What an action is linked with, from memory where it is there."""
    wanted = set(getattr(action, f"{name}_ids"))
    found = [each for each in known if each.pk in wanted]
    bring(action, name, found if len(found) == len(wanted) else getattr(action, name).all())
