"""Who sees only parts of a report, as one array on its row: '12:' says that organisation 12 is limited, '12:risk' that
it sees this part. An organisation that is not named sees all, if it sees the report at all. Row policies read the same
array (`scope.only_parts`), so it must cost nothing where nobody is limited: then it is None.
"""

from collections.abc import Collection, Iterable


def limits_of(granted: Iterable[tuple[int, Collection[str] | None]]) -> list[str] | None:
    """What open grants add up to: each an organisation and the parts it holds, None for all of them."""
    seen: dict[int, set[str] | None] = {}
    for organisation, parts in granted:
        so_far = seen.get(organisation, set())
        seen[organisation] = None if parts is None or so_far is None else so_far | set(parts)
    limits = [
        mark
        for organisation, parts in sorted(seen.items())
        if parts is not None
        for mark in (f"{organisation}:", *(f"{organisation}:{part}" for part in sorted(parts)))
    ]
    return limits or None


def parts_in(limits: Collection[str] | None, organisation_id: int | None) -> frozenset[str] | None:
    """The parts that an organisation is limited to; None is no limit."""
    if not limits or f"{organisation_id}:" not in limits:
        return None
    begins = f"{organisation_id}:"
    return frozenset(mark.removeprefix(begins) for mark in limits if mark.startswith(begins)) - {""}
