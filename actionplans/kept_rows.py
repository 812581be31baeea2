"""Rows of lists about actions, each rendered once until its action is changed.

An action's turn (actionplans.models.standing) is another one as soon as anything changes that its rows show, but for
what people and organisations are called: that is named apart. Rows are the same for all who read.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from actionplans.day import Day
from actionplans.keeping import Store

# About so many rows of a thousand characters, of ten thousand actions in two lists.
MOST_CHARACTERS = 25_000_000
# An action, by its id, and its turn; or another thing, and what is another one as soon as it is.
Named = tuple[int, Hashable]
# What the template is given for each of these actions; one that has gone meanwhile is left out.
Contexts = Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]]
_rows = Store(MOST_CHARACTERS)


def rows(
    template: str, listed: Sequence[Named], day: Day, make: Contexts, *, beside: Hashable = None
) -> dict[int, SafeString]:
    """The rows of these actions, by their ids in the same order; `beside` names what else the template shows."""
    keys = {pk: (template, pk, turn, day.today, day.names, beside) for pk, turn in listed}
    found = {pk: kept[0] for pk, key in keys.items() if day.names is not None and (kept := _rows.get(key))}
    missing = [pk for pk in keys if pk not in found]
    if missing:
        row = get_template(template)
        for pk, context in make(missing).items():
            found[pk] = row.render({**context, "today": day.today})
            if day.names is not None:
                _rows.put(keys[pk], (found[pk],))
    return {pk: mark_safe(found[pk]) for pk in keys if pk in found}


def forget() -> None:
    """Renders all of them anew (tests, proofs)."""
    _rows.clear()
