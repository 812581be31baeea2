"""What another organisation can be asked to do, and how soon it must answer, as the partnership's folder says."""

from dataclasses import dataclass

from partners.data import entries, field, installed
from partners.standards import standard

FILE = "referral_kinds.toml"
# Where no standard applies: an answer by the end of the next working day.
USUAL_WORKING_DAYS = 1


class NoSuchKind(KeyError):
    """Nothing of that kind can be asked for."""


@dataclass(frozen=True)
class ReferralKind:
    """One thing to ask for. `standard` is a code of the service standards or ''; `basis` is only proposed."""

    code: str
    name: str
    hint: str
    standard: str
    basis: str

    @property
    def working_days(self) -> int:
        """How many working days there are to answer."""
        return standard(self.standard).amount if self.standard else USUAL_WORKING_DAYS


def referral_kinds() -> list[ReferralKind]:
    """Every kind, in the order of the file."""
    return [
        ReferralKind(**{name: field(entry, name, file=FILE) for name in ReferralKind.__dataclass_fields__})
        for entry in entries(installed(FILE), "kinds", file=FILE)
    ]


def referral_kind(code: str) -> ReferralKind:
    """The kind with this code; raises NoSuchKind."""
    for kind in referral_kinds():
        if kind.code == code:
            return kind
    raise NoSuchKind(code)
