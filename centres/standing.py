"""How a reporting centre stands with the partnership: one table of acts, and the acts as verbs.

`docs/centre-standing.md` is generated from the table. A verb is one transaction: row locked, standing checked, an event
on the centre's page and an entry in the audit trail. A refused act leaves nothing behind. Closing hands over what is
open, and has a module of its own (`centres.closing`).
"""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from centres.models import CentreEvent
from partners.models import CentreStanding, District, Organisation, OrganisationKind, ReportingCentre, User

AFTER_THE_COUNCILS = 100
ALL_BUT_CLOSED = frozenset(CentreStanding) - {CentreStanding.CLOSED}
# A centre's page stands at its code; at these stand pages about all centres.
CODES_OF_PAGES = frozenset({"add", "export", "heard", "import", "links", "reach", "training"})


class NotInThisStanding(Exception):
    """The act does not fit how the centre stands; the message says so in words."""


class NotCheckedYet(Exception):
    """Nobody has found the listing true lately, so that the public can't be sent there."""


class NameTaken(Exception):
    """An organisation of this name is there already."""


class WhySuspended(models.TextChoices):
    """Why the public is not sent to a centre for the time being."""

    NOT_FIT = "not_fit", "It does not meet the checklist"
    NOT_REACHED = "not_reached", "Nobody could be reached there"
    DETAILS_WRONG = "details_wrong", "What is listed is not true"
    NOBODY_TRAINED = "nobody_trained", "Nobody there is trained at the moment"
    CONCERN = "concern", "Somebody raised a concern about it"
    ITS_WISH = "its_wish", "The centre asked for a break"


# act: (standings it is allowed in, the standing it leads to or None for no change)
TRANSITIONS: dict[str, tuple[frozenset[CentreStanding], CentreStanding | None]] = {
    "verify": (ALL_BUT_CLOSED, None),
    "edit": (ALL_BUT_CLOSED, None),
    "list": (frozenset({CentreStanding.PROPOSED}), CentreStanding.LISTED),
    "suspend": (frozenset({CentreStanding.LISTED}), CentreStanding.SUSPENDED),
    "lift": (frozenset({CentreStanding.SUSPENDED}), CentreStanding.LISTED),
    "close": (ALL_BUT_CLOSED, CentreStanding.CLOSED),
}

# What each act is called in a sentence: “so you can’t <words> it now”.
ACT_WORDS = {
    "verify": "record a check of",
    "edit": "change the listing of",
    "list": "list",
    "suspend": "suspend",
    "lift": "lift the suspension of",
    "close": "close",
}


def is_allowed(act: str, standing: str) -> bool:
    """Whether `act` fits a centre that stands so."""
    return standing in TRANSITIONS[act][0]


def acts_in(standing: str) -> list[str]:
    """The acts that fit a centre that stands so, in the order of the table."""
    return [act for act in TRANSITIONS if is_allowed(act, standing)]


def standing_after(act: str, standing: str) -> CentreStanding:
    """The standing that `act` leads to; raises NotInThisStanding."""
    if not is_allowed(act, standing):
        label = CentreStanding(standing).label
        raise NotInThisStanding(f"This centre is {label}, so you can’t {ACT_WORDS[act]} it now.")
    return TRANSITIONS[act][1] or CentreStanding(standing)


def locked_for(act: str, centre: ReportingCentre) -> ReportingCentre:
    """The same centre as it stands now, locked until the act is done; raises NotInThisStanding."""
    rows = ReportingCentre.objects.select_related("organisation", "looked_after_by")
    fresh = rows.select_for_update(of=("self",)).get(pk=centre.pk)
    standing_after(act, fresh.standing)
    centre.refresh_from_db()
    return centre


# The verbs --------------------------------------------------------------------------------------------------


@transaction.atomic
def propose(
    name: str,
    *,
    code: str,
    district: District,
    looked_after_by: Organisation | None,
    by: User | None,
    now: datetime,
    **listing: object,
) -> ReportingCentre:
    """A new centre, and the organisation that its people will belong to; nobody is sent there yet.

    `listing` is what it is like: address, opening_hours and the other fields of ReportingCentre. Raises NameTaken.
    """
    code = f"{code}-centre" if code in CODES_OF_PAGES else code
    if Organisation.objects.filter(models.Q(name__iexact=name) | models.Q(code=code)).exists():
        raise NameTaken(f"There is an organisation called {name} already.")
    house = Organisation.objects.create(
        code=code,
        name=name,
        short_name=name[:60],
        kind=OrganisationKind.CENTRE,
        order=AFTER_THE_COUNCILS,
    )
    centre = ReportingCentre.objects.create(
        organisation=house, district=district, looked_after_by=looked_after_by, **listing
    )
    council = looked_after_by.code if looked_after_by else ""
    CentreEvent.note("proposed", centre, by=by, now=now, area=district.code, looked_after_by=council)
    return centre


@transaction.atomic
def list_(centre: ReportingCentre, *, by: User | None, now: datetime) -> None:
    """From now on people are sent there. Raises NotInThisStanding, or NotCheckedYet where nobody has found the listing
    true in the last 90 days."""
    locked_for("list", centre)
    today = timezone.localdate(now)
    if not centre.is_verified(today=today):
        raise NotCheckedYet("Record a call or a visit first: nobody has checked it in the last 90 days.")
    if centre.opened_on is None:
        centre.opened_on = today
    _stand("list", centre)
    CentreEvent.note("listed", centre, by=by, now=now)


@transaction.atomic
def suspend(centre: ReportingCentre, *, reason: str, by: User | None, now: datetime) -> None:
    """People are not sent there for the time being, and nobody new is recorded there. Raises NotInThisStanding."""
    locked_for("suspend", centre)
    _stand("suspend", centre)
    CentreEvent.note("suspended", centre, by=by, now=now, reason=WhySuspended(reason).value)


@transaction.atomic
def lift(centre: ReportingCentre, *, by: User | None, now: datetime) -> None:
    """The suspension is over; the public is shown it again if somebody has checked it in the last 90 days. Raises
    NotInThisStanding."""
    locked_for("lift", centre)
    _stand("lift", centre)
    CentreEvent.note("lifted", centre, by=by, now=now)


def _stand(act: str, centre: ReportingCentre) -> None:
    centre.standing = standing_after(act, centre.standing)
    centre.save(update_fields=["standing", "opened_on"])


# The page ---------------------------------------------------------------------------------------------------


def as_markdown() -> str:
    """The table as a page of the documentation."""
    head = ["act", *(standing.label for standing in CentreStanding)]
    rows = [[act, *(_cell(act, standing) for standing in CentreStanding)] for act in TRANSITIONS]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    return (
        "# How a reporting centre stands\n\n"
        "Written by `manage.py write_standing` from `centres/standing.py`; do not edit. A cell is the standing that\n"
        "the act leads to from the one above; an empty cell is refused, and a refused act leaves nothing behind. A\n"
        "centre begins proposed. Listing needs a check of the last 90 days. The public is shown a centre that is\n"
        "listed and was checked in the last 90 days, and no other; closing is for good.\n\n"
        f"{table}\n"
    )


def _cell(act: str, standing: CentreStanding) -> str:
    return standing_after(act, standing).label if is_allowed(act, standing) else ""
