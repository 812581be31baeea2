"""Who may open what, read from the code that is running: roles, permissions, and the door of each page."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from partners.roles import ALLOWS, ROLES, Permission, Role

# What stands for a part of an address: <slug:reference>, or a named group of a regular expression.
PART = re.compile(r"<[^>]+>|\(\?P(?:<[^>]+>)?[^)]*\)")


@dataclass
class Door:
    """What one permission allows, the roles that have it, and the addresses that ask for it."""

    allows: str
    roles: list[Role] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def doors() -> list[Door]:
    """One for each permission, then the pages of everybody who signed in, then everybody's."""
    found = {permission: Door(words, holders(permission)) for permission, words in ALLOWS.items()}
    signed_in, everybody = Door("open what everybody who signed in may open"), Door("open without signing in")
    for address, view in pages(get_resolver().url_patterns):
        needs: Iterable[Permission] = getattr(view, "needs", ())
        inside = signed_in if getattr(view, "login_required", True) else everybody
        for door in [found[permission] for permission in needs] or [inside]:
            door.addresses.append(address)
    return [*found.values(), signed_in, everybody]


def holders(permission: Permission) -> list[Role]:
    """The roles that allow it."""
    return [role for role in ROLES.values() if permission in role.permissions]


def allowed_to(role: Role) -> list[str]:
    """What a role allows, in words and always in the same order."""
    return [words for permission, words in ALLOWS.items() if permission in role.permissions]


def pages(
    patterns: list[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of the portal as a person would write it, and its view."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, here)
        else:
            yield PART.sub("…", here).replace("^", "").replace("$", ""), pattern.callback
