"""Between the lead and the police, without typing anything twice: a case handed over, and what the police said of it.

Whatever was said before stays as it was; the newest outcome stands in clear on the case, for closing and for figures.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.deciding import NotAChoiceNow, known_as
from casework.models import AnswerSource, Case, NumberKind, Pack, PackKind, PackPurpose, PoliceAnswer
from casework.models.police_answer import police_number_sign
from casework.pack_gathering import gather
from casework.packs import keep, why_over
from casework.parts import in_order
from casework.permissions import is_police
from casework.sharing import refuse_barred, still_shared
from partners.dispositions import RecordedAs, recorded_as_choices
from partners.models import Organisation, OrganisationKind, User
from partners.police_outcomes import police_outcome


class AnswerIncomplete(Exception):
    """The answer says nothing, or only half of something; `field` is where, the message what is missing."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Said:
    """What the police said of one case; what they did not say is empty."""

    number: str = ""
    number_kind: str = ""
    recorded_as: str = ""
    outcome: str = ""
    outcome_on: date | None = None


# Handing over -------------------------------------------------------------------------------------------------


def forces_that_see(case: Case) -> list[Organisation]:
    """The police that may see the case, so that it can be handed to them."""
    found = Organisation.objects.filter(kind=OrganisationKind.POLICE, pk__in=case.visible_to)
    return [force for force in found if still_shared(case, force)]


@transaction.atomic
def hand_to_police(
    case: Case, force: Organisation, *, by: User, now: datetime, seen: int | None = None
) -> Pack:
    """A hand-off of what is shared with a police force; the newest one again where it still says the same, so that
    nobody has the same contents under two numbers. Raises BarredFromReport or NothingShared."""
    case.begin("hand_to_police", seen)
    refuse_barred(force, case.reports)
    known = _says_the_same(case, force, by=by, now=now)
    if known:
        return known
    pack = keep(case, force, kind=PackKind.POLICE, purpose=PackPurpose.POLICE, by=by, now=now)
    facts: dict[str, Any] = {"with": force.code, "pack": pack.name, "parts": pack.parts}
    case.end("hand_to_police", by=by, now=now, **facts)
    return pack


def _says_the_same(case: Case, force: Organisation, *, by: User, now: datetime) -> Pack | None:
    newest = case.packs.filter(kind=PackKind.POLICE).newest_first().first()
    if newest is None or newest.organisation_id != force.pk or why_over(newest, now=now):
        return None
    newest.case = case
    parts = still_shared(case, force)
    if newest.parts != [part.code for part in in_order(parts)]:
        return None
    same = gather(case, parts, by=by, now=now).fingerprint() == newest.unseal("content")
    return newest if same else None


# What they said -----------------------------------------------------------------------------------------------


@transaction.atomic
def record_police_answer(
    case: Case,
    said: Said,
    *,
    by: User,
    now: datetime,
    note: str = "",
    source: str = "",
    seen: int | None = None,
) -> PoliceAnswer:
    """Writes down what the police said. Raises AnswerIncomplete, NotAChoiceNow."""
    today = timezone.localdate(now)
    refuse_incomplete(said, today=today)
    case.begin("record_police_answer", seen)
    assert by.organisation_id, "a permission comes with a workplace"
    answer = PoliceAnswer(
        case=case,
        number=case.police_answers.count() + 1,
        number_kind=said.number_kind,
        recorded_as=said.recorded_as,
        outcome=said.outcome,
        outcome_on=said.outcome_on,
        source=source or (AnswerSource.POLICE if is_police(by) else AnswerSource.LEAD),
        at=now,
        by=by,
        organisation_id=by.organisation_id,
    )
    answer.keep_number(said.number)
    if said.recorded_as:
        case.recorded_as, case.proposed_as = said.recorded_as, ""
    case.police_outcome = said.outcome or case.police_outcome
    facts = {
        "number_kind": said.number_kind,
        "recorded_as": said.recorded_as,
        "outcome": said.outcome,
        "source": str(answer.source),
    }
    facts = {name: value for name, value in facts.items() if value}
    case.end("record_police_answer", by=by, now=now, note=note, **facts)
    return answer


def refuse_incomplete(said: Said, *, today: date) -> None:
    """Raises AnswerIncomplete or NotAChoiceNow where it can't be written down as it is."""
    if not (said.number or said.recorded_as or said.outcome):
        raise AnswerIncomplete("Enter a number, what it is recorded as, or an outcome")
    if said.number and police_number_sign(said.number) is None:
        raise AnswerIncomplete("Enter the number with its letters and digits", "number")
    if said.number and said.number_kind not in NumberKind:
        raise AnswerIncomplete("Choose whether it is a crime or an occurrence number", "number_kind")
    if said.number_kind and not said.number:
        raise AnswerIncomplete("Enter the number", "number")
    if said.recorded_as and said.recorded_as not in {each.code for each in police_choices(on=today)}:
        words = known_as(said.recorded_as)
        raise NotAChoiceNow(
            f"The police do not record “{words.name if words else said.recorded_as}”. Choose another."
        )
    _refuse_outcome(said, today=today)


def _refuse_outcome(said: Said, *, today: date) -> None:
    if said.outcome_on and not said.outcome:
        raise AnswerIncomplete("Choose the outcome", "outcome")
    if not said.outcome:
        return
    if said.outcome_on is None:
        raise AnswerIncomplete("Enter the day of the outcome", "outcome_on")
    if said.outcome_on > today:
        raise AnswerIncomplete("The day of the outcome must be today or in the past", "outcome_on")
    found = police_outcome(said.outcome)
    if found is None or not found.may_be_on(said.outcome_on):
        raise AnswerIncomplete(f"Outcome “{said.outcome}” is not in the list for that day", "outcome")


def police_choices(*, on: date) -> list[RecordedAs]:
    """What the police can record an incident as on a day."""
    choices = recorded_as_choices(on=on)
    return [
        each
        for each in choices
        if each.decided_by != "nobody" and each.is_decided_by(OrganisationKind.POLICE)
    ]
