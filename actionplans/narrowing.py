"""Which actions to show: filters that stand in the address, so that a list can be kept as a bookmark."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from actionplans.models import Action
from actionplans.models.action import ActionQuerySet
from actionplans.rag import RagRating
from partners.directory import directory
from reporting.strands import Strand

ATTENTION = "attention"
YES = "1"


@dataclass(frozen=True)
class Choice:
    """One filter with what can be chosen in it."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Present:
    """What occurs among the actions that can be filtered: each as (value, words)."""

    ratings: Iterable[RagRating]
    leads: Iterable[tuple[str, str]]
    owners: Iterable[tuple[str, str]]
    priorities: Iterable[tuple[str, str]] = ()


def chosen_in(asked: QueryDict) -> dict[str, str]:
    """What the address asks for; what no filter knows is left out."""
    return {name: value for name in _NARROWS if (value := asked.get(name, "").strip()[:60])}


def narrowed(actions: ActionQuerySet, chosen: Mapping[str, str], today: date) -> ActionQuerySet:
    """The actions, as `standing` gives them, that all filters let through; what means nothing lets nothing through."""
    for name, value in chosen.items():
        actions = _NARROWS[name](actions, value, today)
    return actions


def filters(present: Present, chosen: Mapping[str, str]) -> tuple[Choice, ...]:
    """All filters; those with nothing to choose are left out."""
    ratings = sorted(set(present.ratings), key=lambda rag: rag.rank)
    offered = {
        "rag": ("Standing", [(ATTENTION, "Needs attention"), *((rag.value, rag.word) for rag in ratings)]),
        "lead": ("Lead", present.leads),
        "priority": ("Priority", present.priorities),
        "strand": ("Strand", Strand.choices),
        "district": ("District", [(each.code, each.name) for each in directory().districts.values()]),
        "owner": ("Person", present.owners),
        "slipped": ("Slipping twice", [(YES, "Only these")]),
        "behind": ("Measure behind", [(YES, "Only these")]),
    }
    return tuple(
        _choice(name, label, choices, chosen.get(name, ""))
        for name, (label, choices) in offered.items()
        if choices
    )


def _choice(name: str, label: str, choices: Iterable[tuple[str, Any]], chosen: str) -> Choice:
    # As plain text, and without what nobody offers: what is typed into an address is not kept.
    offered = tuple((str(value), str(words)) for value, words in choices)
    return Choice(name, label, offered, chosen if chosen in dict(offered) else "")


@lru_cache(maxsize=256)
def filters_html(offered: tuple[Choice, ...], *, is_filtered: bool) -> SafeString:
    """The filters as a form, rendered once for everybody who is offered the same."""
    context = {"filters": offered, "is_filtered": is_filtered}
    return mark_safe(render_to_string("actionplans/plans/filters.html", context))


def _by_standing(actions: ActionQuerySet, value: str, today: date) -> ActionQuerySet:
    return actions.exceptions() if value == ATTENTION else actions.filter(Q(rag=value))


def _by_strand(actions: ActionQuerySet, value: str, today: date) -> ActionQuerySet:
    return actions.filter(Q(strands=[]) | Q(strands__contains=[value]))


def _by_district(actions: ActionQuerySet, value: str, today: date) -> ActionQuerySet:
    links = Action.districts.through.objects.filter(action=OuterRef("pk"))
    return actions.filter(~Exists(links) | Exists(links.filter(district__code=value)))


def _by_owner(actions: ActionQuerySet, value: str, today: date) -> ActionQuerySet:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return actions.none()
    return actions.filter(Q(owner=int(value)) | Q(deputy=int(value)))


_NARROWS: dict[str, Callable[[ActionQuerySet, str, date], ActionQuerySet]] = {
    "rag": _by_standing,
    "lead": lambda actions, value, today: actions.filter(lead__code=value),
    "priority": lambda actions, value, today: actions.filter(priority__code=value),
    "strand": _by_strand,
    "district": _by_district,
    "owner": _by_owner,
    "slipped": lambda actions, value, today: actions.filter(Q(slips=True)),
    "behind": lambda actions, value, today: actions.filter(Q(is_measure_behind=True)),
}
