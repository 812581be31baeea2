"""Sharing: another organisation may see parts of a case, until an officer ends it, its last day is over, or the person
takes back what it followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.models import Case, Share, WhyEnded
from casework.parts import in_order
from casework.sharing import (
    SecondPersonNeeded,
    SharedAlready,
    choice_for,
    refuse_agreement,
    refuse_barred,
    sees_all,
    was_chosen,
)
from partners.models import Organisation, SharingAgreement, User
from reporting.models import GrantBasis
from scope.context import worker_scope


@dataclass(frozen=True)
class Terms:
    """What is shared and why we may: parts (codes of `casework.parts`), lawful basis, the agreement it rests on and
    the last day of it, if there are any."""

    parts: tuple[str, ...]
    lawful_basis: str
    agreement: SharingAgreement | None = None
    ends_on: date | None = None

    @classmethod
    def of(
        cls,
        parts: Iterable[str],
        lawful_basis: str,
        agreement: SharingAgreement | None = None,
        ends_on: date | None = None,
    ) -> "Terms":
        """With the parts in their order; raises UnknownPart."""
        return cls(tuple(part.code for part in in_order(parts)), lawful_basis, agreement, ends_on)

    def facts(self, organisation: Organisation) -> dict[str, object]:
        """As the timeline and the trail keep them."""
        facts: dict[str, object] = {"with": organisation.code, "parts": list(self.parts)}
        facts["lawful_basis"] = self.lawful_basis
        if self.agreement:
            facts["agreement"] = self.agreement.pk
        if self.ends_on:
            facts["ends_on"] = self.ends_on.isoformat()
        return facts


@transaction.atomic
def share(
    case: Case,
    organisation: Organisation,
    terms: Terms,
    *,
    by: User,
    now: datetime,
    note: str = "",
    seen: int | None = None,
) -> Share:
    """Lets an organisation that the person chose see parts of the case; raises CannotShare: BarredFromReport,
    SecondPersonNeeded, SharedAlready or NotTheirAgreement."""
    case.begin("share", seen)
    if not was_chosen(organisation, case.reports):
        raise SecondPersonNeeded(
            f"The person did not choose {organisation.short_name}. Propose it with your reason: a second person "
            "decides."
        )
    made = let_see(case, organisation, terms, was_chosen=True, by=by, now=now)
    case.end("share", by=by, now=now, note=note, was_chosen=True, **terms.facts(organisation))
    return made


def let_see(
    case: Case, organisation: Organisation, terms: Terms, *, was_chosen: bool, by: User, now: datetime
) -> Share:
    """The share and its grants; a part of an act that has begun."""
    refuse_barred(organisation, case.reports)
    refuse_agreement(terms.agreement, organisation, today=timezone.localdate(now))
    if sees_all(case.reports, organisation, terms.parts):
        raise SharedAlready(f"{organisation.short_name} sees these parts already.")
    if Share.objects.running().filter(case=case, organisation=organisation).exists():
        raise SharedAlready(
            f"Another part of this case is shared with {organisation.short_name}. Stop that first, then share anew."
        )
    for report in case.reports:
        report.grant_to(
            organisation,
            basis=GrantBasis.SHARED,
            by=by,
            now=now,
            parts=list(terms.parts),
            follows_choice=choice_for(organisation, report) if was_chosen else "",
            lawful_basis=terms.lawful_basis,
            ends_on=terms.ends_on,
        )
    return Share.objects.create(
        case=case,
        organisation=organisation,
        parts=list(terms.parts),
        lawful_basis=terms.lawful_basis,
        agreement=terms.agreement,
        was_chosen=was_chosen,
        begun_at=now,
        begun_by=by,
        ends_on=terms.ends_on,
    )


@transaction.atomic
def stop_sharing(found: Share, *, note: str = "", by: User, now: datetime, seen: int | None = None) -> None:
    """Ends a share at once; what they see on another ground they see still. Ending it twice changes nothing."""
    case = found.case
    case.begin("stop_sharing", seen)
    if _end(found, WhyEnded.STOPPED, by=by, now=now):
        code = found.organisation.code
        case.end("stop_sharing", by=by, now=now, note=note, **{"with": code})


def end_what_ran_out(*, now: datetime) -> int:
    """Ends every share whose last day is over, however often it is asked; how many."""
    today, ended = timezone.localdate(now), 0
    with worker_scope():
        due = list(Share.objects.over(today=today).select_related("case", "organisation").order_by("pk"))
    for found in due:
        with worker_scope():
            found.case.begin("stop_sharing", None)
            if _end(found, WhyEnded.RAN_OUT, by=None, now=now):
                found.case.happened_by_itself("share_ran_out", now=now, **{"with": found.organisation.code})
                ended += 1
    return ended


def _end(found: Share, why: WhyEnded, *, by: User | None, now: datetime) -> bool:
    """Ends the share and its grants; False when it had ended. Said first, so that the database does not say why."""
    ending = {"ended_at": now, "ended_by": by, "ended_why": why}
    if not Share.objects.running().filter(pk=found.pk).update(**ending):
        return False
    for report in found.case.reports:
        report.withdraw_from(found.organisation, by=by, now=now, basis=GrantBasis.SHARED)
    return True
