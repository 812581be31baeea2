"""Which cases belong together: whoever is the same person, household or place as another, and as that one's others."""

from collections.abc import Iterable
from uuid import UUID

Pair = tuple[UUID, UUID]


def groups_of(pairs: Iterable[Pair], alone: Iterable[UUID] = ()) -> list[frozenset[UUID]]:
    """The cases in groups, each in one; `alone` are those that count although nothing links them."""
    group_of: dict[UUID, set[UUID]] = {each: {each} for each in alone}
    for one, other in pairs:
        first, second = (group_of.setdefault(each, {each}) for each in (one, other))
        if first is not second:
            first |= second
            group_of.update(dict.fromkeys(second, first))
    return list({id(group): frozenset(group) for group in group_of.values()}.values())
