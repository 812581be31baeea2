"""Police forces to which a case may be passed, as the partnership's folder lists them."""

from dataclasses import dataclass

from django.conf import settings

from partners.data import entries, field, installed, refuse_twice
from partners.edited import until_edited

FILE = "forces.toml"


@dataclass(frozen=True)
class Force:
    """One force; the partnership's own is not among those to choose."""

    code: str
    name: str
    is_ours: bool


def forces() -> list[Force]:
    """Every force that a case may be passed to, by name."""
    return [each for each in _read(str(settings.PARTNERSHIP_DIR)) if not each.is_ours]


def force_name(code: str) -> str:
    """The name of a force, also of one that is not chosen any more; the code where nobody knows it."""
    return next((each.name for each in _read(str(settings.PARTNERSHIP_DIR)) if each.code == code), code)


@until_edited
def _read(folder: str) -> tuple[Force, ...]:
    listed = entries(installed(FILE), "forces", file=FILE)
    refuse_twice((field(each, "code", file=FILE) for each in listed), file=FILE, what="code")
    return tuple(
        Force(each["code"], field(each, "name", file=FILE), bool(each.get("is_ours"))) for each in listed
    )
