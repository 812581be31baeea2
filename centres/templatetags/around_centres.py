"""The tabs of the pages about all centres."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from partners.models import User
from partners.roles import Permission

register = template.Library()

# The key of each tab, its name, where it is, and what one must be allowed to do: any of these.
AROUND_THE_CENTRES = (
    ("centres", "All centres", "centres:centres", (Permission.SEE_CENTRES,)),
    ("reach", "Reach", "centres:reach", (Permission.SEE_CENTRES,)),
    ("training", "Record a course", "centres:training", (Permission.OVERSEE_CENTRES,)),
    (
        "heard",
        "Schools and landlords",
        "centres:heard",
        (Permission.OVERSEE_CENTRES, Permission.RUN_MEETINGS),
    ),
)


@dataclass(frozen=True)
class Tab:
    """One of the pages about all centres."""

    text: str
    url: str
    current: bool


@register.simple_tag
def around_the_centres(user: User, here: str) -> list[Tab]:
    """The tabs that this person may open; `here` is the key of the one that is shown."""
    return [
        Tab(text, reverse(name), key == here)
        for key, text, name, permissions in AROUND_THE_CENTRES
        if any(map(user.may, permissions))
    ]
