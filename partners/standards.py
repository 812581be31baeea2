"""Service standards: how soon the partnership acts, as its folder says."""

from dataclasses import dataclass

from django.conf import settings

from partners.data import entries, field, installed
from partners.edited import until_edited

FILE = "service_standards.toml"


class NoSuchStandard(KeyError):
    """The partnership's folder has no standard with this code."""


@dataclass(frozen=True)
class Standard:
    """One standard. `unit` is hours, working_days, days, months or years; `public` is '' when only staff read it."""

    code: str
    name: str
    applies_to: str
    amount: int
    unit: str
    public: str


def all_standards() -> list[Standard]:
    """Every standard, in the order of the file."""
    return [
        Standard(**{name: field(entry, name, file=FILE) for name in Standard.__dataclass_fields__})
        for entry in entries(installed(FILE), "standards", file=FILE)
    ]


def standard(code: str) -> Standard:
    """The standard with this code, such as 'first_contact_high'; raises NoSuchStandard."""
    try:
        return _by_code(str(settings.PARTNERSHIP_DIR))[code]
    except KeyError:
        raise NoSuchStandard(code) from None


@until_edited
def _by_code(folder: str) -> dict[str, Standard]:
    """A list asks for the same standard on every row: read once for each folder."""
    return {each.code: each for each in all_standards()}
