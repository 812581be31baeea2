"""How each language counts, for scripts that put the number in themselves."""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

# The kinds of number that Unicode knows for a language, each with a number of that kind.
TWO_KINDS = {"one": 1, "other": 2}
KINDS: Mapping[str, Mapping[str, int]] = {
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
    "pl": {"one": 1, "few": 2, "many": 5, "other": 5},
    "ro": {"one": 1, "few": 2, "other": 20},
}


def counted(say: Callable[[int], str]) -> dict[str, str]:
    """What is said for each kind of number in the language of the page."""
    kinds = KINDS.get(get_language() or "", TWO_KINDS)
    return {kind: say(number) for kind, number in kinds.items()}
