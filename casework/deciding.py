"""What an incident is recorded as, and who says so: of some things only the police, and a partner proposes them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.dispositions import RecordedAs, all_recorded_as
from partners.models import User

if TYPE_CHECKING:
    from casework.models import Case


class NotTheirsToDecide(Exception):
    """Somebody else decides that; the message says who, and that it can be proposed."""


class NotAChoiceNow(Exception):
    """The vocabulary does not have it, or not on that day."""


def known_as(code: str) -> RecordedAs | None:
    """One entry of the vocabulary, also of the past."""
    return next((each for each in all_recorded_as() if each.code == code), None)


def may_decide(user: User, entry: RecordedAs | None) -> bool:
    """Whether somebody may record an incident as this, where they work today."""
    return entry is None or (user.organisation is not None and entry.is_decided_by(user.organisation.kind))


def refuse_to_record(recorded_as: str, proposed_as: str, *, before: str, by: User, on: date) -> None:
    """Raises NotTheirsToDecide where another has to decide it, or has decided already what it is; NotAChoiceNow for
    what the vocabulary does not offer that day. What it is already can always stay."""
    for code in filter(None, {recorded_as, proposed_as} - {before}):
        entry = known_as(code)
        if entry is None or not entry.may_be_chosen(on=on):
            raise NotAChoiceNow(
                f"“{entry.name if entry else code}” cannot be chosen any more. Choose another."
            )
    if recorded_as == before:
        return
    for code in (recorded_as, before):
        entry = known_as(code)
        if entry and not may_decide(by, entry):
            raise NotTheirsToDecide(
                f"Only {entry.deciders} can say that it is, or is not, “{entry.name}”. You can propose it."
            )


@transaction.atomic
def record_as(
    case: "Case",
    *,
    recorded_as: str,
    proposed_as: str = "",
    note: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Says later than at triage what it is, or what it should be; a decision ends what was proposed. Raises
    NotTheirsToDecide or NotAChoiceNow."""
    case.begin("record_as", seen)
    refuse_to_record(recorded_as, proposed_as, before=case.recorded_as, by=by, on=timezone.localdate(now))
    case.recorded_as, case.proposed_as = recorded_as, proposed_as
    facts = {"proposed_as": proposed_as} if proposed_as else {"recorded_as": recorded_as}
    case.end("record_as", by=by, now=now, note=note, **facts)


def recorded_words(case: "Case") -> str:
    """'Anti-social behaviour', 'Proposed: Crime (the police decide)', 'Not triaged yet'."""
    recorded, proposed = known_as(case.recorded_as), known_as(case.proposed_as)
    if proposed is None:
        return recorded.name if recorded else "Not triaged yet"
    words = f"Proposed: {proposed.name} ({proposed.deciders} decide)"
    return f"{recorded.name}. {words}" if recorded and recorded.decided_by != "nobody" else words
