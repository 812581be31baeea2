"""Mystery shopping: somebody looks in as anybody might, writes down what they noticed, and tells the centre kindly.

No made-up report is ever entered: a visit is a row of its own, beside no report.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from centres.looking_after import lock_unless_closed, refuse_days_to_come
from centres.models import CentreEvent, MysteryVisit, VisitKind
from centres.visit_script import visit_script
from partners.models import ReportingCentre, User


class NothingToTell(Exception):
    """A centre is told something only in words."""


class AlreadyTold(Exception):
    """The centre has been told."""


@transaction.atomic
def record_visit(
    centre: ReportingCentre,
    *,
    kind: str,
    noticed: Iterable[str],
    on: date,
    said: str = "",
    by: User | None,
    now: datetime,
) -> MysteryVisit:
    """Writes a visit down; the centre sees nothing of it until somebody tells it. Raises NotYet, UnknownItem or
    NotInThisStanding."""
    refuse_days_to_come(on, now=now)
    lock_unless_closed(centre)
    codes, script = set(noticed), visit_script()
    made = MysteryVisit.objects.create(
        centre=centre,
        visited_on=on,
        kind=VisitKind(kind),
        noticed=[item.code for item in script.items if item.code in codes],
        score=script.score(codes),
        said=said,
        recorded_by=by,
        recorded_at=now,
    )
    facts = {"on": on.isoformat(), "kind": made.kind, "percent": made.score}
    CentreEvent.note("visit_recorded", centre, by=by, now=now, **facts)
    return made


@transaction.atomic
def tell_centre(visit: MysteryVisit, *, said: str = "", by: User | None, now: datetime) -> None:
    """From now on the centre's people see the visit, and what is said to them about it. Raises NothingToTell or
    AlreadyTold."""
    stands = MysteryVisit.objects.select_for_update().get(pk=visit.pk)
    if stands.told_at:
        raise AlreadyTold("The centre has been told about this visit.")
    words = said or stands.said
    if not words.strip():
        raise NothingToTell("Write what the centre is told: first what went well.")
    visit.said, visit.told_at, visit.told_by = words, now, by
    visit.save(update_fields=["said", "told_at", "told_by"])
    CentreEvent.note("visit_told", visit.centre, by=by, now=now, on=visit.visited_on.isoformat())
